"""Incidents as the quads of the derived graphs, and the doubts that people may settle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.merge.conflicts import Conflict
from kg.merge.incident import UNDATED, Incident
from kg.merge.tolls import Estimate
from kg.model import digest
from kg.rdf import BASE, graphs
from kg.rdf.terms import PREFIXES, Triple, ckg, decimal, integer, moment, term, typed

INCIDENTS = "incidents/"
_DERIVED = re.compile(rf"graph/{INCIDENTS}(\d{{4}}-\d\d-\d\d|{UNDATED})")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two events of which it is not sure whether they are of one incident, how likely that is, and what stands now."""

    one: str
    other: str
    chance: float
    why: str


def shard_graph(shard: str, base: str = BASE) -> str:
    """The IRI of the derived graph of a shard."""
    return f"{graphs(base)}{INCIDENTS}{shard}"


def is_derived(graph: str) -> bool:
    """Whether the IRI is that of a derived graph, at whatever base."""
    return _DERIVED.fullmatch(graph[graph.find(f"graph/{INCIDENTS}") :]) is not None


def base_of(event: str) -> str:
    """The base that the IRI of an event was minted at."""
    return event[: event.rindex("event/")]


def incident_node(key: str, base: str) -> NamedNode:
    return NamedNode(f"{base}incident/{key}")


def incident_triples(incident: Incident) -> Iterable[Triple]:
    """All that stands of an incident: itself, its estimates, who takes part by how many reports, and its conflicts."""
    base = base_of(incident.tellings[0].iri)
    node = incident_node(incident.key, base)
    yield from typed(node, "Incident")
    yield node, term("rdfs:label"), Literal(incident.label)
    yield node, ckg("eventType"), ckg(incident.type)
    yield node, ckg("reports"), integer(incident.sources)
    if incident.start and incident.end:
        yield node, ckg("startDate"), moment(incident.start)
        yield node, ckg("endDate"), moment(incident.end)
        yield node, ckg("precision"), term(f"time:unit{incident.precision}")
    for telling in incident.tellings:
        yield NamedNode(telling.iri), ckg("incident"), node
    for outlet in incident.outlets:
        yield node, term("dcterms:publisher"), NamedNode(outlet)
    for claimant in incident.claimants:
        yield node, term("prov:wasAttributedTo"), NamedNode(claimant)
    for role, those in incident.roles.items():
        for value, sources in those.items():
            thing = ckg(value) if role == "weapon" else NamedNode(value)
            yield node, ckg(role), thing
            if incident.sources > 1:
                yield from _weighed(node, role, thing, sources)
    for number, estimate in enumerate(incident.estimates):
        yield from _estimate(node, number, estimate)
    for denial, assertion in incident.denied:
        yield NamedNode(denial), term("cito:disagreesWith"), NamedNode(assertion)
    for conflict in incident.conflicts:
        yield node, ckg("partOf"), NamedNode(f"{base}conflict/{conflict.item}")
        yield from _conflict(conflict, base)


def _weighed(node: NamedNode, role: str, thing: NamedNode, sources: int) -> Iterable[Triple]:
    """By how many articles it is said that someone has a role."""
    statement = NamedNode(f"{node.value}/{role}/{digest(thing.value, length=12)}")
    yield statement, term("rdf:type"), term("rdf:Statement")
    yield statement, term("rdf:subject"), node
    yield statement, term("rdf:predicate"), ckg(role)
    yield statement, term("rdf:object"), thing
    yield statement, ckg("reports"), integer(sources)


def _estimate(incident: NamedNode, number: int, estimate: Estimate) -> Iterable[Triple]:
    node = NamedNode(f"{incident.value}/estimate/{number}")
    yield incident, ckg("estimate"), node
    yield from typed(node, "Estimate")
    yield node, ckg("measure"), ckg(estimate.measure)
    yield node, ckg("counted"), ckg(estimate.counted)
    if estimate.affected:
        yield node, ckg("affected"), NamedNode(estimate.affected)
    yield node, ckg("low"), integer(estimate.low)
    yield node, ckg("count"), integer(estimate.best)
    yield node, ckg("high"), integer(estimate.high)
    yield node, ckg("reports"), integer(estimate.sources)
    for claim in estimate.claims:
        yield node, term("prov:wasDerivedFrom"), NamedNode(claim)
    for old, new in estimate.revised:
        yield NamedNode(new), term("prov:wasRevisionOf"), NamedNode(old)
    for later, earlier in estimate.disagree:
        yield NamedNode(later), term("cito:disagreesWith"), NamedNode(earlier)
    for later, first in estimate.repeat:
        yield NamedNode(later), term("cito:agreesWith"), NamedNode(first)


def _conflict(conflict: Conflict, base: str) -> Iterable[Triple]:
    node = NamedNode(f"{base}conflict/{conflict.item}")
    yield from typed(node, "Conflict")
    yield node, term("rdfs:label"), Literal(conflict.name)
    yield node, term("skos:prefLabel"), Literal(conflict.name)
    yield node, term("skos:exactMatch"), NamedNode(PREFIXES["wd"] + conflict.item)
    yield node, ckg("startDate"), moment(conflict.start)
    if conflict.end:
        yield node, ckg("endDate"), moment(conflict.end)


def doubt_triples(doubts: Sequence[Doubt]) -> Iterable[Triple]:
    """The doubts as statements, with the probability that each is true and what stands now."""
    for doubt in doubts:
        one, other = sorted((doubt.one, doubt.other))
        node = NamedNode(f"{base_of(one)}doubt/{digest(one, other)}")
        yield node, term("rdf:type"), term("rdf:Statement")
        yield node, term("rdf:subject"), NamedNode(one)
        yield node, term("rdf:predicate"), term("prov:alternateOf")
        yield node, term("rdf:object"), NamedNode(other)
        yield node, term("rdf:value"), decimal(doubt.chance)
        yield node, term("rdfs:comment"), Literal(doubt.why)
