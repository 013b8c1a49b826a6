"""A plain text file as one article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.model import Article
from kg.read.accept import accept, too_long
from kg.read.decode import decode
from kg.read.defaults import Defaults
from kg.read.document import Document, Reading
from kg.read.header import separate

WIDEST = 4  # bytes of one character


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document]:
    """The whole of `stream`. Raises ReadError where it is too long."""
    raw = stream.read(WIDEST * reading.max_size + 1)
    if len(raw) > WIDEST * reading.max_size:
        raise too_long(where, reading.max_size)
    yield Document(where, "text", raw)


def parse(document: Document, *, defaults: Defaults, max_size: int) -> Article:
    """The article of a text. Raises ReadError."""
    text = decode(document.raw, where=document.where, declared=document.charset)
    if len(text) > max_size:
        raise too_long(document.where, max_size)
    return accept(separate(text), document, defaults=defaults, max_size=max_size)
