"""Where in a damaged web archive the next record begins, and whether its end is there."""

from __future__ import annotations

import math
import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20
GZIP = b"\x1f\x8b\x08"
PLAIN = b"\nWARC/1."
LONGEST = 16 * CHUNK
"""Unpacked bytes within which the first record of an archive packed by records ends."""

START = 4096
"""Packed bytes by which it is seen whether a record begins there."""


def following(stream: BinaryIO, last: int) -> int | None:
    """The place of the first record that begins behind `last`; None where none is found, or none can be.

    It can't be found in what is no file, nor in an archive packed otherwise than with gzip.
    """
    if not stream.seekable():
        return None
    if _begins(stream, 0, 2) == GZIP[:2]:
        return next((place for place in _places(stream, GZIP, last + 1) if _is_record(stream, place)), None)
    return next((place + 1 for place in _places(stream, PLAIN, last)), None)


def is_whole(stream: BinaryIO, last: int) -> bool:
    """Whether the record at `last` is all there and nothing that is cut off stands behind it, as far as can be seen."""
    if not stream.seekable():
        return True
    head = _begins(stream, 0, 5)
    if head.startswith(GZIP):
        stream.seek(last)
        return all(_members(stream))
    if head != b"WARC/":
        return True
    stream.seek(-4, os.SEEK_END)
    return stream.read().replace(b"\r", b"").endswith(b"\n\n")


def is_packed_by_records(stream: BinaryIO) -> bool:
    """Whether the file is packed with gzip, its first record by itself."""
    if _begins(stream, 0, 3) != GZIP:
        stream.seek(0)
        return False
    stream.seek(0)
    is_short = next(_members(stream, LONGEST), False)
    stream.seek(0)
    return is_short


def _members(stream: BinaryIO, most: float = math.inf) -> Iterator[bool]:
    """For each member of a gzip file from here on, whether its end is there, `most` unpacked bytes away or nearer."""
    rest = b""
    while rest := rest or stream.read(CHUNK):
        unpacking, size = zlib.decompressobj(wbits=31), 0
        while rest and not unpacking.eof and size < most:
            try:
                size += len(unpacking.decompress(rest, CHUNK))
            except zlib.error:
                break
            rest = unpacking.unconsumed_tail or (b"" if unpacking.eof else stream.read(CHUNK))
        yield unpacking.eof
        if not unpacking.eof:
            return
        rest = unpacking.unused_data.lstrip(b"\0")  # a file may be padded


def _begins(stream: BinaryIO, place: int, size: int) -> bytes:
    stream.seek(place)
    return stream.read(size)


def _is_record(stream: BinaryIO, place: int) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(_begins(stream, place, START), 5) == b"WARC/"
    except zlib.error:
        return False


def _places(stream: BinaryIO, mark: bytes, start: int) -> Iterator[int]:
    """Each place from `start` on where the mark stands."""
    while True:
        window = _begins(stream, start, CHUNK)
        at = window.find(mark)
        while at >= 0:
            yield start + at
            at = window.find(mark, at + 1)
        if len(window) < CHUNK:
            return
        start += CHUNK - len(mark) + 1
