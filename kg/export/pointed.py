"""The events that a selection points at by nodes or by a query, for what is told of events alone."""

from __future__ import annotations

from dataclasses import replace

from kg.export.constructed import named, subjects
from kg.export.facts import TYPE, Asked, facts, values
from kg.export.selection import Selection, events
from ontology import NAMESPACE


def pointed(store: Asked, selection: Selection) -> set[str] | None:
    """The events among the nodes; where there is none among them, those that the nodes have a part in.

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
    found = {iri for iri, said in kinds.items() if NAMESPACE + "Event" in values(said, TYPE)}
    if kinds and (selection.around or not found):
        found |= set(events(store, replace(selection, query="", nodes=(), around=(), entities=tuple(sorted(kinds)))))
    return found
