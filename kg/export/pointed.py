"""The events or incidents that a selection points at by nodes or by a query, for what is told of these alone."""

from __future__ import annotations

from dataclasses import replace

from kg.export.constructed import named, subjects
from kg.export.facts import TYPE, Asked, facts, incoming, values
from kg.export.selection import Selection, events
from ontology import NAMESPACE

INCIDENT = NAMESPACE + "incident"


def pointed(store: Asked, selection: Selection, kind: str = "Event") -> set[str] | None:
    """The events among the nodes and those of the incidents among them; where there are none, those that the nodes have
    a part in. Where `kind` is Incident these are incidents, and those that events among the nodes tell of.

    None where the selection points at nothing and every event that it means is meant. `around` means both.
    """
    if selection.query:
        answer = store.query(selection.query)
        nodes = subjects(answer) if answer.kind == "graph" else named(answer)
    else:
        nodes = set(selection.around or selection.nodes)
        if not nodes:
            return None
    kinds = facts(store, nodes, [TYPE])
    told, merged = (
        {iri for iri, said in kinds.items() if NAMESPACE + name in values(said, TYPE)} for name in ("Event", "Incident")
    )
    if kind == "Event":
        found = told | {event for event, _, _ in incoming(store, merged, [INCIDENT])}
    else:
        leads = facts(store, told, [INCIDENT]).values()
        found = merged.union(*(values(said, INCIDENT) for said in leads))
    if kinds and (selection.around or not found):
        entities = replace(selection, query="", nodes=(), around=(), entities=tuple(sorted(kinds)))
        found |= set(events(store, entities, kind))
    return found
