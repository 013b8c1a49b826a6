"""An incident as the graph tells it: what happened, who took part by how many articles, and which articles tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.export import in_words
from ontology import NAMESPACE
from server.iris import PREFIXES, node
from server.pages.dates import when_in_words
from server.pages.places import around
from server.pages.prefixed import prefixed
from server.stores import rows

ROLES = ("actor", "target", "mediator", "place", "weapon")
FACTS = """SELECT ?property ?value WHERE {{
  {incident} ?property ?value
}} ORDER BY ?property ?value"""
SAID = """SELECT ?role ?thing ?articles WHERE {{
  ?said rdf:subject {incident} ; rdf:predicate ?role ; rdf:object ?thing ; ckg:reports ?articles
}}"""
TELLINGS = """SELECT ?event ?article ?words ?start WHERE {{
  ?event ckg:incident {incident} ; ckg:trigger ?trigger .
  ?trigger ckg:exact ?words ; ckg:inArticle ?article ; ckg:start ?start
}} ORDER BY ?article ?start ?event"""


@dataclass(frozen=True, slots=True)
class Part:
    """Who or what has a role, and how many articles say so; 0 where only one tells of the incident at all."""

    iri: str
    articles: int


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of the incident: the article that has it, and the words that name it there."""

    event: str
    article: str
    words: str

    @property
    def key(self) -> str:
        """What the event is called in the addresses of its article's page."""
        return self.event.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening. `roles` has for each role who has it, the most told first; other values are IRIs."""

    iri: str
    type: str
    roles: Mapping[str, tuple[Part, ...]]
    outer: Mapping[str, tuple[str, ...]]
    start: str
    end: str
    when: str
    precision: str
    conflicts: tuple[str, ...]
    outlets: tuple[str, ...]
    claimants: tuple[str, ...]
    reports: int
    tellings: tuple[Telling, ...]
    query: str

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        parts = {part.iri for role, those in self.roles.items() if role != "weapon" for part in those}
        around = {outer for chain in self.outer.values() for outer in chain}
        return {*parts, *around, *self.conflicts, *self.outlets, *self.claimants}

    @property
    def name(self) -> str:
        """The type in words, with a capital."""
        words = in_words(self.type) if self.type else "incident"
        return words[:1].upper() + words[1:]


def incident(iri: str) -> Incident:
    """The incident of this IRI."""
    subject = node(iri)
    facts: dict[str, list[str]] = defaultdict(list)
    query = prefixed(FACTS.format(incident=subject))
    for row in rows(query):
        facts[row["property"]].append(row["value"])
    weights = {
        (row["role"], row["thing"]): int(row["articles"]) for row in rows(prefixed(SAID.format(incident=subject)))
    }

    def own(name: str) -> tuple[str, ...]:
        return tuple(facts.get(NAMESPACE + name, ()))

    def first(name: str) -> str:
        return "".join(own(name)[:1])

    def parts(role: str) -> tuple[Part, ...]:
        found = [Part(thing, weights.get((NAMESPACE + role, thing), 0)) for thing in own(role)]
        return tuple(sorted(found, key=lambda part: -part.articles))

    unit = first("precision").rpartition("#")[2]
    return Incident(
        iri=iri,
        type=first("eventType"),
        roles={role: parts(role) for role in ROLES},
        outer=around(own("place")),
        start=first("startDate"),
        end=first("endDate"),
        when=when_in_words(first("startDate"), first("endDate") or first("startDate"), unit),
        precision=unit.removeprefix("unit").lower(),
        conflicts=own("partOf"),
        outlets=tuple(facts.get(PREFIXES["dcterms"] + "publisher", ())),
        claimants=tuple(facts.get(PREFIXES["prov"] + "wasAttributedTo", ())),
        reports=int(first("reports") or 0),
        tellings=_tellings(str(subject)),
        query=query,
    )


def _tellings(subject: str) -> tuple[Telling, ...]:
    found: dict[str, Telling] = {}
    for row in rows(prefixed(TELLINGS.format(incident=subject))):
        found.setdefault(row["event"], Telling(row["event"], row["article"], row["words"]))
    return tuple(found.values())
