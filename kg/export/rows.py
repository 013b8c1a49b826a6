"""One row for each event: who, whom, where, when, how many, and who says so; and what incidents have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import ontology
from kg.export.amounts import Amount, amount
from kg.export.facts import TYPE, Asked, Facts, Said, batches, column, facts, incoming, is_iri, kind, values
from kg.export.network import GEOMETRY, LABEL, MATCH, TITLE, WIKIDATA, WKT, Value, position, short
from kg.export.pointed import INCIDENT, pointed
from kg.export.selection import Selection
from kg.rdf import PREFIXES
from ontology import NAMESPACE

BATCH = 200
ROLES = ("actor", "target", "mediator", "place")
PUBLISHER, IDENTIFIER = (PREFIXES["dcterms"] + name for name in ("publisher", "identifier"))
URL = PREFIXES["schema"] + "url"
CODES = ("eventType", "precision", "weapon")
NUMBERS = ("count", "low", "high", "total")


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what has a part in an event."""

    iri: str
    label: str
    kind: str
    qid: str
    spot: Mapping[str, Value] = field(default_factory=dict)
    within: tuple[tuple[str, str], ...] = ()
    """For a place: what it lies in, from near to far, each by class and label."""


class Happened(Protocol):
    """What events and incidents alike have. `type` and `weapons` are local names of codes, days ISO 8601."""

    @property
    def type(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def precision(self) -> str: ...
    @property
    def weapons(self) -> tuple[str, ...]: ...
    @property
    def parties(self) -> Mapping[str, tuple[Party, ...]]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """One claim: who says it, how, in which sentence of which article, and how many of what."""

    speakers: tuple[str, ...]
    factuality: str
    sentences: tuple[str, ...]
    article: str
    url: str
    outlet: str
    amount: Amount | None

    @property
    def number(self) -> str:
        """The amount and its speakers in words; empty where there is none."""
        return f"{self.amount} ({' and '.join(self.speakers)})" if self.amount else ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with all that a table tells of it, as of `Happened`. `incident` is an IRI, empty before any are made."""

    iri: str
    type: str
    start: str
    end: str
    precision: str
    weapons: tuple[str, ...]
    parties: Mapping[str, tuple[Party, ...]]
    trigger: str
    confidence: str
    incident: str
    told: tuple[Told, ...]

    def spread(self, measure: str) -> tuple[int | None, int | None]:
        """The lowest and the highest number that its speakers give, each speaker by the highest they give."""
        by_speaker: dict[tuple[str, ...], list[Amount]] = {}
        for each in self.told:
            if each.amount and each.amount.measure == measure and each.amount.numbers:
                by_speaker.setdefault(each.speakers, []).append(each.amount)
        least = [max(given.least for given in amounts) for amounts in by_speaker.values()]
        most = [
            max(given.least if given.most is None else given.most for given in amounts)
            for amounts in by_speaker.values()
        ]
        return min(least, default=None), max(most, default=None)


def rows(store: Asked, selection: Selection) -> Iterator[EventRow]:
    """The rows of the events that are meant, by day and IRI, those without a day last."""
    places = Places(store)
    for batch in batches(ordered(store, selection), BATCH):
        told = _claims(store, batch)
        for iri, said, common in gathered(store, batch, places, [NAMESPACE + "confidence", INCIDENT]):
            yield EventRow(
                iri=iri,
                trigger=next(iter(values(said, LABEL)), ""),
                confidence=_first(said, "confidence"),
                incident=_first(said, "incident"),
                told=tuple(told.get(iri, ())),
                **common,
            )


def ordered(store: Asked, selection: Selection, kind: str = "Event") -> list[str]:
    """The IRIs of the events that are meant, or of the incidents, by day and IRI, those without a day last."""
    meant = selection.pattern_of(kind)
    days = f"SELECT ?event (MIN(?day) AS ?first) {{ {meant} OPTIONAL {{ ?event ckg:startDate ?day }} }}"
    found = column(store, f"SELECT ?event {{ {{ {days} GROUP BY ?event }} }} ORDER BY (!BOUND(?first)) ?first ?event")
    chosen = pointed(store, selection, kind)
    kept = found if chosen is None else [event for event in found if event in chosen]
    return kept[: selection.limit] if selection.limit else kept


def gathered(
    store: Asked, batch: list[str], places: Places, others: list[str]
) -> Iterator[tuple[str, Said, dict[str, Any]]]:
    """Each of these with what is said of it, by these other predicates too, and the fields that `Happened` has."""
    names = (*CODES, *ROLES, "startDate", "endDate")
    known = facts(store, batch, [*(NAMESPACE + name for name in names), LABEL, *others])
    things = {iri for said in known.values() for role in ROLES for iri in values(said, NAMESPACE + role)}
    parties = facts(store, things, [LABEL, TYPE, MATCH])
    for iri in batch:
        said = known.get(iri, {})
        by_role = {
            role: tuple(places.party(each, parties.get(each, {})) for each in values(said, NAMESPACE + role))
            for role in ROLES
        }
        yield (
            iri,
            said,
            {
                "type": short(_first(said, "eventType")),
                "start": _first(said, "startDate"),
                "end": _first(said, "endDate"),
                "precision": short(_first(said, "precision")).removeprefix("unit").lower(),
                "weapons": tuple(map(short, values(said, NAMESPACE + "weapon"))),
                "parties": by_role,
            },
        )


class Places:
    """The places of rows, each asked for once: where it is, and what it lies in."""

    def __init__(self, store: Asked) -> None:
        self._store = store
        self._known: dict[str, tuple[Mapping[str, Value], tuple[tuple[str, str], ...]]] = {}

    def party(self, iri: str, said: Said) -> Party:
        items = [value.removeprefix(WIKIDATA) for value in values(said, MATCH) if value.startswith(WIKIDATA)]
        name = min(values(said, LABEL), default=short(iri))
        spot, within = self._where(iri) if NAMESPACE + "Place" in values(said, TYPE) else ({}, ())
        return Party(iri, name, kind(said), "; ".join(items), spot, within)

    def _where(self, iri: str) -> tuple[Mapping[str, Value], tuple[tuple[str, str], ...]]:
        if iri not in self._known:
            around = facts(self._store, [iri], [GEOMETRY, NAMESPACE + "within"])
            shapes = facts(self._store, values(around.get(iri, {}), GEOMETRY), [WKT])
            points = [position(wkt) for said in shapes.values() for wkt in values(said, WKT)]
            self._known[iri] = (points[0] if points else {}), self._chain(iri, around)
        return self._known[iri]

    def _chain(self, iri: str, around: Facts) -> tuple[tuple[str, str], ...]:
        chain: list[tuple[str, str]] = []
        seen = {iri}
        while nearer := [each for each in values(around.get(iri, {}), NAMESPACE + "within") if each not in seen]:
            iri = nearer[0]
            seen.add(iri)
            around = facts(self._store, [iri], [LABEL, TYPE, NAMESPACE + "within"])
            chain.append((kind(around.get(iri, {})), next(iter(values(around.get(iri, {}), LABEL)), short(iri))))
        return tuple(chain)


def _claims(store: Asked, events: list[str]) -> dict[str, list[Told]]:
    """The claims about each event, by IRI."""
    about = [(claim, event) for claim, _, event in incoming(store, events, [NAMESPACE + "about"])]
    names = ("claimant", "factuality", "reportedIn", "mention", "measure", "counted", *NUMBERS)
    claims = facts(store, (claim for claim, _ in about), [NAMESPACE + name for name in names])
    links = {term.value for said in claims.values() for terms in said.values() for term in terms if is_iri(term)}
    linked = facts(store, links, [LABEL, TITLE, NAMESPACE + "exact", IDENTIFIER, URL, PUBLISHER])
    outlets = facts(store, (iri for said in linked.values() for iri in values(said, PUBLISHER)), [LABEL])
    found: dict[str, list[Told]] = {}
    for claim, event in about:
        found.setdefault(event, []).append(_told(claims.get(claim, {}), linked | outlets))
    return found


def _told(said: Said, linked: Facts) -> Told:
    def names(predicate: str, *of: str) -> list[str]:
        return [value for iri in values(said, NAMESPACE + predicate) for value in values(linked.get(iri, {}), *of)[:1]]

    article = linked.get(_first(said, "reportedIn"), {})
    counted = amount({name: value for name in ("measure", "counted", *NUMBERS) if (value := _first(said, name))})
    return Told(
        speakers=tuple(names("claimant", LABEL)),
        factuality=short(_first(said, "factuality")),
        sentences=tuple(names("mention", NAMESPACE + "exact")),
        article=next(iter(values(article, IDENTIFIER)), ""),
        url=next(iter(values(article, URL)), ""),
        outlet=next((name for iri in values(article, PUBLISHER) for name in values(linked.get(iri, {}), LABEL)), ""),
        amount=counted,
    )


def _first(said: Said, name: str) -> str:
    return next(iter(values(said, NAMESPACE + name)), "")


def top(type: str) -> str:
    """The local name of the code at the top of the hierarchy that an event type stands in."""
    above = ontology.codes("EventType")
    while type in above and (broader := above[type].broader):
        type = broader
    return type
