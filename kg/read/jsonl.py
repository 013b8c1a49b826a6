"""JSON Lines, one article a line: id, url, title, published, outlet, language, licence, text.

The text is kept exactly as it is, so that offsets are the caller's.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read import dates
from kg.read.accept import accept, too_long
from kg.read.defaults import Defaults, Found
from kg.read.header import dateline, headline

FIELDS = ("id", "url", "title", "outlet", "language", "licence")
ESCAPED = 6  # bytes that one character may take in JSON: \uXXXX
ROOM = 65_536  # bytes a line may hold besides its text


def articles(stream: BinaryIO, where: str, *, defaults: Defaults, max_size: int) -> Iterator[Article | ReadError]:
    """The article of each line, or why that line can't be read; blank lines are passed over."""
    limit = ESCAPED * max_size + ROOM
    number = 0
    while raw := stream.readline(limit):
        number += 1
        line_where = f"{where}, line {number}"
        if number == 1:
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise ReadError("JSON Lines in UTF-16", where=where, remedy="save it as UTF-8")
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) >= limit and not raw.endswith(b"\n"):
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield too_long(line_where, max_size)
        elif raw.strip():
            try:
                yield _article(raw, line_where, defaults=defaults, max_size=max_size)
            except ReadError as error:
                yield error
    if number == 0:
        raise ReadError("the file is empty", where=where, remedy="give it some lines or leave it out")


def _article(raw: bytes, where: str, *, defaults: Defaults, max_size: int) -> Article:
    record = _record(raw, where)
    text = _string(record, "text", where)
    if not text.strip():
        problem = "field 'text' is empty" if "text" in record else "field 'text' is missing"
        raise ReadError(problem, where=where, remedy="each line needs the article's text in 'text'")
    fields = {name: _string(record, name, where).strip() for name in FIELDS}
    published = None if defaults.published else _published(record, where)
    found = Found(
        text=text,
        published=published or dateline(text)[0],
        **{**fields, "title": fields["title"] or headline(text)},
    )
    return accept(found, where, defaults=defaults, max_size=max_size)


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
