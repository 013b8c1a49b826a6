"""Articles of several outlets on a few happenings, and the store that `kg build` makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from tests.server.asking import bindings
from tests.server.serving import ROOT

BASE = "https://w3id.org/conflictkg/id/"
CKG = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
ARTICLES = (
    ("first", "An air strike in Kharkiv", "The Harbour Post", "2024-03-05",
     "An air strike hit a market in Kharkiv on Monday. At least 12 people were killed in the air strike, a local "
     "doctor said."),
    ("second", "Toll rises in Kharkiv", "Levant Wire", "2024-03-06",
     "The air strike on a market in Kharkiv on Monday killed 20 people, witnesses said."),
    ("third", "Russia denies it", "The Meridian Post", "2024-03-06",
     "Russia's Defence Ministry denied on Tuesday that its aircraft carried out an air strike on a market in Kharkiv "
     "on Monday. The ministry said 5 people were killed in the air strike on Kharkiv."),
    ("fourth", "Kharkiv counts its dead", "Levant Wire", "2024-03-07",
     "The air strike on a market in Kharkiv on 4 March killed 20 people, the United Nations said."),
    ("fifth", "The United Nations counts again", "The Harbour Post", "2024-03-08",
     "The air strike on a market in Kharkiv on 4 March killed 21 people, the United Nations said."),
    ("sixth", "The toll stands", "Levant Wire", "2024-03-09",
     "The air strike on a market in Kharkiv on 4 March killed 21 people, the Ukrainian Red Cross said."),
    ("kherson", "Shelling in Kherson", "Levant Wire", "2024-03-07",
     "Artillery shelled a hospital in Kherson on Wednesday. The shelling killed three people, a doctor said."),
    ("raid", "A raid", "Levant Wire", "2024-06-11",
     "Gunmen killed nine soldiers in Maiduguri on Monday, the army said."),
    ("village", "A raid again", "The Harbour Post", "2024-06-12",
     "Gunmen attacked a village near Maiduguri on Tuesday."),
    ("camp", "A camp", "Levant Wire", "2024-07-09",
     "Gunmen killed two soldiers in Timbuktu on Monday, the army said."),
    ("camps", "Again a camp", "The Harbour Post", "2024-07-10",
     "Gunmen attacked a village near Timbuktu on Tuesday."),
)  # fmt: skip


def build(folder: Path) -> Path:
    """The store of the articles, in a new folder there."""
    names = ("id", "title", "outlet", "published", "text")
    articles = folder / "articles.jsonl"
    articles.write_text("".join(json.dumps(dict(zip(names, each, strict=True))) + "\n" for each in ARTICLES))
    store = folder / "store"
    command = [sys.executable, "-m", "kg.cli", "build", str(articles), "--store", str(store), "--jobs", "1"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return store


def asked(client: httpx.Client, query: str) -> list[dict[str, str]]:
    """The rows of a query, in which `ckg:` and `rdfs:` are known."""
    answer = client.get("/sparql", params={"query": CKG + query}, headers={"Accept": "application/json"})
    return bindings(answer)


def event(client: httpx.Client, article: str) -> str:
    """The IRI of the one event of an article."""
    told = f"?article <http://purl.org/dc/terms/identifier> '{article}' . ?claim ckg:reportedIn ?article"
    (row,) = asked(client, f"SELECT DISTINCT ?event {{ {told} ; ckg:about ?event }}")
    return row["event"]


def incident(client: httpx.Client, article: str) -> str:
    """The IRI of the incident that the one event of an article is of."""
    (row,) = asked(client, f"SELECT ?incident {{ <{event(client, article)}> ckg:incident ?incident }}")
    return row["incident"]


def path(iri: str) -> str:
    """Where the server has the page of an IRI."""
    return "/id/" + iri.removeprefix(BASE)
