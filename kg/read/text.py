"""A plain text file as one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read.decode import decode
from kg.read.defaults import Defaults, article
from kg.read.header import separate
from kg.read.language import agree


def articles(stream: BinaryIO, where: str, *, defaults: Defaults, max_size: int) -> Iterator[Article | ReadError]:
    """The one article of `stream`, or why it can't be read."""
    raw = stream.read(4 * max_size + 4)
    text = decode(raw, where=where) if len(raw) <= 4 * max_size else ""
    if not text or len(text) > max_size:
        raise too_long(where, max_size)
    found = separate(text)
    if not any(map(str.isalpha, found.text)):
        raise ReadError("no text of an article in it", where=where, remedy="give the article's text")
    language = agree(found.text, declared=found.language, forced=defaults.language, where=where)
    yield article(found, defaults, language=language)


def too_long(where: str, max_size: int) -> ReadError:
    """The refusal of a text longer than `max_size` characters."""
    problem = f"longer than {max_size:,} characters"
    return ReadError(problem, where=where, remedy="split it into its articles, or raise the limit with --max-size")
