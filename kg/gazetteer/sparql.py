"""Any SPARQL 1.1 endpoint as a source: what a SELECT finds, page by page.

The query's variables are called as the columns of a table: item (or qid), label, class, name, lat, lon (or coord, a WKT
point), country, geonames, description, population, sitelinks. Several solutions may tell of one thing: they become one
row. Positions are numbers of solutions.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import httpx
from pyoxigraph import Literal

from kg.errors import GazetteerError
from kg.gazetteer import endpoint, table, wikidata
from kg.gazetteer.endpoint import Solution
from kg.gazetteer.languages import LANGUAGES
from kg.gazetteer.opening import OnBad
from kg.gazetteer.row import Row
from kg.model import digest

__all__ = ["PAGE", "default_query", "revision", "rows", "size"]

PAGE = 5_000
"""Solutions that are asked for at once."""

_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*(?:\n|$)|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)
_VARIABLE = re.compile(r"[?$](\w+)")
_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)", re.IGNORECASE)
_COLUMNS: Mapping[str, str] = {
    "item": "qid", "qid": "qid", "label": "label", "class": "classes", "name": "names", "lat": "lat", "lon": "lon",
    "country": "country", "geonames": "geonames", "description": "description", "population": "population",
    "sitelinks": "fame", "fame": "fame", "within": "within", "licence": "licence", "source": "sources",
}  # fmt: skip
"""The column of a table that each variable fills."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query on an endpoint, in parts that a page is made of, and the variables by which its solutions are ordered."""

    address: str
    prologue: str
    select: str
    order: tuple[str, ...]


def rows(
    address: str,
    *,
    start: int = 0,
    on_bad: OnBad = lambda _: None,
    query: str | None = None,
    page: int = PAGE,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[int, Row]]:
    """The rows behind solution `start`, each with the number of its last solution.

    `query` is a SELECT; without one it is `default_query()`. `wait` waits some seconds. Raises GazetteerError if the
    query is none, or the endpoint does not answer.
    """
    asked = _asked(address, query)
    with endpoint.client() as client:
        group: list[Solution] = []
        behind = start
        for solution in _solutions(client, asked, start, page, wait):
            if group and _key(solution) != _key(group[0]):
                yield from _row(group, behind, asked, on_bad)
                group = []
            group.append(solution)
            behind += 1
        if group:
            yield from _row(group, behind, asked, on_bad)


def size(address: str, *, query: str | None = None) -> int | None:
    """The number of solutions, None if the endpoint does not count them."""
    asked = _asked(address, query)
    counting = f"{asked.prologue}\nSELECT (COUNT(*) AS ?solutions) WHERE {{ {{ {asked.select} }} }}"
    try:
        with endpoint.client() as client:
            found = next(iter(endpoint.ask(client, asked.address, counting, tries=1)), None)
    except GazetteerError:
        return None
    return int(endpoint.text(found, "solutions") or 0) if found else None


def revision(address: str, *, query: str | None = None) -> str:
    """What tells this question from others; endpoints do not say of which day their answer is."""
    return digest(address, query or default_query(), length=12)


def default_query() -> str:
    """The query for Wikidata: things of the classes that its dump is read for, but for people.

    There are too many people for a service to page through; and on the largest classes Wikidata's own may give up
    within its minute. Its dump has them all.
    """
    qids = " ".join(f"wd:{want.qid}" for want in wikidata.wanted().values() if want.classes not in ((), ("Person",)))
    return _DEFAULT.replace("CLASSES", qids)


_DEFAULT = """PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?item ?class ?label ?name ?coord ?country ?geonames ?description ?sitelinks WHERE {
  VALUES ?class { CLASSES }
  ?item wdt:P31 ?class ; rdfs:label ?label .
  FILTER (lang(?label) = "en")
  OPTIONAL { ?item skos:altLabel ?name . FILTER (lang(?name) = "en") }
  OPTIONAL { ?item wdt:P625 ?coord }
  OPTIONAL { ?item wdt:P17 ?country }
  OPTIONAL { ?item wdt:P1566 ?geonames }
  OPTIONAL { ?item schema:description ?description . FILTER (lang(?description) = "en") }
  OPTIONAL { ?item wikibase:sitelinks ?sitelinks }
}"""


def _asked(address: str, query: str | None) -> Asked:
    text = query if query is not None else default_query()
    match = _PROLOGUE.match(text)
    prologue = match[0] if match else ""
    select = text[len(prologue) :].strip()
    if not select.upper().startswith("SELECT"):
        raise GazetteerError(
            "the query is no SELECT", where=address, remedy="ask SELECT ?item ?label ?class WHERE { … }"
        )
    variables = set(_VARIABLE.findall(select))
    order = tuple(name for name in (*_COLUMNS, "coord") if name in variables)
    if not {"item", "qid", "geonames", "label"} & set(order) or not {"label", "name"} & set(order):
        raise GazetteerError(
            "the query names no things", where=address, remedy="select ?item, ?label and ?class, and what else is known"
        )
    return Asked(address, prologue, select, order)


def _solutions(
    client: httpx.Client, asked: Asked, start: int, page: int, wait: Callable[[float], None]
) -> Iterator[Solution]:
    """All solutions behind the first `start`. A server may give less than it is asked for: the end is an empty page."""
    ordered = " ".join(f"?{name}" for name in asked.order)
    while True:
        inner = f"{asked.prologue}\nSELECT * WHERE {{ {{ {asked.select} }} }}"
        text, before = f"{inner} ORDER BY {ordered} LIMIT {page} OFFSET {start}", start
        for solution in endpoint.ask(client, asked.address, text, wait=wait):
            start += 1
            yield solution
        if start == before:
            return


def _key(solution: Solution) -> str:
    return next((text for name in ("item", "qid", "geonames", "label") if (text := endpoint.text(solution, name))), "")


def _row(group: list[Solution], position: int, asked: Asked, on_bad: OnBad) -> Iterator[tuple[int, Row]]:
    """The row of the solutions that tell of one thing, if it is one."""
    cells: dict[str, str] = {"label": "", "classes": ""}
    labels: dict[str, str] = {}
    for name in asked.order:
        texts = dict.fromkeys(text for solution in group if (text := endpoint.text(solution, name)))
        if not texts:
            continue
        if name == "coord":
            if match := _POINT.search(next(iter(texts))):
                cells["lon"], cells["lat"] = match.groups()
        elif name == "class":
            cells["classes"] = _classes(list(texts))
        elif name == "name":
            cells["names"] = "|".join(text.replace("|", " ") for text in texts)
        else:
            cells.setdefault(_COLUMNS[name], "")
            cells[_COLUMNS[name]] = cells[_COLUMNS[name]] or _local(next(iter(texts)), name)
    for solution in group:
        term = solution.get("label")
        if isinstance(term, Literal) and (term.language or "") in LANGUAGES:
            labels.setdefault(term.language or "", term.value)
    cells["label"] = labels.get("en") or cells["label"] or cells.get("names", "").split("|")[0]
    try:
        found = table.row(cells, origin=urlsplit(asked.address).hostname or "sparql")
    except ValueError as error:
        on_bad(f"{asked.address}:{position}: {error}")
        return
    if found:
        names = [*found.names, *((text, "alias") for text in labels.values() if text != found.label)]
        yield position, replace(found, names=tuple(dict.fromkeys(names)), labels=tuple(sorted(labels.items())))


def _classes(values: list[str]) -> str:
    """The cell of classes for values that are words, classes of our ontology, or classes of Wikidata."""
    words = [_local(value, "class") for value in values]
    known = wikidata.wanted()
    first = next((known[qid].classes for qid in known if qid in words), None)
    return "|".join(first if first is not None else words)


def _local(text: str, name: str) -> str:
    """The last part of an IRI where an identifier is expected."""
    if name in ("item", "qid", "class", "country", "within", "geonames") and "://" in text:
        return re.split(r"[/#]", text.rstrip("/"))[-1]
    return text
