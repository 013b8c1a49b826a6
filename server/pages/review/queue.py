"""The doubts that people may settle, the most doubtful first, and what they have decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.iris import node
from server.pages.prefixed import prefixed
from server.stores import names, rows

EVEN = 0.5
SHOWN = 50  # decisions
DOUBTS = """SELECT ?doubt ?one ?other ?chance ?why WHERE {{
  ?doubt rdf:predicate prov:alternateOf ; rdf:value ?chance ; rdf:subject ?one ; rdf:object ?other ; rdfs:comment ?why
}} ORDER BY (ABS(?chance - {near})) ?doubt LIMIT 1 OFFSET {offset}"""
ONE = """SELECT ?doubt ?one ?other ?chance ?why WHERE {{
  VALUES ?doubt {{ {doubt} }}
  ?doubt rdf:predicate prov:alternateOf ; rdf:value ?chance ; rdf:subject ?one ; rdf:object ?other ; rdfs:comment ?why
}}"""
NUMBER = prefixed("""SELECT (COUNT(?doubt) AS ?number) WHERE {
  ?doubt rdf:predicate prov:alternateOf ; rdf:value ?chance
}""")
JUDGED = prefixed(f"""SELECT ?judgement ?one ?other ?verb ?who ?when ?reason ?undone ?undoer ?oneLabel ?otherLabel
WHERE {{
  ?judgement rdf:predicate prov:alternateOf ; dcterms:type ?verb ; rdf:subject ?one ; rdf:object ?other ;
    dcterms:creator ?who ; dcterms:created ?when .
  OPTIONAL {{ ?judgement rdfs:comment ?reason }}
  OPTIONAL {{ ?judgement prov:invalidatedAtTime ?undone ; dcterms:contributor ?undoer }}
  OPTIONAL {{ ?one ckg:incident/rdfs:label ?oneLabel }}
  OPTIONAL {{ ?other ckg:incident/rdfs:label ?otherLabel }}
}} ORDER BY DESC(?when) ?judgement LIMIT {SHOWN}""")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two events, how likely they are of one happening, and why they are told as one or apart now."""

    key: str
    one: str
    other: str
    chance: float
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision on two events, with what their incidents are called; `undone` is '' unless it was taken back."""

    name: str
    one: str
    other: str
    one_label: str
    other_label: str
    verb: str
    who: str
    when: str
    why: str
    undone: str
    undoer: str


def doubt_query(near: float, at: int) -> str:
    """The query for the doubt at a place of the queue, which begins with the probability nearest to `near`."""
    return prefixed(DOUBTS.format(near=near, offset=at))


def one_query(key: str) -> str:
    """The query for the doubt of this key."""
    return prefixed(ONE.format(doubt=node(f"{names().base}doubt/{key}")))


def doubt(query: str) -> Doubt | None:
    """The doubt that such a query finds."""
    found = rows(query)
    return _doubt(found[0]) if found else None


def waiting() -> int:
    """How many doubts there are."""
    return int(rows(NUMBER)[0]["number"])


def judged() -> list[Judged]:
    """The latest decisions, the newest first."""
    return list(_judged(rows(JUDGED)))


def _doubt(row: Mapping[str, str]) -> Doubt:
    key = row["doubt"].rpartition("/")[2]
    return Doubt(key, row["one"], row["other"], float(row["chance"]), row["why"])


def _judged(found: Iterable[Mapping[str, str]]) -> Iterable[Judged]:
    for row in found:
        yield Judged(
            name=row["judgement"].rpartition("/")[2],
            one=row["one"],
            other=row["other"],
            one_label=row.get("oneLabel", "an event that is gone"),
            other_label=row.get("otherLabel", "an event that is gone"),
            verb=row["verb"],
            who=row["who"],
            when=row["when"],
            why=row.get("reason", ""),
            undone=row.get("undone", ""),
            undoer=row.get("undoer", ""),
        )
