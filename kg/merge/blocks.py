"""Which tellings are worth comparing: those that share a key.

A key names a family of event types, a day, and something particular: a settlement or province, a named participant who
is no state, two states, or a number. A telling of a day has the keys of that day and the next, so that those a day
apart meet. One that the text dates to a month, a year or not at all looks for those that are dated better, but not for
others like itself unless they share a day of publication; so keys of a long time do not make pairs of all that bear them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.merge.telling import Telling

LONGEST = 4  # days that a telling may span to be looked for by its days
AROUND_PUBLICATION = 2  # days before an article that its undated happenings are looked for
SMALLEST = 3  # numbers from which on they tell happenings apart


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and whether the telling looks for all who have it, or only waits to be found by those who look."""

    text: str
    looks: bool


def keys(telling: Telling) -> set[Key]:
    """The keys of a telling."""
    things = set(_particulars(telling))
    if not things:
        return set()
    found = set()
    for when, looks in _times(telling):
        for thing, fine in things:
            found.add(Key(f"{telling.family} {when} {thing}", looks and fine))
    return found


def _times(telling: Telling) -> Iterator[tuple[str, bool]]:
    start, end = telling.start, telling.end
    if start is not None and end is not None and (end - start).days < LONGEST:
        last = end + timedelta(1)
        for day in _days(start, last):
            yield day.isoformat(), True
        for month in {start.isoformat()[:7], end.isoformat()[:7]}:
            yield month, False
        yield start.isoformat()[:4], False
        # Those without a day are looked for around their articles: there one who has a day waits.
        if telling.issued is not None and abs((telling.issued - end).days) <= 2 * AROUND_PUBLICATION:
            for day in _days(telling.issued - timedelta(AROUND_PUBLICATION), telling.issued):
                yield f"~{day.isoformat()}", False
    elif start is not None:
        yield start.isoformat()[: 4 if telling.precision == "Year" else 7], True
    elif telling.issued is not None:
        for day in _days(telling.issued - timedelta(AROUND_PUBLICATION), telling.issued):
            yield f"~{day.isoformat()}", True


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(n)


def _particulars(telling: Telling) -> Iterator[tuple[str, bool]]:
    """What is particular of it, and whether to look by that: by states only where it has no place within one.

    So who knows only the country finds those who know more and those who know as little; of the many who know more
    none finds the others by it.
    """
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
        if party.is_named and not party.is_country:
            yield f"who:{party.key}", True
    states = sorted({party.key for party in telling.parties if party.is_country})
    for n, one in enumerate(states):
        yield from ((f"states:{one}/{other}", coarse) for other in states[n + 1 :])
    countries = sorted({each.country for each in (*telling.places, *telling.parties) if each.country})
    for word in telling.claims:
        number = word.least if word.least is not None else word.most
        if number is not None and number >= SMALLEST:
            yield from ((f"number:{country}/{word.measure}/{number}", True) for country in countries)
