"""One row for each incident: what all its articles together come to, and which told of it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.export.amounts import Amount
from kg.export.facts import Asked, Facts, Said, batches, facts, incoming, values
from kg.export.network import LABEL, MATCH, WIKIDATA
from kg.export.pointed import INCIDENT
from kg.export.rows import BATCH, IDENTIFIER, PUBLISHER, Party, Places, gathered, ordered
from kg.export.selection import Selection
from kg.rdf import PREFIXES
from ontology import NAMESPACE

ESTIMATE, CONFLICT, REPORTS = (NAMESPACE + name for name in ("estimate", "partOf", "reports"))
SPEAKERS, ISSUED = PREFIXES["prov"] + "wasAttributedTo", PREFIXES["dcterms"] + "issued"
IN = NAMESPACE + "inArticle"
NUMBERS = ("measure", "counted", "low", "count", "high")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the numbers of one measure and kind come to, as `ckg:Estimate` defines it."""

    best: Amount
    low: int
    high: int

    def __str__(self) -> str:
        return str(self.best) if self.low == self.high else f"{self.best}, {self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class Report:
    """An article that tells of an incident; `issued` is as the article has it, a day or a moment, and may be empty."""

    article: str
    outlet: str
    issued: str

    @property
    def order(self) -> tuple[datetime, str]:
        """What sorts reports by time; one without an hour counts as of the first of its day, in UTC."""
        try:
            when = datetime.fromisoformat(self.issued)
        except ValueError:  # it has none, or one of a load that is no day
            when = datetime.max
        return (when if when.tzinfo else when.replace(tzinfo=UTC)), self.article


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with all that a table tells of it, as of `kg.export.rows.Happened`. `reports` are in order of time.

    `articles` counts those that tell of it, near-copies with their originals; `conflicts` are names and Wikidata ids.
    """

    iri: str
    type: str
    start: str
    end: str
    precision: str
    weapons: tuple[str, ...]
    parties: Mapping[str, tuple[Party, ...]]
    label: str
    articles: str
    conflicts: tuple[tuple[str, str], ...]
    speakers: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    reports: tuple[Report, ...]

    def toll(self, measure: str) -> Estimate | None:
        """The estimate of this measure whose best number is the highest; of several such ones their whole range."""
        those = [each for each in self.estimates if each.best.measure == measure]
        most = max((each.best.count or 0 for each in those), default=0)
        tied = [each for each in those if each.best.count == most]
        return Estimate(tied[0].best, min(e.low for e in tied), max(e.high for e in tied)) if tied else None


def incidents(store: Asked, selection: Selection) -> Iterator[IncidentRow]:
    """The rows of the incidents that are meant, by day and IRI, those without a day last."""
    places = Places(store)
    for batch in batches(ordered(store, selection, "Incident"), BATCH):
        reports = _reports(store, batch)
        found = list(gathered(store, batch, places, [ESTIMATE, CONFLICT, REPORTS, SPEAKERS]))
        numbers = facts(store, _ends(found, ESTIMATE), [NAMESPACE + name for name in NUMBERS])
        named = facts(store, [*_ends(found, CONFLICT), *_ends(found, SPEAKERS)], [LABEL, MATCH])
        for iri, said, common in found:
            yield IncidentRow(
                iri=iri,
                label=_first(said, LABEL),
                articles=_first(said, REPORTS),
                conflicts=tuple(_conflict(named.get(each, {})) for each in values(said, CONFLICT)),
                speakers=tuple(_name(named, each) for each in values(said, SPEAKERS)),
                estimates=tuple(_estimate(numbers.get(each, {})) for each in sorted(values(said, ESTIMATE))),
                reports=tuple(sorted(reports.get(iri, ()), key=lambda report: report.order)),
                **common,
            )


def _ends(found: list[tuple[str, Said, dict[str, object]]], predicate: str) -> set[str]:
    return {end for _, said, _ in found for end in values(said, predicate)}


def _reports(store: Asked, batch: list[str]) -> dict[str, set[Report]]:
    """The articles that tell of each incident, by IRI."""
    events = [(event, incident) for event, _, incident in incoming(store, batch, [INCIDENT])]
    triggers = facts(store, (event for event, _ in events), [NAMESPACE + "trigger"])
    spans = facts(store, (end for said in triggers.values() for end in values(said, NAMESPACE + "trigger")), [IN])
    articles = facts(
        store, (end for said in spans.values() for end in values(said, IN)), [IDENTIFIER, PUBLISHER, ISSUED]
    )
    outlets = facts(store, (end for said in articles.values() for end in values(said, PUBLISHER)), [LABEL])
    found: dict[str, set[Report]] = {}
    for event, incident in events:
        for span in values(triggers.get(event, {}), NAMESPACE + "trigger"):
            for article in values(spans.get(span, {}), IN):
                said = articles.get(article, {})
                outlet = next((_name(outlets, each) for each in values(said, PUBLISHER)), "")
                found.setdefault(incident, set()).add(Report(_first(said, IDENTIFIER), outlet, _first(said, ISSUED)))
    return found


def _estimate(said: Said) -> Estimate:
    measure, counted, low, best, high = (_first(said, NAMESPACE + name) for name in NUMBERS)
    return Estimate(
        Amount(measure.removeprefix(NAMESPACE), counted.removeprefix(NAMESPACE), count=int(best)), int(low), int(high)
    )


def _conflict(said: Said) -> tuple[str, str]:
    items = [value.removeprefix(WIKIDATA) for value in values(said, MATCH) if value.startswith(WIKIDATA)]
    return _first(said, LABEL), next(iter(items), "")


def _name(named: Facts, iri: str) -> str:
    return min(values(named.get(iri, {}), LABEL), default="")


def _first(said: Said, predicate: str) -> str:
    return next(iter(values(said, predicate)), "")
