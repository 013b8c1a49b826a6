"""A plain text file as one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read.accept import accept, too_long
from kg.read.decode import decode
from kg.read.defaults import Defaults
from kg.read.header import separate

WIDEST = 4  # bytes of one character


def articles(stream: BinaryIO, where: str, *, defaults: Defaults, max_size: int) -> Iterator[Article | ReadError]:
    """The one article of `stream`, or why it can't be read."""
    raw = stream.read(WIDEST * max_size + 1)
    if len(raw) > WIDEST * max_size:
        raise too_long(where, max_size)
    text = decode(raw, where=where)
    if len(text) > max_size:
        raise too_long(where, max_size)
    yield accept(separate(text), where, defaults=defaults, max_size=max_size)
