"""A web archive (WARC 1.0 and 1.1), one article a record: pages that were served well, and texts made of pages.

The moment of capture stands for the publication where a page does not tell it. Where a record is broken, reading goes
on with the next one that can be found, if the archive is a file that is not packed, or packed by records with gzip.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Protocol

from kg import packed
from kg.errors import ReadError
from kg.read.accept import too_long
from kg.read.defaults import Found
from kg.read.document import Document, Reading
from kg.read.html import MARKUP
from kg.read.resume import following, is_packed_by_records, is_whole

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

ZSTANDARD = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
"""How an archive packed with zstandard begins, without or with a dictionary for its records."""

PAGES = frozenset({"text/html", "application/xhtml+xml"})
FIRST_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}\r\n")
NEXT = re.compile(rb"\n\r?\nWARC/1\.[01]\r?\nWARC-")


class _Broken(Exception):
    """A record is not what it should be."""


class _Overrun(Exception):
    """A record says that it is longer than it is, and so swallows others."""


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document | ReadError]:
    """The pages and texts of the archive, or why a record is none. Raises ReadError where there is none at all."""
    stream = _unpacked(stream)
    begin: int | None = 0
    number, is_empty, is_told = 0, True, False
    while begin is not None:
        last, problem = begin, ""
        try:
            for record in _records(stream, begin):
                number, last = number + 1, max(last, record.stream_pos)
                document = _document(record, f"{where}, record {number}", reading.max_size)
                is_told = isinstance(document, ReadError)
                if document is not None:
                    is_empty = False
                    yield document
            begin = None
            problem = "" if is_whole(stream, last) else "it breaks off"
        except (OSError, _Overrun) as error:
            begin, problem = following(stream, last), str(error)
        if problem and not is_told:
            remedy = "fetch it again; what can be read of the rest is" if begin else "fetch it again; the rest is lost"
            yield ReadError(f"damaged after record {number}: {problem}", where=where, remedy=remedy)
            is_empty, is_told = False, True
    if is_empty:
        raise ReadError("no page and no text in this archive", where=where, remedy="give one of web pages")


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """What the stream packs; itself where it is packed by records, which fastwarc unpacks."""
    head = stream.peek(4) if isinstance(stream, io.BufferedReader) else b""
    if head.startswith(ZSTANDARD) or (stream.seekable() and is_packed_by_records(stream)):
        return stream
    return packed.unpacked(stream, head)


class _Forward:
    """A stream that can't go back: fastwarc asks for the place where it begins."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read

    def tell(self) -> int:
        return 0


def _records(stream: BinaryIO, begin: int) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    if stream.seekable():
        stream.seek(begin)
        return iter(ArchiveIterator(stream, parse_http=False))
    return iter(ArchiveIterator(_Forward(stream), parse_http=False))  # type: ignore[arg-type]


def _document(record: WarcRecord, where: str, max_size: int) -> Document | ReadError | None:
    """The record's page or text; None where it is neither."""
    from fastwarc.warc import WarcRecordType

    try:
        if record.record_type == WarcRecordType.conversion:
            kind = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
            form = "text" if kind == "text/plain" else "html" if kind in PAGES else ""
        elif record.record_type == WarcRecordType.response and record.is_http:
            record.parse_http()
            if record.http_headers.status_code is None:
                raise _Broken("its answer has no status")
            form = "html" if _is_page(record) else ""
        else:
            form = ""
        if not form:
            return None
        raw = _payload(record, MARKUP * max_size + 1)
    except (OSError, ValueError, _Broken) as error:
        return ReadError(f"a broken record: {error}", where=where, remedy="fetch the archive again, or leave it out")
    if len(raw) > MARKUP * max_size:
        return too_long(where, max_size)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    charset = (record.is_http and record.http_charset) or ""
    return Document(where, form, raw, Found(id=url, url=url), seen=record.record_date, charset=charset)


def _is_page(record: WarcRecord) -> bool:
    kind = record.http_content_type or record.headers.get("WARC-Identified-Payload-Type") or ""
    return record.http_headers.status_code == 200 and kind.lower() in PAGES


class _Decoder(Protocol):
    def read(self, size: int) -> bytes: ...


def _decoders() -> Mapping[str, Callable[[BinaryIO], _Decoder]]:
    """What undoes each Content-Encoding (RFC 9110, 8.4.1)."""
    from fastwarc.stream_io import BrotliReader, GzipReader

    return {
        "gzip": GzipReader,
        "x-gzip": GzipReader,
        "deflate": lambda stream: GzipReader(stream, zlib=True),
        "br": BrotliReader,
    }


def _payload(record: WarcRecord, most: int) -> bytes:
    """The record's page or text as it was sent, its codings undone where they are still on; at most so many bytes."""
    from fastwarc.stream_io import ChunkedReader

    size = min(record.content_length, most)
    raw = record.reader.read(size)
    if NEXT.search(raw):
        raise _Overrun("a record runs into the next")
    if len(raw) < size:
        raise _Broken(f"it has {len(raw):,} of {record.content_length:,} bytes")
    if not record.is_http or size == most:
        return raw
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and FIRST_CHUNK.match(raw):
        raw = ChunkedReader(io.BytesIO(raw)).read(most)
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    decoder = _decoders().get(coding)
    # Some archives hold pages unpacked, but with the headers that they were packed with.
    return decoder(io.BytesIO(raw)).read(most) if decoder and not raw.lstrip().startswith(b"<") else raw
