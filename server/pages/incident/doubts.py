"""What is not sure about an incident: its events that may be of another, and others that may be of it."""

from __future__ import annotations

from dataclasses import dataclass

from server.iris import node
from server.pages.prefixed import prefixed
from server.stores import rows

SHOWN = 12
QUERY = """SELECT ?doubt ?chance ?why ?event ?other ?elsewhere ?label WHERE {{
  ?event ckg:incident {incident} .
  {{ ?doubt rdf:subject ?event ; rdf:object ?other }} UNION {{ ?doubt rdf:object ?event ; rdf:subject ?other }}
  ?doubt rdf:predicate prov:alternateOf ; rdf:value ?chance ; rdfs:comment ?why .
  ?other ckg:incident ?elsewhere .
  ?elsewhere rdfs:label ?label
}} ORDER BY DESC(?chance) ?doubt"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An event of the incident and another one: how likely they are of one happening, and what stands now.

    `key` names it in the addresses of the page where it can be judged.
    """

    key: str
    chance: float
    why: str
    event: str
    other: str
    elsewhere: str
    label: str


def doubts_query(iri: str) -> str:
    """The query for the doubts about an incident."""
    return prefixed(QUERY.format(incident=node(iri)))


def doubts(query: str) -> list[Doubt]:
    """The doubts that it finds, the likeliest first. What is doubted within the incident is there once."""
    found: dict[str, Doubt] = {}
    for row in rows(query):
        key = row["doubt"].rpartition("/")[2]
        rest = (row[name] for name in ("why", "event", "other", "elsewhere", "label"))
        found.setdefault(key, Doubt(key, float(row["chance"]), *rest))
    return list(found.values())
