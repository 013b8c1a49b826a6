"""What belongs to an entity: its members, what it owns, the places in it, and who is of its country."""

from __future__ import annotations

from dataclasses import dataclass

from server.iris import node
from server.pages.prefixed import prefixed
from server.stores import rows

SHOWN = 24
RELATIONS = {
    "ckg:memberOf": "Members",
    "ckg:owner": "What it owns",
    "ckg:within": "Places in it",
    "ckg:country": "Of this country",
    "skos:exactMatch": "Also known here as",
}
COUNTS = """SELECT ?relation (COUNT(?other) AS ?number) WHERE {{
  {branches}
}} GROUP BY ?relation"""
SOME = """SELECT ?other WHERE {{
  ?other {relation} {node}
}} ORDER BY ?other LIMIT {most}"""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What has one relation to the entity: how many things there are, and the IRIs of the first of them."""

    words: str
    total: int
    iris: tuple[str, ...]
    query: str


def belongings(iri: str) -> tuple[Belonging, ...]:
    """All relations that something has to the entity."""
    subject = node(iri)
    branches = "\n  UNION ".join(f'{{ ?other {name} {subject} BIND("{name}" AS ?relation) }}' for name in RELATIONS)
    numbers = {row.get("relation"): int(row["number"]) for row in rows(prefixed(COUNTS.format(branches=branches)))}
    found = []
    for relation, words in RELATIONS.items():
        if total := numbers.get(relation, 0):
            query = prefixed(SOME.format(relation=relation, node=subject, most=SHOWN))
            found.append(Belonging(words, total, tuple(row["other"] for row in rows(query)), query))
    return tuple(found)
