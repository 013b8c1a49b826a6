"""`/search`: what has the words that are looked for, by kind; `/search.json`: the first of them, while one types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, jsonify, render_template, request

from kg.store import textquery
from server.pages.search.finding import FINDERS, NOTHING, Found
from server.pages.search.hits import SHOWN_BY, Hit
from server.pages.search.matching import is_indexed
from server.stores import names

blueprint = Blueprint("search", __name__)
SHORTEST = 2
SHOWN = 50
FURTHEST = 20  # pages; whoever is there types another word
SUGGESTED = 10
# By kind: the heading, and how many are shown beside those of other kinds.
KINDS = {
    "entity": ("People and places", 8),
    "incident": ("Incidents in several articles", 4),
    "event": ("Events", 6),
    "article": ("Articles", 6),
    "sentence": ("Sentences", 6),
}
# How many of each are suggested, the others filling up; events only for several words, since one has very many.
OTHERS = {"event": 3, "article": 3}


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one kind, and the query that found them."""

    kind: str
    heading: str
    hits: tuple[Hit, ...]
    found: Found


@blueprint.get("/search")
def search() -> str:
    """The page with what was found; the last word may be only begun."""
    words = request.args.get("q", "").strip()
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    number = min(max(1, request.args.get("page", 1, type=int)), FURTHEST)
    if len(words) < SHORTEST:
        sections = []
    elif kind:
        sections = [_section(kind, words, SHOWN, (number - 1) * SHOWN)]
    else:
        sections = [_section(name, words, few) for name, (_, few) in KINDS.items()]
    return render_template(
        "search.html",
        words=words,
        kind=kind,
        kinds={name: heading for name, (heading, _) in KINDS.items()},
        sections=[section for section in sections if section.hits],
        number=number,
        furthest=FURTHEST,
        shortest=SHORTEST,
        indexed=is_indexed(),
    )


@blueprint.get("/search.json")
def suggestions() -> Response:
    """Entities, events and articles for what was typed so far; none where each would be looked for in every text."""
    words = request.args.get("q", "").strip()
    hits = _suggested(words) if words and is_indexed() else []
    return jsonify(
        query=words,
        suggestions=[
            {
                "label": hit.thing.label,
                "class": hit.thing.kind,
                "href": names().href(hit.thing.iri),
                "note": ", ".join(hit.notes),
            }
            for hit in hits
        ],
    )


def _suggested(words: str) -> list[Hit]:
    begun = _begun(words)
    asked = {name: most for name, most in OTHERS.items() if len(words) > 1 and (name != "event" or " " in words)}
    others = [hit for name, most in asked.items() for hit in _hits(name, FINDERS[name](begun, most, 0), begun)]
    room = SUGGESTED - len(others)
    return [*_hits("entity", FINDERS["entity"](begun, room, 0), begun), *others]


def _section(kind: str, words: str, most: int, offset: int = 0) -> Section:
    begun = _begun(words)
    found = FINDERS[kind](begun, most, offset)
    if not found.iris and not offset and (looser := _begun(words, every=True)) != begun:
        begun, found = looser, FINDERS[kind](looser, most, offset)  # 'drone strike' is in 'drones strike' as well
    return Section(kind, KINDS[kind][0], tuple(_hits(kind, found, begun)), found)


def _hits(kind: str, found: Found, words: str) -> list[Hit]:
    return SHOWN_BY[kind](found.iris, words) if found is not NOTHING else []


def _begun(words: str, *, every: bool = False) -> str:
    """The words, the last of them only begun, unless a mark says where it ends; or every one that is no phrase."""
    parts = textquery.parts(words, prefix=not words.endswith('"'))
    if every:
        parts = tuple(part if " " in part.words else replace(part, begun=True) for part in parts)
    return " ".join(map(str, parts))
