"""Events as lines of a list: what kind, who, whom, where, when, and in which articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.export import in_words
from ontology import NAMESPACE
from server.pages.dates import when_in_words
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.pages.verdict import verdict
from server.stores import rows

ROLES = ("actor", "target", "mediator", "place")
FACTS = """SELECT ?event ?property ?value WHERE {{
  VALUES ?event {{ {events} }}
  ?event ?property ?value
  FILTER(?property IN (ckg:eventType, ckg:actor, ckg:target, ckg:mediator, ckg:place,
                       ckg:startDate, ckg:endDate, ckg:precision))
}} ORDER BY ?event ?property ?value"""
TOLD = """SELECT DISTINCT ?event ?article ?factuality WHERE {{
  VALUES ?event {{ {events} }}
  ?claim ckg:about ?event ; ckg:reportedIn ?article ; ckg:factuality ?factuality
}} ORDER BY ?event ?article ?factuality"""


@dataclass(frozen=True, slots=True)
class Deed:
    """One event. `roles` has IRIs; `verdict` is '' for a plain event, else what those make of it who speak of it."""

    iri: str
    type: str
    start: str
    when: str
    roles: Mapping[str, tuple[str, ...]]
    articles: tuple[str, ...]
    verdict: str

    @property
    def key(self) -> str:
        """What the event is called in the addresses of its article's page."""
        return self.iri.rpartition("/")[2]

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        return {iri for iris in self.roles.values() for iri in iris}


def deeds(events: Iterable[str]) -> dict[str, Deed]:
    """A deed for each of these events."""
    wanted = sorted(set(events))
    if not wanted:
        return {}
    facts: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in wanted}
    for row in rows(prefixed(FACTS.format(events=listed(wanted)))):
        facts[row["event"]][row["property"].removeprefix(NAMESPACE)].append(row["value"])
    for row in rows(prefixed(TOLD.format(events=listed(wanted)))):
        facts[row["event"]]["article"].append(row["article"])
        facts[row["event"]]["factuality"].append(row["factuality"].removeprefix(NAMESPACE).lower())
    return {iri: _deed(iri, own) for iri, own in facts.items()}


def _deed(iri: str, facts: Mapping[str, list[str]]) -> Deed:
    def first(name: str) -> str:
        return next(iter(facts.get(name, ())), "")

    start, type = first("startDate"), first("eventType")
    return Deed(
        iri=iri,
        type=in_words(type) if type else "event",
        start=start,
        when=when_in_words(start, first("endDate") or start, first("precision").rpartition("#")[2]),
        roles={role: tuple(facts.get(role, ())) for role in ROLES},
        articles=tuple(dict.fromkeys(facts.get("article", ()))),
        verdict=verdict(set(facts.get("factuality", ()))),
    )
