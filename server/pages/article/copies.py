"""The articles that print the same text: the one that tells it, and its near-copies in other outlets."""

from __future__ import annotations

from dataclasses import dataclass

from server.iris import node
from server.pages.prefixed import prefixed
from server.stores import rows

QUERY = """SELECT ?article (MIN(?name) AS ?title) (MIN(?label) AS ?outlet) (MAX(?first) AS ?tells) WHERE {{
  {{ {0} prov:alternateOf ?article BIND(1 AS ?first) }}
  UNION {{ ?article prov:alternateOf {0} BIND(0 AS ?first) }}
  UNION {{ {0} prov:alternateOf ?original . ?article prov:alternateOf ?original BIND(0 AS ?first) }}
  FILTER(?article != {0})
  ?article dcterms:title ?name OPTIONAL {{ ?article dcterms:publisher/rdfs:label ?label }}
}} GROUP BY ?article ORDER BY DESC(?tells) ?outlet ?article LIMIT 50"""


@dataclass(frozen=True, slots=True)
class Printed:
    """An article with the same text; `tells` where its events are those that the text tells."""

    iri: str
    title: str
    outlet: str
    tells: bool


def copies(iri: str) -> list[Printed]:
    """The other articles that print the text of this one, the one that tells its events first."""
    return [
        Printed(row["article"], row["title"] or "untitled", row.get("outlet", ""), row["tells"] == "1")
        for row in rows(prefixed(QUERY.format(node(iri))))
        if "article" in row
    ]
