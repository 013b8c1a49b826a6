"""Which tellings are worth comparing: those that share a key.

A key names a family of event types, a time, and something particular: a settlement or province, a participant with a
name, two states, or a number. A telling of a day has the keys of that day and the next, so that those a day apart meet.

A telling looks for others by a key, or only waits there to be found by those who look: two that both wait do not meet.
Who is dated to a month, a year or not at all looks for those who are dated better, who wait; who knows only the
country looks for those who know the town, who wait. So the many who tell day and town never meet by year and country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.merge.telling import Telling

LONGEST = 4  # days that a telling may span to be looked for by its days
AROUND_PUBLICATION = 2  # days before an article in which its undated happenings are looked for
OLD = 20  # days before its article from which on a happening is told for its date, as few are
SMALLEST = 3  # numbers from which on they tell happenings apart
LASTING = {"Agreement", "Ceasefire", "Coup", "TerritoryCaptured"}
"""Types of what is still told of after years, with no date; there are few of each place and person."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and whether the telling looks for all who have it, or only waits there."""

    text: str
    looks: bool


def keys(telling: Telling) -> set[Key]:
    """The keys of a telling."""
    found = set()
    things = set(_particulars(telling))
    for when, looks in _times(telling):
        for thing, fine in things:
            found.add(Key(f"{telling.family} {when} {thing}", looks and fine))
    if telling.is_day and telling.start and telling.issued and (telling.issued - telling.start).days >= OLD:
        found.add(Key(f"{telling.family} {telling.start} old", True))
    if telling.type in LASTING:
        found |= {Key(f"{telling.type} {when}", True) for when, _ in _times(telling) if len(when) == len("2025-06-02")}
        found |= {Key(f"{telling.type} {thing}", telling.start is None) for thing, fine in things if fine}
        for party in telling.parties:
            if party.is_country:
                found.add(Key(f"{telling.type} {telling.trigger.casefold()} {party.key}", telling.start is None))
    return found


def _times(telling: Telling) -> Iterator[tuple[str, bool]]:
    """The times that it is looked for at, and whether it looks there itself."""
    start, end = telling.start, telling.end
    if start is None or end is None:
        if telling.issued is not None:
            for day in _days(telling.issued - timedelta(AROUND_PUBLICATION), telling.issued):
                yield f"~{day}", True
        return
    short = (end - start).days < LONGEST
    if short:
        for day in _days(start, end + timedelta(1)):
            yield str(day), True
        for day in _days(start, end):
            yield f"~{day}", False
    for month in {str(start)[:7], str(end)[:7]}:
        if telling.precision != "Year":
            yield month, not short
    yield str(start)[:4], not short


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(n)


def _particulars(telling: Telling) -> Iterator[tuple[str, bool]]:
    """What is particular of it, and whether it looks by that: by states only where it has no place within one."""
    coarse = all(place.is_country for place in telling.places)
    for place in telling.places:
        if place.is_country:
            yield f"country:{place.key}", coarse
            continue
        for each in (place.key, *place.around):
            if each != place.country:
                yield f"at:{each}", True
        if place.country:
            yield f"country:{place.country}", False
    for party in telling.parties:
        if not party.is_country and (party.is_named or " " in party.key):
            yield f"who:{party.key}", True
    states = sorted({party.key for party in telling.parties if party.is_country})
    for n, one in enumerate(states):
        yield from ((f"states:{one}/{other}", coarse) for other in states[n + 1 :])
    countries = sorted({each.country for each in (*telling.places, *telling.parties) if each.country})
    for word in telling.claims:
        number = word.least if word.least is not None else word.most
        if number is not None and number >= SMALLEST:
            yield from ((f"number:{country}/{word.measure}/{number}", True) for country in countries)
