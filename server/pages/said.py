"""Who says what: the claims that concern one node, each with its speakers and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.export import amount
from ontology import NAMESPACE
from server.iris import local
from server.stores import rows

LIMIT = 300
PREFIXES = f"""PREFIX ckg: <{NAMESPACE}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>"""


@dataclass(slots=True)
class Said:
    """One claim with its speakers and the sentences that carry it."""

    claim: str
    event: str
    about: str
    factuality: str
    article: str
    title: str
    number: str
    speakers: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)


def claims(subject: NamedNode) -> tuple[Said, ...]:
    """The claims that are this node, are about it, are made by it, are in it, or whose event it takes part in."""
    found = rows(f"""{PREFIXES}
SELECT ?claim ?event ?about ?type ?factuality ?article ?title ?speaker ?name ?mention ?sentence
       ?measure ?counted ?count ?low ?high ?total WHERE {{
  {{ SELECT DISTINCT ?claim WHERE {{
    {{ ?claim ckg:about {subject} }} UNION {{ ?claim ckg:claimant|ckg:reportedIn|ckg:affected|ckg:mention {subject} }}
    UNION {{ ?event ckg:actor|ckg:target|ckg:place|ckg:mediator|ckg:trigger {subject} . ?claim ckg:about ?event }}
    UNION {{ ?claim ckg:about ?event FILTER(?claim = {subject}) }}
  }} ORDER BY ?claim LIMIT {LIMIT} }}
  ?claim ckg:about ?event ; ckg:factuality ?factuality ; ckg:reportedIn ?article .
  OPTIONAL {{ ?event ckg:eventType ?type }}
  OPTIONAL {{ ?event rdfs:label ?about }}
  OPTIONAL {{ ?article dcterms:title ?title }}
  OPTIONAL {{ ?claim ckg:claimant ?speaker OPTIONAL {{ ?speaker rdfs:label ?name }} }}
  OPTIONAL {{ ?claim ckg:mention ?mention . ?mention ckg:exact ?sentence ; ckg:start ?start }}
  OPTIONAL {{ ?claim ckg:measure ?measure ; ckg:counted ?counted }}
  OPTIONAL {{ ?claim ckg:count ?count }} OPTIONAL {{ ?claim ckg:low ?low }}
  OPTIONAL {{ ?claim ckg:high ?high }} OPTIONAL {{ ?claim ckg:total ?total }}
}} ORDER BY ?article ?start ?claim ?speaker""")
    said: dict[str, Said] = {}
    for row in found:
        claim = said.setdefault(
            row["claim"],
            Said(
                claim=row["claim"],
                event=row["event"],
                about=local(row["type"]) if "type" in row else row.get("about", "event"),
                factuality=local(row["factuality"]),
                article=row["article"],
                title=row.get("title") or local(row["article"]),
                number=str(amount(row) or ""),
            ),
        )
        if "speaker" in row:
            claim.speakers[row["speaker"]] = row.get("name") or local(row["speaker"])
        if "mention" in row:
            claim.sentences[row["mention"]] = row["sentence"]
    return tuple(said.values())


def heading(said: tuple[Said, ...], iri: str) -> str:
    """What to call a claim, which has no label of its own; empty where the IRI is none of these claims."""
    own = next((claim for claim in said if claim.claim == iri), None)
    return f"{own.number or own.about}, says {' and '.join(own.speakers.values())}" if own else ""
