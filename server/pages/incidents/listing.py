"""Incidents that a request chooses, page by page: what happened, how many were killed, in how many articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.export import Amount
from kg.export.views import codes_below
from ontology import NAMESPACE
from server.pages.deeds import Deed, deeds
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows

SHOWN = 50
SORTS = {"newest": "DESC(?start) ?incident", "reports": "DESC(?reports) DESC(?start) ?incident"}
LIST = """SELECT ?incident ?start ?label ?reports ?counted ?best ?low ?high WHERE {{
  {{ SELECT DISTINCT ?incident ?start ?reports WHERE {{
    {pattern}
    ?incident ckg:reports ?reports .
    OPTIONAL {{ ?incident ckg:startDate ?start }}
  }} ORDER BY {order} LIMIT {limit} OFFSET {offset} }}
  ?incident rdfs:label ?label .
  OPTIONAL {{
    ?incident ckg:estimate ?estimate .
    ?estimate ckg:measure ckg:Killed ; ckg:counted ?counted ; ckg:count ?best ; ckg:low ?low ; ckg:high ?high
  }}
}} ORDER BY {order}"""
NUMBER = "SELECT (COUNT(DISTINCT ?incident) AS ?number) WHERE {{\n  {pattern}\n}}"
TORN = """?later cito:disagreesWith ?earlier . ?toll prov:wasDerivedFrom ?later, ?earlier .
    ?incident ckg:estimate ?toll ."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are meant; nothing chosen is all. Places and conflict are IRIs, types local names of codes.

    `least` is the smallest number of articles; `torn` means those where two numbers for one thing can't both be right.
    """

    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    conflict: str = ""
    least: int = 1
    torn: bool = False

    @property
    def pattern(self) -> str:
        """A SPARQL pattern that binds ?incident, maybe more than once; what narrows most stands first."""
        parts = []
        if self.torn:
            parts.append(TORN)
        if self.conflict:
            parts.append(f"?incident ckg:partOf {listed([self.conflict])} .")
        if self.places:
            parts.append(f"VALUES ?region {{ {listed(self.places)} }}")
            parts.append("?where ckg:within* ?region . ?incident ckg:place ?where .")
        parts.append("?incident a ckg:Incident .")
        if self.types:
            names = sorted(codes_below("EventType", *self.types))
            among = " ".join(f"ckg:{name}" for name in names)
            parts.append(f"?incident ckg:eventType ?type . VALUES ?type {{ {among} }}")
        if self.since:
            parts.append(f'?incident ckg:endDate ?end . FILTER(?end >= "{self.since}"^^xsd:date)')
        if self.until:
            parts.append(f'?incident ckg:startDate ?begin . FILTER(?begin <= "{self.until}"^^xsd:date)')
        if self.least > 1:
            parts.append(f"?incident ckg:reports ?told . FILTER(?told >= {self.least})")
        return "\n    ".join(parts)


@dataclass(frozen=True, slots=True)
class Killed:
    """How many were killed as far as the incident tells: the best number and the range. `kind` is '' for people."""

    kind: str
    best: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Line:
    """One incident of a list; `deed` has its type, days and parties."""

    deed: Deed
    label: str
    reports: int
    killed: tuple[Killed, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the incidents that are wanted, and the query that found them."""

    lines: tuple[Line, ...]
    total: int
    number: int
    pages: int
    query: str

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        return {iri for line in self.lines for iri in line.deed.things}


def listing(wanted: Wanted, *, sort: str, page: int) -> Listing:
    """The page that is asked for, or the nearest that there is; `sort` is one of SORTS."""
    total = int(rows(prefixed(NUMBER.format(pattern=wanted.pattern)))[0]["number"])
    pages = max(1, -(-total // SHOWN))
    number = min(max(1, page), pages)
    offset = (number - 1) * SHOWN
    query = prefixed(LIST.format(pattern=wanted.pattern, order=SORTS[sort], limit=SHOWN, offset=offset))
    return Listing(tuple(_lines(rows(query))), total, number, pages, query)


def _lines(found: Iterable[Mapping[str, str]]) -> Iterable[Line]:
    by_incident: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in found:
        by_incident[row["incident"]].append(row)
    told = deeds(by_incident)
    for iri, own in by_incident.items():
        yield Line(told[iri], own[0]["label"], int(own[0]["reports"]), _killed(own))


def _killed(own: Iterable[Mapping[str, str]]) -> tuple[Killed, ...]:
    """The numbers of killed: that of people alone where there is one, since other kinds are among them.

    Of a kind that is told of two sides it is the greater.
    """
    found = {
        row["counted"].removeprefix(NAMESPACE): _toll(row)
        for row in sorted(own, key=lambda row: int(row.get("best", "0")))
        if "best" in row
    }
    if "People" in found:
        return (found["People"],)
    return tuple(sorted(found.values(), key=lambda each: (-each.best, each.kind)))


def _toll(row: Mapping[str, str]) -> Killed:
    best, low, high = (int(row[name]) for name in ("best", "low", "high"))
    counted = row["counted"].removeprefix(NAMESPACE)
    one = low == high == 1
    kind = "" if counted == "People" else Amount("Killed", counted, count=1 if one else None).things
    return Killed(kind, best, low, high)
