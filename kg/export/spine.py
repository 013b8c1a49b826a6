"""The views that keep events as nodes: each with all that it leads to."""

from __future__ import annotations

from collections.abc import Iterable

import ontology
from kg.export.facts import BATCH, Asked, Facts, batches, facts, incoming, is_iri, kind, listed, text
from kg.export.network import Edge, Network, Node, nodes, predicates
from kg.export.selection import Selection, events
from kg.export.views import View
from ontology import NAMESPACE


def members(store: Asked, view: View, selection: Selection, named: Iterable[str] = ()) -> Facts:
    """The nodes that the selection means, with all that is known of them. `named` is what a caller's query names."""
    if selection.nodes:
        return facts(store, selection.nodes, predicates(view))
    if selection.around:
        return _neighbourhood(store, view, selection)
    seeds = set(named)
    if not selection.query:
        seeds = set(events(store, selection))
    elif selection.narrows:
        seeds &= set(events(store, selection))
    return _grown(store, view, seeds)


def network(store: Asked, view: View, known: Facts, selection: Selection) -> Network:
    """The nodes of the view among those known, but for classes that are not wanted, and the edges between them."""
    found = nodes(store, view, known)
    if selection.classes:
        wanted = ontology.narrower(*selection.classes) | view.spine
        found = {iri: node for iri, node in found.items() if node.kind in wanted or iri in selection.around}
    edges = [
        _edge(found[iri], view, predicate, term.value)
        for iri in found
        for predicate, terms in known[iri].items()
        if predicate in view.edges
        for term in terms
        if term.value in found and term.value != iri
    ]
    return Network(tuple(found.values()), tuple(sorted(edges, key=lambda edge: edge.id)))


def degrees(store: Asked, view: View, iris: Iterable[str]) -> dict[str, int]:
    """How many edges of the view each of the nodes has in the whole store, but for those of what it does not draw."""
    edges = ", ".join(f"<{iri}>" for iri in view.edges)
    # Incidents have the properties of their events, and would count these twice.
    others = {name for each in view.edges.values() for name in each.domain if not ontology.narrower(name) & view.nodes}
    unseen = (
        f"FILTER NOT EXISTS {{ VALUES ?c {{ {listed(NAMESPACE + name for name in sorted(others))} }} ?other a ?c }}"
    )
    found: dict[str, int] = {}
    for batch in batches(sorted(iris), BATCH):
        for ends in ("?n ?p ?other FILTER(ISIRI(?other))", f"?other ?p ?n {unseen}"):
            counted = f"SELECT ?n (COUNT(*) AS ?d) {{ VALUES ?n {{ {listed(batch)} }} {ends} FILTER(?p IN ({edges})) }}"
            for row in store.query(f"{counted} GROUP BY ?n").rows():
                found[text(row["n"])] = found.get(text(row["n"]), 0) + int(text(row["d"]))
    return found


def _grown(store: Asked, view: View, seeds: set[str]) -> Facts:
    """The seeds, and again and again all that those of them lead to that are in the view's spine."""
    known = facts(store, seeds, predicates(view))
    fresh = known
    while fresh:
        growing = {iri: said for iri, said in fresh.items() if kind(said) in view.spine}
        reached = _ends(growing, view) | {subject for subject, _, _ in incoming(store, growing, view.edges)}
        fresh = facts(store, reached - known.keys(), predicates(view))
        known |= fresh
    return known


def _neighbourhood(store: Asked, view: View, selection: Selection) -> Facts:
    """The nodes and what is one edge away; of events only those that the selection means."""
    known = facts(store, selection.around, predicates(view))
    reached = _ends(known, view) | {subject for subject, _, _ in incoming(store, selection.around, view.edges)}
    fresh = facts(store, reached - known.keys(), predicates(view))
    if selection.narrows:
        meant = set(events(store, selection))
        fresh = {iri: said for iri, said in fresh.items() if kind(said) != "Event" or iri in meant}
    return known | fresh


def _ends(known: Facts, view: View) -> set[str]:
    return {
        term.value
        for said in known.values()
        for predicate, terms in said.items()
        if predicate in view.edges
        for term in terms
        if is_iri(term)
    }


def _edge(source: Node, view: View, predicate: str, target: str) -> Edge:
    property = view.edges[predicate]
    spells = (source.spell,) if source.spell else ()
    return Edge(source.iri, target, property.name, property.label, spells=spells)
