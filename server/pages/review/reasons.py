"""Why two events are likely of one happening, or not: what they have in common and what differs, with its weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from kg.store import Store
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows, store

GRAPHS = "SELECT DISTINCT ?graph WHERE {{ VALUES ?event {{ {events} }} GRAPH ?graph {{ ?event a ckg:Event }} }}"
LEAST = 0.005  # what adds less is not told


@dataclass(frozen=True, slots=True)
class Reason:
    """What two events have in common, or what differs, in words; `adds` is what it adds to the odds, as a logarithm."""

    words: str
    adds: float


def reasons(one: str, other: str) -> list[Reason]:
    """The reasons, the weightiest first; none where the two can't be of one happening or their articles are gone."""
    # Here, since no other page needs it.
    from kg.merge.gather import tellings
    from kg.merge.likeness import features, incompatible, settings

    events = (one, other)
    graphs = sorted(row["graph"] for row in rows(prefixed(GRAPHS.format(events=listed(events)))))
    # It only asks, which is what the store of a server can do.
    told = {each.iri: each for each in tellings(cast(Store, store()), graphs) if each.iri in events}
    if len(told) < len(events) or incompatible(told[one], told[other]):
        return []
    weights = settings()["weights"]
    found = [
        Reason(name.replace("_", " "), weights[name] * value)
        for name, value in features(told[one], told[other]).items()
        if name != "bias"
    ]
    return sorted((each for each in found if abs(each.adds) >= LEAST), key=lambda each: -abs(each.adds))
