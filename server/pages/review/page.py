"""`/review`: two events side by side that may be of one happening, for people to say; and what they have said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from kg.errors import UsageError
from kg.export import in_words
from server.auth import check_writer
from server.pages.naming import things
from server.pages.reported import reports
from server.pages.review.queue import EVEN, JUDGED, doubt, doubt_query, judged, one_query, waiting
from server.pages.review.reasons import reasons
from server.pages.review.sides import sides
from server.pool.client import keeper
from server.pool.settings import Settings
from server.protocol import Refused
from server.writing import PATIENCE

blueprint = Blueprint("review", __name__)
VERBS = {"same": ("The same happening", "y"), "different": ("Different", "n"), "unsure": ("Can’t be said", "u")}
"""What may be said of two events: in words, and by which key."""
FURTHEST = 1_000_000  # doubts that may be skipped
FIELDS = ("one", "other", "verb", "why", "who", "undo")


@blueprint.get("/review")
def review() -> str:
    """The page: the doubt at a place of the queue, or the one that is named, and the latest decisions."""
    near, at = request.args.get("near", EVEN, type=float), min(max(0, request.args.get("at", 0, type=int)), FURTHEST)
    near = near if 0 <= near <= 1 else EVEN
    pair = request.args.get("pair", "")
    query = one_query(pair) if pair else doubt_query(near, at)
    number, found = waiting(), doubt(query)
    if found is None and at and not pair:  # past the end of the queue, which begins again
        at, query = 0, doubt_query(near, 0)
        found = doubt(query)
    shown = sides(found.one, found.other) if found else None
    settings: Settings = current_app.extensions["kg.settings"]
    return render_template(
        "review.html",
        doubt=found,
        pair=pair,
        sides=shown,
        reasons=reasons(found.one, found.other) if found else [],
        known=things({iri for side in shown or () for iri in side.things}),
        sources=reports({side.article for side in shown or () if side.article}),
        number=number,
        at=at,
        near=near,
        here=_address(near, at, pair),
        after=_address(near, 0 if pair else at + 1, ""),
        types={side.event.type: in_words(side.event.type or "event") for side in shown or ()},
        verbs=VERBS,
        judged=judged(),
        writable=settings.writable and not settings.remote,
        remote=settings.remote,
        query=query,
        decisions=JUDGED,
    )


@blueprint.post("/review")
def judge() -> Response:
    """Puts a decision into the store, or takes back the one that `undo` names: fields of a form or of JSON.

    The token stands in a header, which no page of another site can send with a form.
    """
    check_writer(request)
    given = _given()
    if not given.get("who", "").strip():
        raise Refused(400, "send a field 'who': whose decision it is")
    if not given.get("undo") and not all(given.get(name) for name in ("one", "other", "verb")):
        raise Refused(400, f"send the IRIs of two events as 'one' and 'other', and as 'verb' one of {', '.join(VERBS)}")
    settings: Settings = current_app.extensions["kg.settings"]
    terms = {"do": "judge", **given}
    told = keeper(Path(settings.rundir), terms, seconds=settings.timeout * PATIENCE + 10)
    response = jsonify(judgement=told["judgement"], version=told["version"])
    response.headers["Store-Version"] = str(told["version"])
    response.headers["Cache-Control"] = "no-store"
    return response


def _given() -> dict[str, str]:
    """The fields of the request. Raises UsageError where they are no texts."""
    sent: Any = request.get_json(silent=True) if request.is_json else request.form
    if not isinstance(sent, Mapping) or not all(_is_text(sent.get(name, "")) for name in FIELDS):
        raise UsageError(f"send a form, or JSON, with texts for {', '.join(FIELDS)}")
    return {name: sent[name] for name in FIELDS if sent.get(name)}


def _is_text(value: object) -> bool:
    """Whether it is a text that can be written down; JSON can name halves of characters."""
    return isinstance(value, str) and value == value.encode("utf8", "replace").decode("utf8")


def _address(near: float, at: int, pair: str) -> str:
    """The page for the same pair, or for another place of the queue."""
    pairs = {"pair": pair} if pair else {"at": str(at)} if at else {}
    if near != EVEN:
        pairs["near"] = f"{near:g}"
    return "/review" + (f"?{urlencode(pairs)}" if pairs else "")
