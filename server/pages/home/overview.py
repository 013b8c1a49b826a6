"""What stands out in a store: who and what is named most, which events there are, and when. Counted in the background.

Each query goes through all mentions or all events once, which a page should not wait for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ontology
from kg.export import in_words
from ontology import NAMESPACE
from server.pages.bars import Bar, bars
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.statistics import Ask

SHOWN = 8
# By heading: what of these classes is named most, and what of them belongs elsewhere.
GROUPS = {
    "People": ("ckg:Person", ""),
    "States and organizations": ("ckg:Organization", ""),
    "Places": ("ckg:Place", "FILTER NOT EXISTS { ?thing a ckg:State }"),
}
NAMED = """SELECT ?thing (COUNT(?mention) AS ?mentions) WHERE {{
  ?thing a {kind} ; ckg:mention ?mention {but}
}} GROUP BY ?thing ORDER BY DESC(?mentions) ?thing LIMIT {limit}"""
CALLED = """SELECT ?thing (MIN(?name) AS ?label) (GROUP_CONCAT(DISTINCT STR(?kind)) AS ?kinds) WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing rdfs:label ?name ; a ?kind
}} GROUP BY ?thing"""
MONTHS = prefixed("""SELECT ?month (COUNT(?event) AS ?number) WHERE {
  { SELECT ?event (MIN(?start) AS ?first) WHERE { ?event a ckg:Event ; ckg:startDate ?start } GROUP BY ?event }
  BIND(SUBSTR(STR(?first), 1, 7) AS ?month)
} GROUP BY ?month ORDER BY ?month""")
TYPES = prefixed("""SELECT ?type (COUNT(?event) AS ?number) WHERE {
  ?event a ckg:Event ; ckg:eventType ?type
} GROUP BY ?type ORDER BY DESC(?number) ?type""")

TOGETHER = prefixed("""SELECT ?type (MIN(?name) AS ?place) (COUNT(DISTINCT ?event) AS ?number) WHERE {
  ?event a ckg:Event ; ckg:eventType ?type ; ckg:place ?where .
  ?where rdfs:label ?name
} GROUP BY ?type ?where ORDER BY DESC(?number) ?type ?where LIMIT 1""")


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that can be shown with a number: its name, its IRI or code, and the local name of its class."""

    label: str
    name: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is named most, by heading, each with the query that told it; events by kind, and by time.

    `examples` are words to look for that find something here.
    """

    named: Mapping[str, tuple[Counted, ...]]
    queries: Mapping[str, str]
    types: tuple[Counted, ...]
    months: tuple[Bar, ...]
    examples: tuple[str, ...]


def overview(ask: Ask) -> Overview:
    """The overview of the store that `ask` puts SELECT queries to."""
    queries = {
        heading: prefixed(NAMED.format(kind=kind, but=but, limit=SHOWN)) for heading, (kind, but) in GROUPS.items()
    }
    named = {heading: _named(ask, query) for heading, query in queries.items()}
    return Overview(
        named=named,
        queries=queries,
        types=tuple(_type(row) for row in ask(TYPES)[:SHOWN]),
        months=bars({row["month"]: int(row["number"]) for row in ask(MONTHS) if "month" in row}),
        examples=(*(most[0].label for most in named.values() if most), *_together(ask)),
    )


def _named(ask: Ask, query: str) -> tuple[Counted, ...]:
    """What the query finds, with names."""
    mentions = {row["thing"]: int(row["mentions"]) for row in ask(query) if "thing" in row}
    called = ask(prefixed(CALLED.format(things=listed(mentions)))) if mentions else []
    found = [
        Counted(row["label"], row["thing"], ontology.narrowest(row["kinds"].split()), mentions[row["thing"]])
        for row in called
    ]
    return tuple(sorted(found, key=lambda each: (-each.number, each.label)))


def _together(ask: Ask) -> list[str]:
    """What is told of most in one place, and that place."""
    return [f"{in_words(row['type'])} {row['place']}" for row in ask(TOGETHER) if "place" in row]


def _type(row: Mapping[str, str]) -> Counted:
    type = row["type"]
    return Counted(in_words(type), type.removeprefix(NAMESPACE), "Event", int(row["number"]))
