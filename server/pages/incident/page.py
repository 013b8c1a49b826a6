"""The page of an incident: what happened, which numbers disagree, and who told it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template

import ontology
from kg.export import in_words
from server import media
from server.iris import node
from server.pages.claimed import Claim, claims, claims_query
from server.pages.event.page import types
from server.pages.incident.doubts import SHOWN, doubts, doubts_query
from server.pages.incident.story import Incident, Telling, incident
from server.pages.incident.tolls import DISAGREES, Ties, ties, tolls, tolls_query
from server.pages.naming import things
from server.pages.reported import Report, reports
from server.pages.told import Thing


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the incident with the article that has it, and the first sentence that tells of it, if any."""

    telling: Telling
    report: Report
    sentence: str


@dataclass(frozen=True, slots=True)
class Denial:
    """A claim that denies the incident, and those that it speaks against."""

    claim: Claim
    against: tuple[Claim, ...]


def page(iri: str, path: str) -> str | None:
    """The page about an incident."""
    known = incident(iri)
    query, numbers = claims_query(f"?event ckg:incident {node(iri)} ."), tolls_query(iri)
    said = claims(query)
    sources = reports({*(each.article for each in known.tellings), *(each.article for each in said if each.article)})
    said = tuple(sorted(said, key=lambda claim: sources[claim.article].told if claim.article else ("~", "")))
    tied = ties(said)
    counted = tolls(numbers, said, tied)
    doubtful = doubts_query(iri)
    found = doubts(doubtful)
    return render_template(
        "incident.html",
        incident=known,
        known=things(
            {
                *known.things,
                *(each for claim in said for each in (*claim.speakers, *claim.affected)),
                *(toll.affected for toll in counted if toll.affected),
            }
        ),
        types=types(known.type),
        weapons={part.iri: Thing(part.iri, in_words(part.iri), "Kind") for part in known.roles["weapon"]},
        sources=sources,
        told=_told(known, said, sources),
        tolls=counted,
        denials=_denials(said, tied),
        doubts=found[:SHOWN],
        more=max(0, len(found) - SHOWN),
        queries={"facts": known.query, "numbers": numbers, "claims": query, "doubts": doubtful},
        drawn_from=urlencode([("around", each.event) for each in known.tellings]),
        mapped=_mapped(known),
        path=path,
        formats=tuple(media.GRAPH_TYPES),
    )


def _told(known: Incident, said: Iterable[Claim], sources: Mapping[str, Report]) -> list[Told]:
    """The events in the order in which they were told."""
    sentences: dict[str, str] = {}
    for claim in said:
        for _, sentence in claim.sentences[:1]:
            sentences.setdefault(claim.event, sentence)
    found = [Told(each, sources[each.article], sentences.get(each.event, "")) for each in known.tellings]
    return sorted(found, key=lambda each: each.report.told)


def _denials(said: Sequence[Claim], tied: Ties) -> list[Denial]:
    by_iri = {claim.iri: claim for claim in said}
    return [
        Denial(claim, tuple(by_iri[other] for other in tied.get(claim.iri, {}).get(DISAGREES, ()) if other in by_iri))
        for claim in said
        if claim.factuality == "denied"
    ]


def _mapped(known: Incident) -> str:
    """The parameters of the map of what happened of that type in those days at that place; '' without place or day."""
    if not known.roles["place"] or not known.start:
        return ""
    type = known.type.removeprefix(ontology.NAMESPACE)
    days = [("from", known.start[:10]), ("to", known.end[:10] or known.start[:10])]
    return urlencode([*(("place", part.iri) for part in known.roles["place"]), ("type", type), *days])
