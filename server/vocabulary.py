"""`/ns`: the ontology, as Turtle for machines and as a page for people."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

import ontology
import ontology.page

blueprint = Blueprint("vocabulary", __name__)
HTML, TURTLE = "text/html", "text/turtle"


@blueprint.get("/ns")
def ns() -> Response:
    """The ontology in the form asked for; 406 where that is neither HTML nor Turtle."""
    media = request.accept_mimetypes.best_match([TURTLE, HTML]) if request.accept_mimetypes else TURTLE
    if media is None:
        abort(406, description=f"the ontology is served as {TURTLE} or {HTML}")
    return _page() if media == HTML else turtle()


@blueprint.get("/ns.ttl")
def turtle() -> Response:
    """The ontology as Turtle, whatever is asked for."""
    return Response(ontology.turtle(), content_type=TURTLE + "; charset=utf-8", headers={"Vary": "Accept"})


def _page() -> Response:
    return Response(ontology.page.html(), content_type=HTML + "; charset=utf-8", headers={"Vary": "Accept"})
