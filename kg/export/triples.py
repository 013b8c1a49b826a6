"""A selection of a store as RDF: what is said of its events, of their claims, and of all that these lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Quad, Triple, serialize

from kg.export import spine
from kg.export.constructed import named
from kg.export.facts import BATCH, Asked, batches, facts, incoming, kind, listed, text, values
from kg.export.selection import Selection
from kg.export.views import view
from kg.rdf import PREFIXES
from kg.store import GRAPH_FORMATS
from ontology import NAMESPACE

PREFIXED = ("ttl", "trig", "rdf")
QUADS = ("nq", "trig", "jsonld")
# What is told of a node by other nodes: the sentences, and why a name is linked as it is.
LED_TO = [NAMESPACE + name for name in ("mention", "trigger")]
DECISIONS = PREFIXES["rdf"] + "subject"


def write(store: Asked, selection: Selection, out: BinaryIO, format: str) -> None:
    """Writes the selection, a key of GRAPH_FORMATS; N-Quads, TriG and JSON-LD tell which article says what.

    A CONSTRUCT query's own triples are written as they come.
    """
    answer = store.query(selection.query) if selection.query else None
    if answer and answer.kind == "graph":
        answer.write(out, format)
        return
    found = named(answer) if answer else set()
    chosen = found if answer and not selection.narrows else _members(store, selection, found)
    prefixes = PREFIXES if format in PREFIXED else None
    if format in QUADS:
        serialize(_quads(store, chosen), out, GRAPH_FORMATS[format], prefixes=prefixes)
    else:
        serialize(_triples(store, chosen), out, GRAPH_FORMATS[format], prefixes=prefixes)


def _members(store: Asked, selection: Selection, named: set[str]) -> set[str]:
    """The nodes of the view with claims, their mentions, decisions about names, and incidents with all they come to."""
    claims = view("claims")
    known = spine.members(store, claims, selection, named)
    nodes = set(known)
    events = {iri for iri, said in known.items() if kind(said) == "Event"}
    incidents = _led_to(store, events, "incident")
    estimates = _led_to(store, incidents, "estimate") | _led_to(store, incidents, "partOf")
    mentions = {iri for batch in batches(sorted(nodes), BATCH) for iri in _objects(store, batch)}
    # Statements about an event are doubts whether it is the same as one that may not be meant.
    decisions = {subject for subject, _, _ in incoming(store, nodes - events | incidents, [DECISIONS])}
    return nodes | mentions | decisions | incidents | estimates


def _led_to(store: Asked, nodes: Iterable[str], name: str) -> set[str]:
    """What a property of ours leads to from these nodes."""
    return {end for said in facts(store, nodes, [NAMESPACE + name]).values() for end in values(said, NAMESPACE + name)}


def _objects(store: Asked, iris: list[str]) -> Iterator[str]:
    """The mentions of the nodes."""
    paths = ", ".join(f"<{iri}>" for iri in LED_TO)
    query = f"SELECT DISTINCT ?o {{ VALUES ?s {{ {listed(iris)} }} ?s ?p ?o FILTER(?p IN ({paths})) }}"
    yield from (text(row["o"]) for row in store.query(query).rows())


def _triples(store: Asked, nodes: Iterable[str]) -> Iterator[Triple]:
    """All that is said of the nodes, sorted within each batch."""
    for batch in batches(sorted(nodes), BATCH):
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {listed(batch)} }} ?s ?p ?o }}"
        yield from sorted(set(store.query(query).triples()), key=str)


def _quads(store: Asked, nodes: Iterable[str]) -> Iterator[Quad]:
    """The same, with the graph of each."""
    for batch in batches(sorted(nodes), BATCH):
        query = f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {listed(batch)} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        rows = store.query(query).rows()
        yield from sorted((Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows), key=str)  # type: ignore[arg-type]
