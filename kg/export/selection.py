"""Which part of a store is meant: by events' type, day, place and parties, by nodes, or by a query of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ontology
from kg.errors import UsageError
from kg.export.facts import Asked, column, listed
from kg.export.views import codes_below
from ontology import CKG, NAMESPACE

MOST = 1_000_000
# How an event is told to be one that a thing takes part in: every property from an event to an agent, place or asset.
PARTIES = ("Agent", "Place", "Asset")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen; nothing chosen is all there is. IRIs, and local names of codes and classes.

    `around` are nodes that are drawn with their neighbours, `nodes` are all that is drawn. `query` is SPARQL of the
    caller's. The others are told of events, and an event must meet all of them: `articles` to `until`. An event has one
    of `entities` in some part, and one of `sides` too, or what belongs to it.
    `classes` are those of the nodes beside the events; `limit` is how many nodes there may be, 0 for any number.
    """

    query: str = ""
    nodes: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    classes: tuple[str, ...] = ()
    limit: int = 0

    def __post_init__(self) -> None:
        """Raises UsageError for a code or class that there isn't, and for two ways to choose at once."""
        codes_below("EventType", *self.types)
        for name in self.classes:
            if name not in ontology.classes():
                raise UsageError(f"there is no class {name}; there are {', '.join(ontology.classes())}")
        if sum(map(bool, (self.query, self.nodes, self.around))) > 1:
            raise UsageError("choose by one of query, node and around, not by several")
        if not 0 <= self.limit <= MOST:
            raise UsageError(f"the limit is a number of nodes up to {MOST:,}")

    @property
    def narrows(self) -> bool:
        """Whether not every event is meant."""
        told = self.articles or self.entities or self.sides or self.places or self.types or self.since or self.until
        return bool(told)

    @property
    def pattern(self) -> str:
        """A SPARQL pattern that binds ?event to each event that is meant, as far as events are told of.

        What narrows most stands first, and an event may be bound more than once.
        """
        return self.pattern_of("Event")

    def pattern_of(self, kind: str) -> str:
        """The same for incidents where `kind` is Incident: what is chosen by holds of all their articles as one."""
        parts = []
        if self.articles:
            about = "ckg:about" if kind == "Event" else "ckg:about/ckg:incident"
            parts.append(f"VALUES ?article {{ {listed(self.articles)} }}")
            parts.append(f"?claim ckg:reportedIn ?article ; {about} ?event .")
        if self.entities:
            parts.append(f"VALUES ?entity {{ {listed(self.entities)} }} ?event {party_path()} ?entity .")
        if self.sides:
            belongs = (
                f"{{ ?event {party_path()} ?side }} UNION {{ ?thing ckg:owner ?side . ?event {party_path()} ?thing }}"
            )
            parts.append(f"VALUES ?side {{ {listed(self.sides)} }} {belongs}")
        if self.places:
            parts.append(f"VALUES ?region {{ {listed(self.places)} }}")
            parts.append("?event ckg:place ?where . ?where ckg:within* ?region .")
        parts.append(f"?event a ckg:{kind} .")
        if self.types:
            names = sorted(codes_below("EventType", *self.types))
            parts.append(f"?event ckg:eventType ?type . VALUES ?type {{ {' '.join(f'ckg:{name}' for name in names)} }}")
        if self.since:
            parts.append(f'?event ckg:endDate ?end . FILTER(?end >= "{self.since}"^^xsd:date)')
        if self.until:
            parts.append(f'?event ckg:startDate ?start . FILTER(?start <= "{self.until}"^^xsd:date)')
        return "\n  ".join(parts)


FIELDS = {
    "node": "nodes",
    "around": "around",
    "article": "articles",
    "entity": "entities",
    "place": "places",
    "type": "types",
    "class": "classes",
}
"""The parameters that may be given several times, and what they are here."""


def selection(given: Mapping[str, Sequence[str]]) -> Selection:
    """What the parameters of a request choose; those that are none of a selection are not looked at.

    Raises UsageError for a value that isn't right. Empty values count as not given.
    """
    lists = {field: tuple(value for value in given.get(name, ()) if value) for name, field in FIELDS.items()}
    lists["types"] = tuple(value.removeprefix("ckg:").removeprefix(NAMESPACE) for value in lists["types"])
    limit = _last(given, "limit") or "0"
    if not limit.isdecimal():
        raise UsageError(f"limit is a whole number, not {limit[:20]!r}")
    return Selection(
        query=_last(given, "query"),
        since=_date(given, "from"),
        until=_date(given, "to"),
        limit=int(limit[:9]),
        **lists,
    )


def events(store: Asked, selection: Selection, kind: str = "Event") -> list[str]:
    """The IRIs of the events that are meant, or of the incidents, sorted."""
    return sorted(set(column(store, f"SELECT DISTINCT ?event {{ {selection.pattern_of(kind)} }}")))


def party_path() -> str:
    """The path from an event to whatever takes part in it."""
    parties = ontology.narrower(*PARTIES)
    names = [p.name for p in ontology.properties().values() if "Event" in p.domain and p.range & parties]
    return "(" + "|".join(f"<{getattr(CKG, name)}>" for name in names) + ")"


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = given.get(name, ())
    return values[-1].strip() if values else ""


def _date(given: Mapping[str, Sequence[str]], name: str) -> date | None:
    value = _last(given, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise UsageError(f"{name} is a day like 2025-06-30, not {value[:20]!r}") from error
