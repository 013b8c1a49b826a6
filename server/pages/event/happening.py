"""An event as its triples tell it: type, roles, days, article and how it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ontology import NAMESPACE
from server.iris import node
from server.pages.dates import when_in_words
from server.pages.places import around
from server.pages.prefixed import prefixed
from server.stores import rows

ROLES = ("actor", "target", "mediator", "place", "weapon")
FACTS = """SELECT ?property ?value WHERE {{
  {event} ?property ?value
  FILTER(?property != ckg:mention)
}} ORDER BY ?property ?value"""
TRIGGERS = """SELECT ?trigger ?words ?article WHERE {{
  {event} ckg:trigger ?trigger .
  ?trigger ckg:exact ?words ; ckg:inArticle ?article
}} ORDER BY ?trigger"""
INCIDENTS = """SELECT ?incident (MIN(?name) AS ?label) (COUNT(DISTINCT ?telling) AS ?tellings) WHERE {{
  {event} ckg:incident ?incident .
  ?incident rdfs:label ?name .
  ?telling ckg:incident ?incident
}} GROUP BY ?incident"""
COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The incident that an event is told of together with others: how many events there are of it."""

    incident: str
    label: str
    tellings: int


@dataclass(frozen=True, slots=True)
class Happening:
    """An event. `roles` has the IRIs of each role; `outer` the places around each place, the nearest first.

    `triggers` has the words that name it, by the IRI of the article; `trace` how it was found, step by step.
    `one_of` is None where nobody else tells of the same.
    """

    iri: str
    type: str
    roles: Mapping[str, tuple[str, ...]]
    outer: Mapping[str, tuple[str, ...]]
    start: str
    when: str
    precision: str
    confidence: str
    triggers: tuple[tuple[str, str], ...]
    trace: tuple[str, ...]
    one_of: OneOf | None
    query: str

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        roles = {iri for role, iris in self.roles.items() if role != "weapon" for iri in iris}
        return roles | {outer for chain in self.outer.values() for outer in chain}

    @property
    def articles(self) -> set[str]:
        return {article for article, _ in self.triggers}


def happening(iri: str) -> Happening:
    """The event of this IRI."""
    event = node(iri)
    facts: dict[str, list[str]] = defaultdict(list)
    query = prefixed(FACTS.format(event=event))
    for row in rows(query):
        facts[row["property"]].append(row["value"])
    own = {name: tuple(facts.get(NAMESPACE + name, ())) for name in (*ROLES, "startDate", "endDate", "precision")}
    start, end, unit = ("".join(own[name][:1]) for name in ("startDate", "endDate", "precision"))
    return Happening(
        iri=iri,
        type="".join(facts.get(NAMESPACE + "eventType", ())[:1]),
        roles={role: own[role] for role in ROLES},
        outer=around(own["place"]),
        start=start,
        when=when_in_words(start, end or start, unit.rpartition("#")[2]),
        precision=unit.rpartition("unit")[2].lower(),
        confidence="".join(facts.get(NAMESPACE + "confidence", ())[:1]),
        triggers=tuple((row["article"], row["words"]) for row in rows(prefixed(TRIGGERS.format(event=event)))),
        trace=tuple(step for comment in facts.get(COMMENT, ()) for step in comment.splitlines()),
        one_of=_one_of(str(event)),
        query=query,
    )


def _one_of(event: str) -> OneOf | None:
    """The incident of an event, None where it has no other."""
    found = [row for row in rows(prefixed(INCIDENTS.format(event=event))) if int(row.get("tellings", 0)) > 1]
    return OneOf(found[0]["incident"], found[0]["label"], int(found[0]["tellings"])) if found else None
