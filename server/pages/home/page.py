"""`/`: where to begin: the search, what is in the store, what stands out in it, and the latest articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from ontology import NAMESPACE
from server.pages.home.overview import Overview
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.pages.reported import Report, reports
from server.pool.settings import Settings
from server.pool.state import State
from server.statistics import Latest
from server.stores import rows

blueprint = Blueprint("home", __name__)
SHOWN = 25
PATIENCE = 0.3  # seconds that the page waits for the first count beside it: long enough for a small store
COUNTED = {
    "Article": "articles",
    "Incident": "incidents",
    "Event": "events",
    "Claim": "claims",
    "CountClaim": "claims with a number",
    "Agent": "people and organizations",
    "Place": "places",
}

COUNTS = prefixed(f"""SELECT ?class (COUNT(?thing) AS ?number) WHERE {{
  VALUES ?class {{ {" ".join(f"ckg:{name}" for name in COUNTED)} }}
  ?thing a ?class
}} GROUP BY ?class""")
LATEST = prefixed(f"""SELECT ?article (MIN(?name) AS ?title) (MAX(STR(?issued)) AS ?day) WHERE {{
  ?article a ckg:Article
  OPTIONAL {{ ?article dcterms:title ?name }}
  OPTIONAL {{ ?article dcterms:issued ?issued }}
}} GROUP BY ?article ORDER BY DESC(?day) ?article LIMIT {SHOWN}""")
TOLD = """SELECT ?article (COUNT(DISTINCT ?event) AS ?events) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  VALUES ?article {{ {articles} }}
  ?claim ckg:reportedIn ?article ; ckg:about ?event
}} GROUP BY ?article"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of one version of the store."""

    version: int
    counts: tuple[tuple[str, int], ...]
    articles: tuple[Report, ...]
    told: Mapping[str, Mapping[str, str]]


@blueprint.get("/")
def home() -> str:
    """The home page."""
    state: State = current_app.extensions["kg.state"]
    latest: Latest[Overview] = current_app.extensions["kg.overview"]
    if latest.get(state.version) is None:
        latest.wait(PATIENCE)
    return render_template(
        "home.html",
        known=_shown(state.version),
        overview=latest.get(state.version),
        shown=SHOWN,
        queries={"counts": COUNTS, "latest": LATEST},
    )


def _shown(version: int) -> Shown:
    """What is to be shown; asked for once, and kept for as long as the store is known not to change."""
    settings: Settings = current_app.extensions["kg.settings"]
    if settings.remote:
        return _asked(version)
    kept: Shown | None = current_app.extensions.get("kg.home")
    if kept is None or kept.version != version:
        kept = current_app.extensions["kg.home"] = _asked(version)
    return kept


def _asked(version: int) -> Shown:
    numbers = {row["class"]: int(row["number"]) for row in rows(COUNTS)}
    found = [row["article"] for row in rows(LATEST)]
    told = rows(prefixed(TOLD.format(articles=listed(found)))) if found else []
    known = reports(found)
    return Shown(
        version,
        tuple(
            (words, numbers.get(NAMESPACE + name, 0))
            for name, words in COUNTED.items()
            if name != "Incident" or NAMESPACE + name in numbers  # there are none before they are made
        ),
        tuple(known[iri] for iri in found),
        {row["article"]: row for row in told},
    )
