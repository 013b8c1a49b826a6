"""The questions to begin with: the named queries that ask no other server, and a few that show what can be seen here.

The page with the editor offers them, and the description of the endpoint tells them to programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.queries import NamedQuery, queries
from kg.store import PREFIXES

TEXT = "https://w3id.org/conflictkg/ns/text#"
FULL_TEXT = "full-text"
REST = "More"
# In the order of the page; a query that stands nowhere is in the last group.
GROUPS = {
    "Incidents": (
        "incidents-by-place-and-date",
        "tolls-that-disagree",
        "claims-contradicted",
        "who-first-reported",
        "who-repeats-whom",
        "attacks-per-day",
        "incidents-of-conflict",
        "incident-in-full",
    ),
    "Events": (
        "violence-by-place-and-date",
        "within-place",
        "talks-and-parties",
        "who-acts-on-whom",
        "places-on-a-map",
    ),
    "Claims": ("who-says-how-many", "counts-that-disagree", "claims-by-speaker"),
    "Texts": (FULL_TEXT, "sentence-behind", "everything-in-article"),
    "Names": ("linked-entities", "unlinked-entities", "same-item"),
}


def _prefixes(*names: str) -> str:
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in names)


SHOWN = (
    NamedQuery(
        FULL_TEXT,
        "Full-text search",
        "The 20 nodes whose text fits a word best.",
        (),
        f"""PREFIX text: <{TEXT}>

SELECT ?node ?score
WHERE {{ (?node ?score) text:matches ("ceasefire" 20) }}
ORDER BY DESC(?score) ?node""",
    ),
    NamedQuery(
        "who-acts-on-whom",
        "Who acts on whom, as a graph",
        "Up to 300 pairs of someone who acts and someone or something that it is done to, with the event between them.",
        (),
        _prefixes("ckg", "rdfs", "skos")
        + """
CONSTRUCT {
  ?event a ckg:Event ; rdfs:label ?type ; ckg:actor ?actor ; ckg:target ?target .
  ?actor a ?class ; rdfs:label ?who .
  ?target rdfs:label ?whom
}
WHERE {
  { SELECT ?event ?actor ?target { ?event a ckg:Event ; ckg:actor ?actor ; ckg:target ?target } LIMIT 300 }
  ?event ckg:eventType/skos:prefLabel ?type .
  ?actor a ?class ; rdfs:label ?who .
  ?target rdfs:label ?whom
}""",
    ),
    NamedQuery(
        "places-on-a-map",
        "Where most events happen, on a map",
        "The 500 places with most events, the number of those events, and where the places lie.",
        (),
        _prefixes("ckg", "geo", "rdfs")
        + """
SELECT ?place (MIN(?label) AS ?name) (SAMPLE(?wkt) AS ?point) (COUNT(DISTINCT ?event) AS ?events)
WHERE {
  ?event a ckg:Event ; ckg:place ?place .
  ?place rdfs:label ?label ; geo:hasGeometry/geo:asWKT ?wkt
}
GROUP BY ?place
ORDER BY DESC(?events) ?name
LIMIT 500""",
    ),
)


@cache
def examples() -> Mapping[str, NamedQuery]:
    """The questions by name. Which queries ask no other server takes parsing them to know."""
    local = {name: query for name, query in queries().items() if query.services == frozenset()}
    return MappingProxyType(local | {query.name: query for query in SHOWN})


@cache
def grouped() -> Mapping[str, tuple[NamedQuery, ...]]:
    """The questions by what they are about, each in one group; no group is empty."""
    placed = {name for names in GROUPS.values() for name in names}
    named = GROUPS | {REST: tuple(name for name in examples() if name not in placed)}
    found = {group: tuple(examples()[name] for name in names if name in examples()) for group, names in named.items()}
    return MappingProxyType({group: members for group, members in found.items() if members})
