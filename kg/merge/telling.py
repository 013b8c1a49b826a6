"""One happening as one article tells it, with all that comparing it with others takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import ontology


@dataclass(frozen=True, slots=True)
class Party:
    """Whoever or whatever takes part, or the place.

    `key` is the same for the same thing in every article: its Wikidata item where it is linked, else its IRI, and for
    people and things without a name of their own ('gunmen') what they are called. `kind` is its narrowest class.
    `around` has the keys of what it lies in, belongs to or is of, the nearest first. `lat` and `lon` are WGS 84
    degrees.
    """

    iri: str
    key: str
    name: str
    kind: str
    around: tuple[str, ...] = ()
    country: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def is_country(self) -> bool:
        """Whether it is a state, which says little of where something happened, and to whom."""
        return self.kind == "State"

    @property
    def is_named(self) -> bool:
        """Whether it has a name of its own."""
        return self.kind not in ("Group", "Asset")


@dataclass(frozen=True, slots=True)
class Word:
    """One claim of the telling: who says what of it. Numbers are None where the claim gives none."""

    iri: str
    claimants: tuple[str, ...]
    factuality: str
    start: int = 0
    measure: str = ""
    counted: str = ""
    affected: str = ""
    count: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def least(self) -> int | None:
        """The least that the number can be."""
        return self.count if self.count is not None else self.low

    @property
    def most(self) -> int | None:
        """The most that the number can be."""
        return self.count if self.count is not None else self.high


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of an article. `start` and `end` are its first and last possible day, None where the text gives none.

    `issued` is the day of the article, None where unknown. `source` is the IRI of the article, or of that which it is a
    near-copy of. `outlet` is the IRI of its publisher, empty where unknown. `words` are the content words of the
    sentences that tell of it. `at` is the offset of its trigger.
    """

    iri: str
    graph: str
    article: str
    source: str
    outlet: str
    issued: date | None
    title: str
    type: str
    trigger: str
    at: int
    start: date | None
    end: date | None
    precision: str
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    places: tuple[Party, ...]
    mediators: tuple[Party, ...]
    weapons: tuple[str, ...]
    claims: tuple[Word, ...]
    words: frozenset[str]

    @property
    def family(self) -> str:
        """The code of the first level that its type belongs to."""
        return families()[self.type]

    @property
    def is_day(self) -> bool:
        """Whether the text dates it to a day, or to two as 'overnight' does."""
        return self.precision == "Day" and self.start is not None and self.end is not None

    @property
    def told(self) -> tuple[date, str, int, str]:
        """By what tellings are ordered: the first to tell comes first, those of unknown days last; no two are alike."""
        return self.issued or date.max, self.article, self.at, self.iri

    @property
    def parties(self) -> tuple[Party, ...]:
        return (*self.actors, *self.targets, *self.mediators)


def in_days(start: date | None, end: date | None, precision: str) -> str:
    """The days as people read them: a year, a month, a day, or one day to another; empty where there are none."""
    if start is None:
        return ""
    days = start.isoformat()[: {"Year": 4, "Month": 7}.get(precision, 10)]
    return days if precision in ("Year", "Month") or end in (start, None) else f"{days} to {end}"


@cache
def families() -> dict[str, str]:
    """The code of the first level above each event type, or the type itself."""
    found = {}
    for name in ontology.codes("EventType"):
        found[name] = ontology.ancestors(name)[-1]
    return found
