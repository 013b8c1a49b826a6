"""The page of an article: its text with every mention marked, and beside it its events with who says so."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from server import media
from server.pages import described
from server.pages.article.cards import Card, cards
from server.pages.article.copies import copies
from server.pages.article.marks import story
from server.pages.dates import day_in_words
from server.pages.told import Thing, Told, told
from server.stores import names

EXPORTS = (("gexf", "GEXF"), ("graphml", "GraphML"), ("cyjs", "Cytoscape"), ("geojson", "GeoJSON"), ("csv", "CSV"))
# How sure a claim makes its event, for who does not know the word.
VERDICTS = {
    "denied": "whoever speaks of it says that it did not happen",
    "disputed": "some say that it happened, some deny it",
    "possible": "it is not certain that it happened",
    "planned": "it is said to be going to happen",
    "hypothetical": "it is spoken of as something that could happen",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What is told about the article itself."""

    iri: str
    title: str
    issued: str
    day: str
    outlets: tuple[Thing, ...]
    original: str
    licence: str
    graph: str
    claims: int


def page(iri: str, path: str) -> str | None:
    """The page; one as any other node has where the article's graph is too large to be shown as a text."""
    known = told(iri, names().graphs + path.rpartition("/")[2])
    if known is None:
        return described.page(iri, path)
    events = cards(known, f"{names().base}event/")
    return render_template(
        "article.html",
        head=_head(known, events),
        cards=events,
        copies=copies(known.article),
        story=story(known, events),
        query=known.query,
        path=path,
        verdicts=VERDICTS,
        formats=tuple(media.GRAPH_TYPES),
        exports=EXPORTS,
    )


def _head(known: Told, events: list[Card]) -> Head:
    iri = known.article
    issued = known.one(iri, "dcterms:issued")
    return Head(
        iri=iri,
        title=known.one(iri, "dcterms:title") or names().short(iri),
        issued=issued,
        day=day_in_words(issued),
        outlets=tuple(map(known.thing, known.all(iri, "dcterms:publisher"))),
        original=known.one(iri, "schema:url"),
        licence=known.one(iri, "dcterms:license"),
        graph=known.graph,
        claims=sum(len(saying.claims) for card in events for saying in card.sayings),
    )
