"""What a write does to the named graphs of a store, and the one transaction that does it.

In our stores the default graph that queries see is the union of all named graphs, as a set: Oxigraph's own default
graph holds each distinct triple once. `apply` keeps it so. What is written to the default graph, which by SPARQL is a
graph of its own, stands in the named graph UNNAMED, and so is in the union like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

UNNAMED = NamedNode("urn:x-conflictkg:default-graph")
_PART = "urn:x-conflictkg:part:"


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of a write, told without the words of the write. Every quad has a named graph.

    Where `emptied`, all graphs go first. Then `removed` go and `added` come; no quad is in both. `created` are graphs
    that are there afterwards even if they hold nothing, `dropped` are graphs that are not; a dropped graph's quads are
    among `removed`, or `emptied` is set.
    """

    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = frozenset()
    created: frozenset[NamedNode] = frozenset()
    dropped: frozenset[NamedNode] = frozenset()
    emptied: bool = False

    def __bool__(self) -> bool:
        return bool(self.emptied or self.removed or self.added or self.created or self.dropped)

    @property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the graphs that it names; `emptied` concerns all others too."""
        named = {str(quad.graph_name)[1:-1] for quad in (*self.removed, *self.added)}
        return frozenset(named | {graph.value for graph in (*self.created, *self.dropped)})


@dataclass(frozen=True, slots=True)
class Union:
    """What a change does to the union of the graphs: the triples that leave it, and those that are new to it.

    Where the change empties the store, `gone` is empty: all that was there goes.
    """

    gone: tuple[Triple, ...] = ()
    new: tuple[Triple, ...] = ()


def apply(store: Store, change: Change, union: Union | None = None) -> None:
    """Does the change in one transaction. `union` is what `union_of` has said of it, if that was asked already."""
    both = union_of(store, change) if union is None else union
    default = DefaultGraph()
    removed = [*change.removed, *(Quad(t.subject, t.predicate, t.object, default) for t in both.gone)]
    added = [*change.added, *(Quad(t.subject, t.predicate, t.object, default) for t in both.new)]
    if change.emptied or change.created or change.dropped or removed:
        _update(store, change, removed, added)
    elif added:  # a transaction as well, and twice as fast
        store.extend(added)


def union_of(store: Store, change: Change) -> Union:
    """What the change will do to the union: a triple leaves it when the last named graph that holds it lets it go."""
    added = {quad.triple for quad in change.added}
    if change.emptied:
        return Union(new=tuple(added))
    default = DefaultGraph()
    gone = tuple(
        triple
        for triple in {quad.triple for quad in change.removed} - added
        if not any(
            quad.graph_name != default and quad not in change.removed
            for quad in store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        )
    )
    return Union(gone, tuple(t for t in added if Quad(t.subject, t.predicate, t.object, default) not in store))


def _update(store: Store, change: Change, removed: list[Quad], added: list[Quad]) -> None:
    """One SPARQL update for all of it, because only an update is one transaction of removals and additions.

    The terms come in through custom functions: so blank nodes stay the ones they are, and no text is quoted.
    """
    quads = [*removed, *added]
    middle = len(removed)
    steps = ["DROP ALL"] if change.emptied else []
    steps += _steps("DELETE", removed, 0) + [f"DROP SILENT GRAPH {graph}" for graph in sorted(change.dropped, key=str)]
    steps += [f"CREATE SILENT GRAPH {graph}" for graph in sorted(change.created, key=str)]
    steps += _steps("INSERT", added, middle)
    store.update(" ;\n".join(steps), custom_functions=_parts(quads))


def _steps(verb: str, quads: list[Quad], first: int) -> list[str]:
    default = DefaultGraph()
    named = [first + i for i, quad in enumerate(quads) if quad.graph_name != default]
    plain = [first + i for i, quad in enumerate(quads) if quad.graph_name == default]
    found = []
    for numbers, template in ((named, "GRAPH ?g { ?s ?p ?o }"), (plain, "?s ?p ?o")):
        if numbers:
            parts = "spog" if numbers is named else "spo"
            binds = " ".join(f"BIND(<{_PART}{part}>(?i) AS ?{part})" for part in parts)
            found.append(f"{verb} {{ {template} }} WHERE {{ VALUES ?i {{ {' '.join(map(str, numbers))} }} {binds} }}")
    return found


def _parts(quads: list[Quad]) -> dict[NamedNode, Callable[..., Any]]:
    return {
        NamedNode(_PART + "s"): lambda i: quads[_number(i)].subject,
        NamedNode(_PART + "p"): lambda i: quads[_number(i)].predicate,
        NamedNode(_PART + "o"): lambda i: quads[_number(i)].object,
        NamedNode(_PART + "g"): lambda i: quads[_number(i)].graph_name,
    }


def _number(term: Literal) -> int:
    return int(term.value)


def replacement(store: Store, graph: NamedNode, triples: Iterable[Triple]) -> Change:
    """The change that leaves in a graph these triples and no others, and no graph where there are none."""
    new = frozenset(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
    old = frozenset(store.quads_for_pattern(None, None, None, graph))
    dropped = frozenset() if new or not store.contains_named_graph(graph) else frozenset({graph})
    return Change(removed=old - new, added=new - old, dropped=dropped)


def together(changes: Iterable[Change]) -> Change:
    """One change that does them all; each is of another graph, and none empties the store."""
    each = list(changes)
    return Change(
        removed=frozenset().union(*(change.removed for change in each)),
        added=frozenset().union(*(change.added for change in each)),
        dropped=frozenset().union(*(change.dropped for change in each)),
    )
