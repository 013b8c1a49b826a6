"""The named graphs of a store, for exports of all of them or of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import Quad, Triple

from kg.errors import NotFound
from kg.store import Results


class Readable(Protocol):
    """A store, as far as an export reads it."""

    @property
    def where(self) -> str:
        """The folder or address, as a person would write it."""

    def query(self, sparql: str) -> Results:
        """The answer to a query. Raises QueryError."""

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""

    def quads(self, graph: str) -> list[Quad]:
        """The quads of a graph, sorted."""


def graphs(store: Readable, graph: str | None) -> Iterator[list[Quad]]:
    """The quads of each named graph, or only of `graph`, sorted. Raises NotFound where there is no such graph."""
    names = store.graphs()
    if graph is not None and graph not in names:
        raise NotFound(f"{store.where} has no graph {graph}")
    for name in names if graph is None else [graph]:
        yield store.quads(name)


def distinct(store: Readable, graph: str | None) -> list[Triple]:
    """The distinct triples of the graphs, sorted. Holds all of them in memory, to tell which are the same."""
    return sorted({quad.triple for quads in graphs(store, graph) for quad in quads}, key=str)
