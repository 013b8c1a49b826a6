"""`/search`: what has the words that are looked for in a name, a title or a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from pyoxigraph import Literal

from kg.sparql import MATCHES
from ontology import NAMESPACE
from server.iris import local
from server.stores import rows

blueprint = Blueprint("search", __name__)
SHOWN = 50
SHORTEST = 2
FOUND = f"""PREFIX ckg: <{NAMESPACE}> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?node ?score (MIN(?name) AS ?label) (MIN(?text) AS ?words) (GROUP_CONCAT(DISTINCT STR(?type)) AS ?types)
       (MIN(?title) AS ?article) WHERE {{
  (?node ?score) <{MATCHES}> (WORDS LIMIT) .
  ?node a ?type .
  FILTER NOT EXISTS {{ ?node a ?narrower . ?narrower rdfs:subClassOf ?type }}
  OPTIONAL {{ ?node rdfs:label|dcterms:title ?name }}
  OPTIONAL {{ ?node ckg:exact ?text }}
  OPTIONAL {{ ?node ckg:inArticle/dcterms:title ?title }}
}} GROUP BY ?node ?score ORDER BY DESC(?score) ?node"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what to call it, what it is, and for a sentence its article."""

    iri: str
    label: str
    kind: str
    article: str


@blueprint.get("/search")
def search() -> str:
    """The page with what was found, the best first; the last word may be only begun."""
    words = request.args.get("q", "").strip()
    hits = find(words) if len(words) >= SHORTEST else []
    return render_template("search.html", words=words, hits=hits, shown=SHOWN, shortest=SHORTEST)


def find(words: str) -> list[Hit]:
    """What has all these words, at most SHOWN, the best first."""
    begun = words if words.endswith(('"', "*")) else f"{words}*"
    query = FOUND.replace("WORDS", str(Literal(begun))).replace("LIMIT", str(SHOWN))
    return [
        Hit(
            iri=row["node"],
            label=row.get("label") or row.get("words") or local(row["node"]),
            kind=_kind(row.get("types", "")),
            article=row.get("article", ""),
        )
        for row in rows(query)
    ]


def _kind(types: str) -> str:
    """The classes in words, as far as they are of our ontology."""
    return ", ".join(sorted(local(iri) for iri in types.split() if iri.startswith(NAMESPACE)))
