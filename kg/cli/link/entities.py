"""The entities of a store that were looked up when it was linked, and which of them a person means by a name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.cli.edge import several
from kg.errors import NotFound, UsageError

if TYPE_CHECKING:
    from kg.link import Judgement
    from kg.store import Store

PREFIXES = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
NAMES = (
    PREFIXES
    + """SELECT DISTINCT ?graph ?article ?own ?name WHERE { GRAPH ?graph {
  ?node a ckg:Article ; dcterms:identifier ?article .
  ?decision rdf:subject ?entity ; dcterms:identifier ?own .
  ?entity rdfs:label|skos:altLabel ?name } }"""
)
LINKS = (
    PREFIXES
    + """SELECT ?graph ?article ?own ?label
  (GROUP_CONCAT(DISTINCT COALESCE(STR(?match), ""); separator=" ") AS ?matches)
  (GROUP_CONCAT(DISTINCT STR(?class); separator=" ") AS ?classes)
WHERE { VALUES ?own { %s } GRAPH ?graph {
  ?node a ckg:Article ; dcterms:identifier ?article .
  ?decision rdf:subject ?entity ; dcterms:identifier ?own .
  ?entity rdfs:label ?label ; a ?class
  OPTIONAL { ?entity skos:exactMatch ?match } } }
GROUP BY ?graph ?article ?own ?label ORDER BY ?graph ?own"""
)
WIKIDATA = re.compile(
    r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9]\d{0,11})|(?:wd:)?(Q[1-9]\d{0,11})", re.IGNORECASE
)
GEONAMES = re.compile(
    r"https?://(?:sws|www)\.geonames\.org/([1-9]\d{0,11})(?:/.*)?|geonames:([1-9]\d{0,11})", re.IGNORECASE
)
QUALIFIED = re.compile(r"(.*-[0-9a-f]{8})-(?:q|g)\d+")
NEAR = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """An entity as it stands in one article: its id before linking, and what it was linked to there."""

    graph: str
    article: str
    id: str
    label: str
    kind: str
    items: tuple[str, ...]
    """Of Wikidata ('Q1'), GeoNames ('geonames:1') and ids of other entities, in this order."""

    @property
    def item(self) -> str:
        """The item that it was linked to, '' where it has none."""
        return next((item for item in self.items if item_of(item)), "")


def item_of(text: str) -> str:
    """The item that a person writes as Q1, wd:Q1, geonames:1 or its address; '' for anything else."""
    if match := WIKIDATA.fullmatch(text.strip()):
        return (match[1] or match[2]).upper()
    if match := GEONAMES.fullmatch(text.strip()):
        return f"geonames:{match[1] or match[2]}"
    return ""


def named(text: str) -> str:
    """What a person gave as a name, an entity's id or its IRI, as judgements have it: the name, or the id.

    The id of an entity that linking told apart by its item ('tripoli-1a2b3c4d-q3579') is that of before.
    """
    text = text.strip()
    if text.startswith(("http://", "https://", "urn:")) and "entity/" in text:
        text = unquote(text.rpartition("entity/")[2])
    qualified = QUALIFIED.fullmatch(text)
    return qualified[1] if qualified else text


class Entities:
    """The names of all entities of a store, read once, and what these are linked to, asked anew each time."""

    def __init__(self, store: Store) -> None:
        from kg.link.judgements import key

        self._store = store
        self._ids: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._names: set[str] = set()
        for row in store.query(NAMES).rows():
            article, own, name = (str(getattr(row[column], "value", "")) for column in ("article", "own", "name"))
            self._names.add(name)
            for known in (own, key(name)):
                self._ids[known].add((own, article))

    def find(self, wanted: str, article: str = "") -> list[Standing]:
        """The entities that go by a name or id, in one article or, where that is empty, in all.

        Raises NotFound where there is none, UsageError where the name is one of things of several kinds.
        """
        found = self.of(wanted, article)
        if not found:
            raise NotFound(self._unknown(wanted, article))
        ids = {one.id for one in found}
        if len(ids) > 1 and (len({one.kind for one in found}) > 1 or len({one.item for one in found} - {""}) > 1):
            raise UsageError(f"{wanted!r} can be any of these: name one by its id\n{_listed(found)}")
        return found

    def of(self, wanted: str, article: str = "") -> list[Standing]:
        """The entities that go by a name or id; none is fine."""
        from kg.link.judgements import key

        spots = {spot for known in (wanted, key(wanted)) for spot in self._ids.get(known, ())}
        spots = {(own, where) for own, where in spots if article in ("", where)}
        standing = self._standing({own for own, _ in spots})
        return [one for one in standing if (one.id, one.article) in spots]

    def about(self, judgement: Judgement) -> list[Standing]:
        """The entities that a judgement is about, undone or not."""
        sides = filter(None, (judgement.name, judgement.other))
        return list(dict.fromkeys(one for side in sides for one in self.of(side, judgement.article)))

    def _standing(self, ids: Iterable[str]) -> Iterator[Standing]:
        from pyoxigraph import Literal

        from kg.store.update import written

        values = " ".join(written(Literal(own)) for own in sorted(ids))
        for row in self._store.query(LINKS % values).rows() if values else ():
            told = {name: str(getattr(term, "value", "")) for name, term in row.items()}
            items = sorted(map(_short, told["matches"].split()), key=lambda item: (_order(item), item))
            kind = _kind(told["classes"])
            yield Standing(told["graph"], told["article"], told["own"], told["label"], kind, tuple(items))

    def _unknown(self, wanted: str, article: str) -> str:
        from rapidfuzz import fuzz, process, utils

        where = f"in {article}" if article else f"in {self._store.where}"
        if not self._names:
            return f"no entity {where} can be judged; if its articles are of an older version, run `kg link relink`"
        near = process.extract(
            wanted,
            sorted(self._names),
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=NEAR,
            score_cutoff=75,
        )
        names = ", ".join(repr(name) for name, _, _ in near)
        return f"no entity {where} is named {wanted!r}" + (f"; near it are {names}" if names else "")


def told(found: Iterable[Standing]) -> str:
    """What entities are linked to, in words: "'Tripoli' is now Q3579 in 2 articles, unlinked in 1"."""
    by_label: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        others = [f"the same as {item}" for item in one.items if not item_of(item)]
        by_label[one.label][" and ".join(filter(None, (one.item, *others))) or "unlinked"] += 1
    parts = []
    for label, items in sorted(by_label.items()):
        first, *rest = sorted(items.items(), key=lambda pair: (-pair[1], pair[0]))
        words = [f"{first[0]} in {several(first[1], 'article')}", *(f"{item} in {count:,}" for item, count in rest)]
        parts.append(f"{label!r} is now {', '.join(words)}")
    return "; ".join(parts)


def _listed(found: Iterable[Standing]) -> str:
    lines: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    articles: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        lines[one.id, one.label, one.kind].add(one.item or "unlinked")
        articles[one.id, one.label, one.kind] += 1
    return "\n".join(
        f"  {own}  {label} ({kind}, {' or '.join(sorted(items))}, {several(articles[own, label, kind], 'article')})"
        for (own, label, kind), items in sorted(lines.items())
    )


def _kind(classes: str) -> str:
    local = {iri.rpartition("#")[2] for iri in classes.split()}
    return next((kind for kind in ("Person", "Place") if kind in local), "Agent")


def _short(iri: str) -> str:
    return item_of(iri) or unquote(iri.rpartition("/")[2])


def _order(item: str) -> int:
    return 0 if item.startswith("Q") else 1 if item.startswith("geonames:") else 2
