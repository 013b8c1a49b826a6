"""The view without events: who acted on whom, an edge for all events of one type between two agents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import ontology
from kg.export.facts import BATCH, TYPE, Asked, Facts, batches, facts, kind, listed, text, values
from kg.export.network import ENDS, KIND_OF_EVENT, STARTS, Edge, Network, Spell, counted, nodes, predicates, short
from kg.export.selection import Selection, events
from kg.export.views import View
from ontology import NAMESPACE

Key = tuple[str, str, str, bool]
"""Source, target, event type, and whether it goes both ways."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it is folded into edges."""

    iri: str
    ends: frozenset[Key]
    spell: Spell | None


def network(store: Asked, view: View, selection: Selection, named: Iterable[str] = ()) -> Network:
    """The agents and what they did to each other. `named` is what a query of the caller's names."""
    asked = set(selection.around or selection.nodes)
    edges = _folded(store, view, _events(store, selection, named))
    known = facts(store, asked.union(*({edge.source, edge.target} for edge in edges)), predicates(view))
    found = nodes(store, view, known)
    if selection.classes:
        wanted = ontology.narrower(*selection.classes)
        found = {iri: node for iri, node in found.items() if node.kind in wanted or iri in asked}
    if selection.nodes:
        found = {iri: node for iri, node in found.items() if iri in asked}
    kept = tuple(edge for edge in edges if edge.source in found and edge.target in found)
    return Network(tuple(found.values()), kept)


def degrees(store: Asked, view: View, iris: Iterable[str]) -> dict[str, int]:
    """How many edges each of the agents has in the whole store."""
    chosen = Selection(sides=tuple(sorted(iris)))
    return counted(_folded(store, view, events(store, chosen))) if chosen.sides else {}


def _events(store: Asked, selection: Selection, named: Iterable[str]) -> list[str]:
    """The events to fold: those that a query names, else those that the chosen agents have a part in."""
    if not selection.query:
        return events(store, replace(selection, sides=selection.around or selection.nodes))
    kinds = facts(store, named, [TYPE])
    meant = [iri for iri, said in kinds.items() if NAMESPACE + "Event" in values(said, TYPE)]
    if not meant and kinds:
        return events(store, replace(selection, query="", entities=tuple(sorted(kinds))))
    return sorted(set(meant) & set(events(store, selection))) if selection.narrows else sorted(meant)


def _folded(store: Asked, view: View, chosen: list[str]) -> tuple[Edge, ...]:
    """The edges that these events make, sorted by their ends."""
    known = facts(store, chosen, [view.source, view.target, KIND_OF_EVENT, STARTS, ENDS])
    targets = {iri for said in known.values() for iri in values(said, view.target)}
    standing = facts(store, targets, [TYPE, view.owner])
    folded: dict[Key, list[Happening]] = {}
    for happening in _happenings(view, known, standing):
        for key in happening.ends:
            folded.setdefault(key, []).append(happening)
    spoken = _spoken(store, known)
    return tuple(_edge(key, folded[key], spoken) for key in sorted(folded))


def _happenings(view: View, known: Facts, standing: Facts) -> Iterator[Happening]:
    for event, said in known.items():
        type = short((values(said, KIND_OF_EVENT) or [""])[0])
        sources = sorted(set(values(said, view.source)))
        targets = {agent for iri in values(said, view.target) for agent in _agents(view, iri, standing)}
        ends = {(source, target, type, False) for source in sources for target in targets if source != target}
        if type in view.mutual:
            ends |= {(one, other, type, True) for one, other in combinations(sources, 2)}
        days = values(said, STARTS, ENDS)
        yield Happening(event, frozenset(ends), (days[0], days[-1]) if days else None)


def _agents(view: View, target: str, standing: Facts) -> list[str]:
    """The agent that a target is or belongs to; none for a place or a thing of nobody's."""
    said = standing.get(target, {})
    if kind(said) in view.nodes:
        return [target]
    return values(said, view.owner)


def _spoken(store: Asked, known: Facts) -> dict[str, set[str]]:
    """For each event how its speakers put it: the local names of the factuality codes of its claims."""
    found: dict[str, set[str]] = {}
    for batch in batches(sorted(known), BATCH):
        claims = f"?claim <{NAMESPACE}about> ?event ; <{NAMESPACE}factuality> ?code"
        query = f"SELECT DISTINCT ?event ?code {{ VALUES ?event {{ {listed(batch)} }} {claims} }}"
        for row in store.query(query).rows():
            found.setdefault(text(row["event"]), set()).add(short(text(row["code"])))
    return found


def _edge(key: Key, happenings: list[Happening], spoken: dict[str, set[str]]) -> Edge:
    source, target, type, mutual = key
    code = ontology.codes("EventType").get(type)
    said = [spoken.get(each.iri, set()) for each in happenings]
    return Edge(
        source,
        target,
        type,
        code.label if code else "",
        weight=len(happenings),
        spells=tuple(sorted({each.spell for each in happenings if each.spell})),
        mutual=mutual,
        attributes={
            "asserted": sum("Asserted" in codes for codes in said),
            "denied": sum("Denied" in codes for codes in said),
        },
    )
