"""Why two events are likely of one happening, or not: what they have in common and what differs, with its weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from kg.store import Store
from server.stores import store

LEAST = 0.005  # what adds less is not told


@dataclass(frozen=True, slots=True)
class Reason:
    """What two events have in common, or what differs, in words; `adds` is what it adds to the odds, as a logarithm."""

    words: str
    adds: float


def reasons(one: str, other: str) -> list[Reason]:
    """The reasons, the weightiest first; none where the two can't be of one happening or their articles are gone."""
    # Here, since no other page needs it.
    from kg.merge.gather import of_events
    from kg.merge.likeness import features, incompatible, settings

    # It only asks, which is what the store of a server can do.
    told = of_events(cast(Store, store()), (one, other))
    if one not in told or other not in told or incompatible(told[one], told[other]):
        return []
    weights = settings()["weights"]
    found = [
        Reason(name.replace("_", " "), weights[name] * value)
        for name, value in features(told[one], told[other]).items()
        if name != "bias"
    ]
    return sorted((each for each in found if abs(each.adds) >= LEAST), key=lambda each: -abs(each.adds))
