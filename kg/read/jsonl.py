"""JSON Lines, one article a line: see `record`."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import ReadError
from kg.read.accept import too_long
from kg.read.document import Document, Reading

ESCAPED = 6  # bytes that one character may take in JSON: \uXXXX
ROOM = 65_536  # bytes a line may hold besides its text


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document | ReadError]:
    """Each line, or why it can't be read; blank lines are passed over."""
    limit = ESCAPED * reading.max_size + ROOM
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
            yield too_long(line_where, reading.max_size)
        elif raw.strip():
            yield Document(line_where, "record", raw)
    if number == 0:
        raise ReadError("the file is empty", where=where, remedy="give it some lines or leave it out")
