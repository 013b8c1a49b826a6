"""A store on a SPARQL 1.1 server, asked over HTTP.

The address is that of the query service, `http://host:7878/query`. Updates go to its neighbour `update`, as Oxigraph
and Fuseki have it, or to what `?update=/path` names. Where the variable KG_TOKEN is set, it is shown as a bearer
token. With `?graphs=/path` graphs are put to that Graph Store Protocol service instead: for a server that keeps its
default graph the union of the named ones by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pyoxigraph as ox
from pyoxigraph import Quad, QueryResultsFormat, RdfFormat

from kg.errors import QueryError, StoreError
from kg.store import update
from kg.store.results import Results, evaluation

_TIMEOUT = httpx.Timeout(300, connect=10)
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_COPY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore:
    """The store behind a query service: see `kg.store.protocol.Store`."""

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        parts = urlsplit(address)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        if not parts.hostname or options.keys() - {"update", "graphs"}:
            raise StoreError(f"{address}: the address is like sparql+http://host:7878/query?update=/update")
        self._query_url = parts._replace(query="", fragment="").geturl()
        self._update_url = urljoin(self._query_url, options.get("update", "update"))
        self._graphs_url = urljoin(self._query_url, options["graphs"]) if "graphs" in options else ""
        self._read_only = read_only
        token = os.environ.get("KG_TOKEN")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers)

    @property
    def where(self) -> str:
        return f"sparql+{self._query_url}"

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        name, triples = update.name(graph), update.named(quads)
        if self._graphs_url:
            content = "".join(sorted(f"{triple} .\n" for triple in triples)).encode()
            headers = {"Content-Type": "application/n-triples"}
            self._write("PUT", self._graphs_url, params={"graph": graph}, content=content, headers=headers)
        else:
            self._update(update.replace(name, triples))

    def remove(self, graph: str) -> bool:
        name = update.name(graph)
        if not self.query(f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}").boolean:
            return False
        if self._graphs_url:
            self._write("DELETE", self._graphs_url, params={"graph": graph})
        else:
            self._update(update.remove(name))
        return True

    def graphs(self) -> list[str]:
        rows = self.query("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }").rows()
        return sorted(row["graph"].value for row in rows if isinstance(row["graph"], ox.NamedNode))

    def quads(self, graph: str) -> list[Quad]:
        name = update.name(graph)
        triples = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}").triples()
        return sorted((Quad(t.subject, t.predicate, t.object, name) for t in triples), key=str)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        response = self._send(
            "POST",
            self._query_url,
            headers={"Accept": _ACCEPT},
            data={"query": sparql, "default-graph-uri": default_graphs, "named-graph-uri": named_graphs},
        )
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
        with evaluation():
            if media_type == "application/sparql-results+json":
                return Results(ox.parse_query_results(response.content, QueryResultsFormat.JSON))
            if media_type == "application/n-triples":
                copy = ox.Store()
                copy.load(response.content, RdfFormat.N_TRIPLES)
                return Results(copy.query(_COPY))
        raise StoreError(f"{self.where} answers a query with {media_type or 'nothing'}, which is no SPARQL result")

    def update(self, sparql: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Has the server do an update. Raises QueryError where it says that the update is wrong, and StoreError."""
        graphs = {"using-graph-uri": list(using), "using-named-graph-uri": list(using_named)}
        self._write("POST", self._update_url, data={"update": sparql} | {k: v for k, v in graphs.items() if v})

    @contextmanager
    def stream(self, form: Mapping[str, object], accept: str) -> Iterator[httpx.Response]:
        """The server's answer to a query, as it comes."""
        with self._client.stream("POST", self._query_url, data=dict(form), headers={"Accept": accept}) as response:
            yield response

    def dump(self) -> Iterator[bytes]:
        for graph in self.graphs():
            yield b"".join(f"{quad} .\n".encode() for quad in self.quads(graph))

    def flush(self) -> None:
        """Nothing to do: the server sees to it."""

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _update(self, sparql: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        self._write("POST", self._update_url, content=sparql.encode(), headers=headers)

    def _write(self, method: str, url: str, **request: object) -> None:
        if self._read_only:
            raise StoreError(f"{self.where} was opened for reading only")
        self._send(method, url, **request)

    def _send(self, method: str, url: str, **request: object) -> httpx.Response:
        try:
            response = self._client.request(method, url, **request)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise StoreError(f"{url} does not answer: {error}") from error
        if response.status_code == 400 and url in (self._query_url, self._update_url):
            raise QueryError(f"it is not SPARQL 1.1: {response.text.strip()[:500]}")
        if not response.is_success:
            raise StoreError(f"{url} answers {response.status_code}: {response.text.strip()[:500]}")
        return response
