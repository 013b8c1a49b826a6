"""Small graphs that tests write to a server, and its pages about them as text."""

from __future__ import annotations

import html
import re

import httpx

from tests.server.asking import BROWSER, update

CKG = "https://w3id.org/conflictkg/ns#"
BASE = "https://w3id.org/conflictkg/id/"
PREFIXES = f"""PREFIX ckg: <{CKG}> PREFIX i: <{BASE}entity/> PREFIX v: <{BASE}event/> PREFIX c: <{BASE}claim/>
PREFIX a: <{BASE}article/> PREFIX m: <{BASE}mention/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX dcterms: <http://purl.org/dc/terms/> """


def write(client: httpx.Client, triples: str) -> None:
    """Inserts the triples into the graph without a name."""
    update(client, f"{PREFIXES} INSERT DATA {{ {triples} }}")


def page(client: httpx.Client, path: str) -> str:
    """The HTML at a path."""
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), answer.text
    return answer.text


def words(markup: str) -> str:
    """What a reader sees of it, with single spaces."""
    shown = re.sub(r"<(svg|title)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())


def section(markup: str, id: str) -> str:
    """The HTML of the section that the heading with this id names."""
    found = re.search(rf'<section aria-labelledby="{id}">.*?</section>', markup, re.DOTALL)
    assert found, f"there is no section {id}"
    return found[0]


def query_behind(markup: str) -> str:
    """The query that the last link to one in the HTML leads to."""
    addresses = re.findall(r'class="behind" href="/sparql\?query=([^"]*)"', markup)
    return str(httpx.QueryParams(f"query={addresses[-1]}")["query"])
