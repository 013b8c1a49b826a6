"""Which graphs an export holds."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg.errors import NotFound
from kg.store import Store


def graphs(store: Store, graph: str | None) -> Iterator[list[Quad]]:
    """The quads of each named graph, or only of `graph`, sorted. Raises NotFound where there is no such graph."""
    names = store.graphs()
    if graph is not None and graph not in names:
        raise NotFound(f"{store.where} has no graph {graph}")
    for name in names if graph is None else [graph]:
        yield store.quads(name)
