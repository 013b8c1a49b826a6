"""A record of our fields as one article: a JSON object with id, url, title, published, outlet, language, licence, text.

The text is kept exactly as it is, so that offsets are the caller's.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from kg.errors import ReadError
from kg.model import Article
from kg.read import dates
from kg.read.accept import accept
from kg.read.defaults import Defaults, Found
from kg.read.document import Document
from kg.read.header import dateline, headline

FIELDS = ("id", "url", "title", "outlet", "language", "licence")


def parse(document: Document, *, defaults: Defaults, max_size: int) -> Article:
    """The article of one record. Raises ReadError."""
    where = document.where
    record = _record(document.raw, where)
    text = _string(record, "text", where)
    if not text.strip():
        problem = "field 'text' is empty" if "text" in record else "field 'text' is missing"
        raise ReadError(problem, where=where, remedy="each article needs its text in 'text'")
    fields = {name: _string(record, name, where).strip() for name in FIELDS}
    published = None if defaults.published else _published(record, where)
    found = Found(
        text=text,
        published=published or dateline(text)[0],
        **{**fields, "title": fields["title"] or headline(text)},
    )
    return accept(found, document, defaults=defaults, max_size=max_size)


def _record(raw: bytes, where: str) -> dict[str, Any]:
    remedy = "each line holds one JSON object, e.g. made with: jq -c"
    try:
        record = json.loads(raw.decode("utf-8").rstrip())
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 at byte {error.start + 1}"
        raise ReadError(problem, where=where, remedy="save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ReadError(f"not JSON at column {error.colno}: {error.msg}", where=where, remedy=remedy) from None
    except (RecursionError, ValueError) as error:
        raise ReadError(f"not readable JSON: {error}", where=where, remedy=remedy) from None
    if not isinstance(record, dict):
        raise ReadError("not a JSON object", where=where, remedy=remedy)
    return record


def _string(record: dict[str, Any], name: str, where: str) -> str:
    """The field's string; '' where it is missing or null. A number may stand as an id."""
    value = record.get(name)
    if value is None:
        return ""
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ReadError(f"field {name!r} is not a string", where=where, remedy=f"write {name!r} in quotes")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        problem = f"field {name!r} holds half a character (a lone surrogate)"
        raise ReadError(problem, where=where, remedy="write the whole character, or leave it out")
    return value


def _published(record: dict[str, Any], where: str) -> date | None:
    value = _string(record, "published", where).strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        found = dates.parse(value)
        if found is None:
            problem = f"field 'published' is no date: {value[:40]!r}"
            raise ReadError(problem, where=where, remedy="write it like 2025-06-02, or leave it empty") from None
        return found
