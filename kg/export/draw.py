"""A selection of a store as a network in one of the views."""

from __future__ import annotations

from kg.export import actors, constructed, spine
from kg.export.facts import Asked
from kg.export.limit import limited
from kg.export.network import Network, with_degrees
from kg.export.selection import Selection
from kg.export.views import View


def draw(store: Asked, view: View, selection: Selection, *, degrees: bool = False) -> Network:
    """The network; with `degrees` each node is told how many edges it has in the whole store.

    Raises QueryError where the query of the selection is wrong.
    """
    named: set[str] = set()
    if selection.query:
        answer = store.query(selection.query)
        if answer.kind == "graph":
            return limited(constructed.network(store, view, answer.triples()), selection.limit, set())
        named = constructed.named(answer)
    drawn = _drawn(store, view, selection, named)
    drawn = limited(drawn, selection.limit, set(selection.around))
    if not degrees:
        return drawn
    count = actors.degrees if view.source else spine.degrees
    return with_degrees(drawn, count(store, view, (node.iri for node in drawn.nodes)))


def _drawn(store: Asked, view: View, selection: Selection, named: set[str]) -> Network:
    if view.source:
        return actors.network(store, view, selection, named)
    return spine.network(store, view, spine.members(store, view, selection, named), selection)
