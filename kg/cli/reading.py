"""An article's graph, read back as the events it tells: what `kg show` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.cli.edge import short

ROLES = ("actor", "target", "weapon", "place", "mediator")
NUMBERS = ("count", "low", "high", "total")


class Reading:
    """The graph as a table from node and property to values."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                predicate = short(quad.predicate.value)
                self._values[quad.subject.value, predicate].append(quad.object.value)
                self._subjects[predicate, quad.object.value].append(quad.subject.value)

    def all(self, node: str, name: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(self._values.get((node, name), ()))

    def one(self, node: str, name: str) -> str:
        """The first value of a property, '' where there is none."""
        return next(iter(self.all(node, name)), "")

    def having(self, name: str, value: str) -> list[str]:
        """The nodes with this value of a property, sorted."""
        return sorted(self._subjects.get((name, value), ()))

    def name(self, node: str) -> str:
        """The node's label, or its short IRI."""
        return self.one(node, "rdfs:label") or short(node).rpartition(":")[2]

    def span(self, mention: str) -> dict[str, Any]:
        """A mention's offsets and words."""
        return {
            "start": int(self.one(mention, "ckg:start") or 0),
            "end": int(self.one(mention, "ckg:end") or 0),
            "exact": self.one(mention, "ckg:exact"),
        }


def article(quads: Iterable[Quad], iri: str) -> dict[str, Any]:
    """The article's fields and its events in the order of the text, as plain values that JSON can hold."""
    reading = Reading(quads)
    about = reading.having("ckg:reportedIn", iri)
    events = {event for claim in about for event in reading.all(claim, "ckg:about")}
    told = [_event(reading, event, about) for event in sorted(events)]
    publisher = reading.one(iri, "dcterms:publisher")
    return {
        "id": reading.one(iri, "dcterms:identifier"),
        "title": reading.one(iri, "dcterms:title"),
        "published": reading.one(iri, "dcterms:issued"),
        "outlet": reading.name(publisher) if publisher else "",
        "url": reading.one(iri, "schema:url"),
        "language": reading.one(iri, "dcterms:language"),
        "iri": iri,
        "copy_of": reading.one(iri, "prov:alternateOf"),
        "events": sorted(told, key=lambda event: (event["trigger"]["start"], event["iri"])),
    }


def _event(reading: Reading, event: str, claims: list[str]) -> dict[str, Any]:
    said = [_claim(reading, claim) for claim in claims if event in reading.all(claim, "ckg:about")]
    return {
        "iri": event,
        "type": reading.name(reading.one(event, "ckg:eventType")),
        "trigger": reading.span(reading.one(event, "ckg:trigger")),
        "start": reading.one(event, "ckg:startDate"),
        "end": reading.one(event, "ckg:endDate"),
        "precision": reading.one(event, "ckg:precision").rpartition("unit")[2],
        "confidence": float(reading.one(event, "ckg:confidence") or 0),
        **{role: [reading.name(node) for node in reading.all(event, f"ckg:{role}")] for role in ROLES},
        "trace": reading.one(event, "rdfs:comment").splitlines(),
        "claims": sorted(
            said, key=lambda claim: (claim["sentences"][0]["start"] if claim["sentences"] else 0, claim["iri"])
        ),
    }


def _claim(reading: Reading, claim: str) -> dict[str, Any]:
    numbers = {name: int(reading.one(claim, f"ckg:{name}")) for name in NUMBERS if reading.one(claim, f"ckg:{name}")}
    affected = reading.one(claim, "ckg:affected")
    sentences = [reading.span(mention) for mention in reading.all(claim, "ckg:mention")]
    return {
        "iri": claim,
        "claimants": [reading.name(node) for node in reading.all(claim, "ckg:claimant")],
        "cue": reading.one(claim, "ckg:cue"),
        "factuality": reading.name(reading.one(claim, "ckg:factuality")),
        "confidence": float(reading.one(claim, "ckg:confidence") or 0),
        "measure": reading.name(measure) if (measure := reading.one(claim, "ckg:measure")) else "",
        "counted": reading.name(counted) if (counted := reading.one(claim, "ckg:counted")) else "",
        "affected": reading.name(affected) if affected else "",
        **numbers,
        "sentences": sorted(sentences, key=lambda span: (span["start"], span["end"])),
    }
