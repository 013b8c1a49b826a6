"""`/incidents`: what happened, each happening once, by place, type, day, conflict and number of articles."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from server.pages.incidents.choosing import asked, conflicts
from server.pages.incidents.listing import SHOWN, listing
from server.pages.map.page import kinds
from server.pages.naming import things

blueprint = Blueprint("incidents", __name__)


@blueprint.get("/incidents")
def incidents() -> Response:
    """The list. What is wrong with what is asked is said on it."""
    chosen = asked(request.args)
    found = None if chosen.problem else listing(chosen.wanted, sort=chosen.sort, page=_number(request.args))
    page = render_template(
        "incidents.html",
        chosen=chosen,
        found=found,
        known=things(found.things) if found else {},
        kinds=kinds(),
        conflicts=conflicts(),
        shown=SHOWN,
    )
    return Response(page, status=400 if chosen.problem else 200, mimetype="text/html")


def _number(args: dict[str, str]) -> int:
    text = args.get("page", "1")
    return int(text[:9]) if text.isdecimal() else 1
