"""What an entity has to do with events and claims, part by part: how much there is, when, and a page of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.iris import node
from server.pages.claimed import Claim, claims, claims_query
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows

SHOWN = 25
MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])(?![0-9])")
EVENT, CLAIM = "event", "claim"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page. `pattern` finds its events or claims in the variable of that name."""

    name: str
    heading: str
    of: str
    pattern: str
    only: str = ""  # the class that it is for, if not for all


PARTS = (
    Part("did", "What {they} did", EVENT, "?event ckg:actor {node} ; a ckg:Event ."),
    Part("done", "What was done to {them}", EVENT, "?event ckg:target {node} ; a ckg:Event ."),
    Part("hosted", "What {they} hosted or brokered", EVENT, "?event ckg:mediator {node} ; a ckg:Event ."),
    Part(
        "there",
        "What happened there",
        EVENT,
        "?where ckg:within* {node} . ?event ckg:place ?where ; a ckg:Event .",
        "Place",
    ),
    Part("said", "What {they} said", CLAIM, "?claim ckg:claimant {node} ."),
    Part("side", "On {their} side", CLAIM, "?claim ckg:affected {node} ."),
)
TALLY = """SELECT ?part ?month (COUNT(DISTINCT ?event) AS ?number) WHERE {{
  {branches}
  OPTIONAL {{ ?event ckg:startDate ?day }}
  BIND(SUBSTR(STR(?day), 1, 7) AS ?month)
}} GROUP BY ?part ?month"""
EVENTS = """SELECT ?event ?start ?type WHERE {{
  {{ SELECT DISTINCT ?event ?start WHERE {{
    {pattern}
    OPTIONAL {{ ?event ckg:startDate ?start }}
  }} ORDER BY DESC(?start) ?event LIMIT {limit} OFFSET {offset} }}
  OPTIONAL {{ ?event ckg:eventType ?type }}
}} ORDER BY DESC(?start) ?event"""
SOURCES = """SELECT ?article ?issued ?number WHERE {{
  {{ SELECT ?article (COUNT(?claim) AS ?number) WHERE {{
    {pattern}
    ?claim ckg:reportedIn ?article
  }} GROUP BY ?article }}
  OPTIONAL {{ ?article dcterms:issued ?issued }}
}}"""

Months = Mapping[str, int]
"""How many there are of each month, as '2025-06'; of '' those that have no day."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of a part, and the query that counted it.

    `sources` are articles with their number of claims, the newest first; a part of events has none.
    """

    part: Part
    months: Months
    query: str
    sources: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(self.months.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a part: its claims, or the IRIs of its events, and the query that found them."""

    part: Part
    total: int
    number: int
    pages: int
    query: str
    events: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


def tallies(iri: str, classes: Iterable[str]) -> list[Tally]:
    """The parts that a thing of these classes has anything of."""
    known = {"", *classes}
    parts = [part for part in PARTS if part.only in known]
    found = [*_of_events(iri, [part for part in parts if part.of == EVENT])]
    found += [_of_claims(iri, part) for part in parts if part.of == CLAIM]
    return [tally for tally in found if tally.total]


def listing(tally: Tally, iri: str, wanted: int) -> Listing:
    """The page of a part that is wanted, or the nearest that there is."""
    pages = -(-tally.total // SHOWN)
    number = min(max(1, wanted), pages)
    ask = _events if tally.part.of == EVENT else _claims
    return ask(tally, iri, number, pages)


def _of_events(iri: str, parts: Sequence[Part]) -> list[Tally]:
    branches = "\n  UNION ".join(f'{{ {_pattern(part, iri)} BIND("{part.name}" AS ?part) }}' for part in parts)
    query = prefixed(TALLY.format(branches=branches))
    found: dict[str, Counter[str]] = {part.name: Counter() for part in parts}
    for row in rows(query):
        if "part" in row:  # where there is nothing, a row still says so
            found[row["part"]][_month(row.get("month", ""))] += int(row["number"])
    return [Tally(part, found[part.name], query) for part in parts]


def _of_claims(iri: str, part: Part) -> Tally:
    query = prefixed(SOURCES.format(pattern=_pattern(part, iri)))
    found = {row["article"]: (row.get("issued", "")[:10], int(row["number"])) for row in rows(query)}
    months: Counter[str] = Counter()
    for day, number in found.values():
        months[_month(day)] += number
    newest = sorted(sorted(found), key=lambda article: found[article][0], reverse=True)
    return Tally(part, months, query, tuple((article, found[article][1]) for article in newest))


def _events(tally: Tally, iri: str, number: int, pages: int) -> Listing:
    offset = (number - 1) * SHOWN
    query = prefixed(EVENTS.format(pattern=_pattern(tally.part, iri), limit=SHOWN, offset=offset))
    found = dict.fromkeys(row["event"] for row in rows(query))
    return Listing(tally.part, tally.total, number, pages, query, events=tuple(found))


def _claims(tally: Tally, iri: str, number: int, pages: int) -> Listing:
    """The claims of the articles that the page reaches into, but for those of the pages before and after."""
    first, last, passed = (number - 1) * SHOWN, number * SHOWN, 0
    reached: dict[str, int] = {}
    skipped = 0
    for article, count in tally.sources:
        if passed < last and passed + count > first:
            skipped = skipped if reached else first - passed
            reached[article] = len(reached)
        passed += count
    pattern = f"{_pattern(tally.part, iri)} ?claim ckg:reportedIn ?article ."
    query = claims_query(f"VALUES ?article {{ {listed(reached)} }}\n  {pattern}")
    found = sorted(claims(query), key=lambda claim: reached.get(claim.article, 0))
    own = tuple(found[skipped : skipped + SHOWN])
    return Listing(tally.part, tally.total, number, pages, query, claims=own)


def _month(day: str) -> str:
    """The month of a day; '' where it is none that a calendar of ours has."""
    found = MONTH.match(day)
    return found[0] if found else ""


def _pattern(part: Part, iri: str) -> str:
    return part.pattern.format(node=node(iri))
