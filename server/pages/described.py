"""The page of whatever has none of its own: what the store knows about an IRI, property by property."""

from __future__ import annotations

from flask import render_template

from server import media
from server.pages.describe import describe
from server.pages.said import LIMIT


def page(iri: str, path: str) -> str | None:
    """The page; None where no triple has the IRI as subject or object."""
    known = describe(iri)
    if known is None:
        return None
    return render_template("described.html", known=known, path=path, formats=tuple(media.GRAPH_TYPES), limit=LIMIT)
