"""The graphs that a query names with FROM, as the set of triples that the standard has.

Oxigraph gives a triple once for each of several FROM graphs it stands in, so that counts come out wrong. Where a query
names several, they are put together in a store of its own, in which their union is the default graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.sparql.request import declare, iri, keyword, open_request, take


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that make up the default graph of a query, and those that GRAPH can name."""

    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


def from_clauses(query: str, base_iri: str | None = None) -> Dataset | None:
    """The graphs of the query's FROM and FROM NAMED clauses; None where it has none. Raises QueryError."""
    if "from" not in query.lower():
        return None
    request = open_request(query, base_iri)
    declare(request)
    default: list[NamedNode] = []
    named: list[NamedNode] = []
    level = 0
    while not request.is_done:
        sign = keyword(request)
        level += (sign == "{") - (sign == "}")
        request.at += 1
        if sign == "FROM" and level == 0:
            graphs = named if take(request, "NAMED") else default
            graphs.append(NamedNode(iri(request)))
    return Dataset(tuple(default), tuple(named)) if default or named else None


def merged(store: ox.Store, default: Sequence[NamedNode], named: Sequence[NamedNode]) -> ox.Store:
    """A store in memory whose default graph is the union of `default`, as a set, and whose named graphs are `named`."""
    copy = ox.Store()
    for graph in dict.fromkeys(default):
        copy.extend(
            Quad(q.subject, q.predicate, q.object, DefaultGraph())
            for q in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in dict.fromkeys(named):
        copy.extend(store.quads_for_pattern(None, None, None, graph))
        if store.contains_named_graph(graph):
            copy.add_graph(graph)
    return copy
