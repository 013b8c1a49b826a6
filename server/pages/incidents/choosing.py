"""Which incidents the address of a list asks for: places by name or IRI, a conflict by its item, the rest by a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.errors import UsageError
from kg.export import selection
from server.iris import node
from server.pages.incidents.listing import SORTS, Wanted
from server.pages.naming import things
from server.pages.prefixed import prefixed
from server.pages.search.matching import matching, whole
from server.pages.told import Thing
from server.stores import names, rows

FIELDS = ("place", "type", "from", "to", "conflict", "least", "disagree", "sort")
EXPORT = "incidents.csv"
MOST = 50  # places that a name may be looked for among
NAMED = """SELECT DISTINCT ?place WHERE {{
  {match}
  ?place a ckg:Place FILTER(?score >= 1)
}} ORDER BY ?place"""
CONFLICTS = """SELECT ?conflict (MIN(?name) AS ?label) WHERE {
  ?conflict a ckg:Conflict ; rdfs:label ?name
} GROUP BY ?conflict ORDER BY ?label"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: `given` are its parameters, `places` what its place stands for, `wanted` all together.

    `problem` says what is wrong with it, '' where nothing is.
    """

    given: Mapping[str, str]
    wanted: Wanted
    places: tuple[Thing, ...]
    sort: str
    problem: str = ""

    @property
    def exported(self) -> str:
        """The parameters of the export of the same incidents; '' where an export can't choose as this does."""
        if {"conflict", "least", "disagree"} & self.given.keys() - ({"least"} if self.wanted.least == 1 else set()):
            return ""
        pairs = [(name, self.given[name]) for name in ("type", "from", "to") if name in self.given]
        return urlencode([("format", EXPORT), *pairs, *(("place", place.iri) for place in self.places)])

    def address(self, page: int = 1, **other: str) -> str:
        """The parameters of the same list, at another page or with some of them otherwise."""
        pairs = {name: value for name, value in {**self.given, **other}.items() if value}
        return urlencode(pairs | ({"page": str(page)} if page > 1 else {}))


def asked(args: Mapping[str, str]) -> Asked:
    """What these parameters ask for; of what can't be understood nothing is looked for."""
    given = {name: args[name].strip() for name in FIELDS if args.get(name, "").strip()}
    sort = given.get("sort", "newest")
    try:
        return _understood(given, sort)
    except UsageError as error:
        return Asked(given, Wanted(), (), "newest", str(error))


def conflicts() -> list[tuple[str, str]]:
    """The conflicts of the store, by item and name."""
    start = names().base + "conflict/"
    found = rows(prefixed(CONFLICTS))
    return [(row["conflict"].removeprefix(start), row["label"]) for row in found if "conflict" in row]


def _understood(given: Mapping[str, str], sort: str) -> Asked:
    chosen = selection({name: [given[name]] for name in ("type", "from", "to") if name in given})
    least = given.get("least", "1")
    if not least.isdecimal():
        raise UsageError(f"the least number of articles is a whole number, not {least[:20]!r}")
    if sort not in SORTS:
        raise UsageError(f"incidents are sorted by {' or '.join(SORTS)}, not by {sort[:20]!r}")
    places = _places(given["place"]) if "place" in given else ()
    wanted = Wanted(
        places=tuple(place.iri for place in places),
        types=chosen.types,
        since=chosen.since,
        until=chosen.until,
        conflict=_conflict(given.get("conflict", "")),
        least=int(least[:9]),
        torn="disagree" in given,
    )
    return Asked(given, wanted, places, sort)


def _conflict(item: str) -> str:
    return node(item if "://" in item else f"{names().base}conflict/{item}").value if item else ""


def _places(text: str) -> tuple[Thing, ...]:
    """The places that a name or an IRI stands for."""
    if "://" in text:
        iris = [node(text).value]
    else:
        match = matching("?place", "name", '"' + text.replace('"', " ") + '"', MOST, "?score")
        iris = [row["place"] for row in rows(whole(NAMED.format(match=match)))]
    if not iris:
        raise UsageError(f"no place is called {text[:60]}")
    return tuple(things(iris).values())
