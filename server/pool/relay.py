"""Evaluators over a SPARQL server instead of a copy: each passes its query on, under the same limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from kg.errors import NotFound, QueryError, StoreError
from kg.store.remote import RemoteStore
from server import media
from server.guard import check
from server.pool.answer import Answer
from server.pool.jobs import Job, Reading, Unsuitable, parsed

PIECE = 1 << 16
SHOWN = 500


def query(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """A query's answer, in a form that the client takes, as the other server sends it."""
    check(terms["query"], reading.services)
    wanted = [format for format in dict.fromkeys(terms["formats"].values()) if format]
    remote = _remote(reading)
    form = {
        "query": terms["query"],
        "default-graph-uri": list(terms.get("default_graphs") or ()),
        "named-graph-uri": list(terms.get("named_graphs") or ()),
    }
    accept = ", ".join(media.TYPES[format] for format in wanted)
    _passed_on(remote, form, accept, wanted, answer)


def graph(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """All triples of one graph; NotFound where it is not there."""
    if not terms["graph"]:
        raise StoreError("the default graph of another server is asked by a query, not by the Graph Store Protocol")
    remote, name = _remote(reading), f"<{terms['graph']}>"
    if not remote.query(f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}").boolean:
        raise NotFound(f"there is no graph {terms['graph']}")
    form = {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"}
    _passed_on(remote, form, media.TYPES[terms["format"]], [terms["format"]], answer)


def put(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """The triples of the parts that a client sends, as N-Triples: the keeper passes them on."""
    del reading
    answer.head = {}
    for part in terms["parts"]:
        for triple in parsed(part):
            answer.write(f"{triple} .\n".encode())


def _remote(reading: Reading) -> RemoteStore:
    assert reading.remote is not None
    return reading.remote


def _passed_on(remote: RemoteStore, form: Mapping[str, Any], accept: str, wanted: list[str], answer: Answer) -> None:
    try:
        with remote.stream(form, accept) as response:
            if not response.is_success:
                response.read()
                why = response.text.strip()[:SHOWN]
                if response.status_code == 400:
                    raise QueryError(f"the query is not SPARQL 1.1: {why}")
                raise StoreError(f"{remote.where} answers {response.status_code}: {why}")
            type = response.headers.get("Content-Type", "").partition(";")[0].strip()
            format = next((format for format in wanted if media.TYPES[format] == type), None)
            if format is None:
                raise Unsuitable(f"{remote.where} answers with {type or 'nothing'}, and {accept} was asked for")
            answer.head = {"format": format}
            for piece in response.iter_bytes(PIECE):
                answer.write(piece)
    except httpx.HTTPError as error:
        raise StoreError(f"{remote.where} does not answer: {error}") from error


JOBS: dict[str, Job] = {"query": query, "graph": graph, "put": put}
