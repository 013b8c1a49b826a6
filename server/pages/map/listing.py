"""The events that a request chooses, as a list by date and as numbers over time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ontology
from kg.export.selection import Selection, selection
from ontology import NAMESPACE
from server.iris import PREFIXES
from server.pages.bars import Bar, bars
from server.pages.dates import when_in_words
from server.stores import rows

SHOWN = 100
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
CHOSEN_BY = ("type", "from", "to", "entity", "place", "article")
"""The parameters of a request that choose events; `/export` knows them too."""
USED = ("ckg", "rdfs", "dcterms", "geo", "xsd")
HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in USED)
# OPTIONAL within OPTIONAL, since Oxigraph then looks up what belongs to each event and does not join whole lists.
LIST = """SELECT ?event (MIN(?code) AS ?type) (MIN(?first) AS ?start) (MAX(?last) AS ?end) (MIN(?unit) AS ?precision)
       (GROUP_CONCAT(DISTINCT ?by; separator=", ") AS ?who) (GROUP_CONCAT(DISTINCT ?to; separator=", ") AS ?whom)
       (GROUP_CONCAT(DISTINCT ?at; separator=", ") AS ?places)
       (GROUP_CONCAT(DISTINCT ?publisher; separator=", ") AS ?outlets) WHERE {
  {
    SELECT ?event (MIN(?day) AS ?first) WHERE {
      { SELECT DISTINCT ?event WHERE {
  %s
      } }
      OPTIONAL { ?event ckg:startDate ?day }
    } GROUP BY ?event ORDER BY DESC(?first) ?event LIMIT %d
  }
  OPTIONAL { ?event ckg:eventType ?code }
  OPTIONAL { ?event ckg:endDate ?last }
  OPTIONAL { ?event ckg:precision ?unit }
  OPTIONAL { ?event ckg:actor ?actor OPTIONAL { ?actor rdfs:label ?by } }
  OPTIONAL { ?event ckg:target ?target OPTIONAL { ?target rdfs:label ?to } }
  OPTIONAL { ?event ckg:place ?place OPTIONAL { ?place rdfs:label ?at } }
  OPTIONAL { ?claim ckg:about ?event ; ckg:reportedIn ?article
    OPTIONAL { ?article dcterms:publisher ?outlet OPTIONAL { ?outlet rdfs:label ?publisher } } }
} GROUP BY ?event ORDER BY DESC(?start) ?event"""
MONTHS = """SELECT ?month (COUNT(?event) AS ?n) WHERE {
  { SELECT ?event (MIN(?day) AS ?first) WHERE {
  %s
    OPTIONAL { ?event ckg:startDate ?day }
  } GROUP BY ?event }
  BIND(COALESCE(SUBSTR(STR(?first), 1, 7), "") AS ?month)
} GROUP BY ?month ORDER BY ?month"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One event as a line: names only, `type` and `top` are local names of codes, `when` is in words."""

    iri: str
    type: str
    label: str
    top: str
    start: str
    when: str
    who: str
    whom: str
    places: str
    outlets: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many events are chosen, how many of them have no date, and the others by time."""

    events: int
    undated: int
    bars: tuple[Bar, ...]


def chosen(given: Mapping[str, Sequence[str]]) -> tuple[Selection, list[tuple[str, str]]]:
    """What a request chooses, and its parameters of CHOSEN_BY that say so. Raises UsageError for a wrong value."""
    pairs = [(name, value.strip()) for name in CHOSEN_BY for value in given.get(name, ()) if value.strip()]
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(value)
    return selection(by_name), pairs


def list_query(selected: Selection) -> str:
    """The query for the newest events of a selection, those without a date last."""
    return HEAD + LIST % (selected.pattern, SHOWN)


def listed(query: str) -> list[Listed]:
    """The lines of that query."""
    return [_line(row) for row in rows(query)]


def counted(selected: Selection) -> Counted:
    """The numbers of a selection."""
    found = {row["month"]: int(row["n"]) for row in rows(HEAD + MONTHS % selected.pattern)}
    dated = {month: count for month, count in found.items() if MONTH.fullmatch(month)}
    return Counted(sum(found.values()), sum(found.values()) - sum(dated.values()), bars(dated))


def _line(row: Mapping[str, str]) -> Listed:
    type = row.get("type", "").removeprefix(NAMESPACE)
    code = ontology.codes("EventType").get(type)
    return Listed(
        iri=row["event"],
        type=type,
        label=code.label if code else "event",
        top=ontology.ancestors(type)[-1] if code else "",
        start=row.get("start", ""),
        when=when_in_words(row.get("start", ""), row.get("end", ""), row.get("precision", "#Day").rpartition("#")[2]),
        who=row.get("who", ""),
        whom=row.get("whom", ""),
        places=row.get("places", ""),
        outlets=row.get("outlets", ""),
    )
