"""`/`: what is in the store, and the latest articles."""

from __future__ import annotations

from flask import Blueprint, render_template

from ontology import NAMESPACE
from server.stores import rows

blueprint = Blueprint("home", __name__)
SHOWN = 25
COUNTED = (("Article", "articles"), ("Event", "events"), ("Claim", "claims"), ("CountClaim", "claims with a number"),
           ("Agent", "people and organizations"), ("Place", "places"))  # fmt: skip

COUNTS = f"""PREFIX ckg: <{NAMESPACE}>
SELECT ?class (COUNT(?thing) AS ?n) WHERE {{
  VALUES ?class {{ {" ".join(f"ckg:{name}" for name, _ in COUNTED)} }}
  ?thing a ?class
}} GROUP BY ?class"""

LATEST = f"""PREFIX ckg: <{NAMESPACE}> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?article (MIN(?name) AS ?title) (MAX(?day) AS ?issued) (MIN(?label) AS ?outlet)
       (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  ?article a ckg:Article .
  OPTIONAL {{ ?article dcterms:title ?name }}
  OPTIONAL {{ ?article dcterms:issued ?day }}
  OPTIONAL {{ ?article dcterms:publisher/rdfs:label ?label }}
  OPTIONAL {{ ?claim ckg:reportedIn ?article }}
}} GROUP BY ?article ORDER BY DESC(?issued) ?article LIMIT {SHOWN}"""


@blueprint.get("/")
def home() -> str:
    """The home page."""
    found = {row["class"]: int(row["n"]) for row in rows(COUNTS)}
    counts = [(words, found.get(NAMESPACE + name, 0)) for name, words in COUNTED]
    return render_template("home.html", counts=counts, articles=rows(LATEST), shown=SHOWN)
