"""What several writes do together to a store that none of them touches: the net change, and what graphs hold then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad, Store

from kg.sparql.change import UNNAMED, Change


@dataclass(slots=True)
class Net:
    """The writes so far, against the store as it was.

    No quad is in both sets; what is removed was there, and what is added was not, or everything was emptied first.
    `there` says of the graphs that were written to whether they are there now.
    """

    store: Store
    emptied: bool = False
    removed: set[Quad] = field(default_factory=set)
    added: dict[NamedNode, set[Quad]] = field(default_factory=dict)
    there: dict[NamedNode, bool] = field(default_factory=dict)


def fold(net: Net, change: Change) -> None:
    """Brings one more write into the net. It may remove what is not there and add what is."""
    if change.emptied:
        net.emptied = True
        net.removed.clear()
        net.added.clear()
        net.there.clear()
    for quad in change.removed:
        graph = _graph(quad)
        if quad in net.added.get(graph, ()):
            net.added[graph].discard(quad)
        elif not net.emptied and quad in net.store:
            net.removed.add(quad)
    net.there.update(dict.fromkeys(change.dropped, False))
    net.there.update(dict.fromkeys(change.created, True))
    for quad in change.added:
        graph = _graph(quad)
        net.there[graph] = True
        if quad in net.removed:
            net.removed.discard(quad)
        elif net.emptied or quad not in net.store:
            net.added.setdefault(graph, set()).add(quad)


def total(net: Net) -> Change:
    """The one change that does the same as all the writes. The unnamed graph goes with its last quad."""
    if UNNAMED in net.there or any(quad.graph_name == UNNAMED for quad in net.removed):
        net.there[UNNAMED] = next(held(net, UNNAMED), None) is not None
    before = {graph: not net.emptied and net.store.contains_named_graph(graph) for graph in net.there}
    return Change(
        removed=frozenset(net.removed),
        added=frozenset(quad for quads in net.added.values() for quad in quads),
        created=frozenset(g for g, is_there in net.there.items() if is_there > before[g] and not net.added.get(g)),
        dropped=frozenset(g for g, is_there in net.there.items() if is_there < before[g]),
        emptied=net.emptied,
    )


def exists(net: Net, graph: NamedNode) -> bool:
    """Whether the graph is there: as is a named graph that was created or written to, and the unnamed one always."""
    if graph == UNNAMED or graph in net.there:
        return graph == UNNAMED or net.there[graph]
    return not net.emptied and net.store.contains_named_graph(graph)


def held(net: Net, graph: NamedNode) -> Iterator[Quad]:
    """What the graph holds now."""
    if not net.emptied:
        for quad in net.store.quads_for_pattern(None, None, None, graph):
            if quad not in net.removed:
                yield quad
    yield from net.added.get(graph, ())


def _graph(quad: Quad) -> NamedNode:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name
