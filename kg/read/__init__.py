"""Sources to articles: text, pages, JSON Lines, tables and feeds, from files, folders and standard input.

It is done in two steps, so that processes can share the second: a source is split into documents, and each of them is
parsed into an article. What can't be read gives its `ReadError` as a value, and the next is read.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from kg import packed
from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import feed, files, html, jsonl, record, table, text, warc
from kg.read import web as web_sources
from kg.read.defaults import Defaults
from kg.read.document import MAX_SIZE, Document, Reading, Web

__all__ = [
    "MAX_SIZE", "PARSERS", "READERS", "Defaults", "Document", "Parser", "Reader", "Source", "Web", "articles",
    "documents", "listed", "parse", "settle", "skipped",
]  # fmt: skip

Source = Path | str
"""A file or folder; or as text '-' for standard input, an http(s) address, or a pattern like 'news/**/*.jsonl.gz'."""

STDIN = "standard input"
EXTRA = {"backports": "backports.zstd", "fastwarc": "fastwarc", "feedparser": "feedparser", "protego": "protego"}
"""The packages of the extra `corpus`, by their modules."""


class Reader(Protocol):
    """Splits a byte stream into its documents; `where` names it in errors. What ends the splitting is raised."""

    def __call__(self, stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document | ReadError]: ...


class Parser(Protocol):
    """The article of one document. Raises ReadError."""

    def __call__(self, document: Document, *, defaults: Defaults, max_size: int) -> Article: ...


READERS: Mapping[str, Reader] = {
    ".txt": text.documents,
    ".text": text.documents,
    ".md": text.documents,
    ".html": html.documents,
    ".htm": html.documents,
    ".xhtml": html.documents,
    ".jsonl": jsonl.documents,
    ".ndjson": jsonl.documents,
    ".csv": table.documents,
    ".tsv": table.documents,
    ".rss": feed.documents,
    ".atom": feed.documents,
    ".xml": feed.documents,
    ".warc": warc.documents,
    ".wet": warc.documents,
}

PARSERS: Mapping[str, Parser] = {
    "text": text.parse,
    "html": html.parse,
    "record": record.parse,
    "entry": feed.parse,
}


def articles(
    source: Source,
    *,
    defaults: Defaults | None = None,
    max_size: int = MAX_SIZE,
    columns: Mapping[str, str] | None = None,
    web: Web | None = None,
) -> Iterator[Article | ReadError]:
    """The articles of `documents`, parsed one after the other."""
    defaults = defaults or Defaults()
    found = documents(source, defaults=defaults, max_size=max_size, columns=columns, web=web)
    return chain.from_iterable(
        [document] if isinstance(document, ReadError) else parse(document, defaults=defaults, max_size=max_size)
        for document in found
    )


def documents(
    source: Source,
    *,
    defaults: Defaults | None = None,
    max_size: int = MAX_SIZE,
    columns: Mapping[str, str] | None = None,
    web: Web | None = None,
) -> Iterator[Document | ReadError]:
    """The documents of a file, of all files of known suffix in a folder (sorted), or of standard input ('-').

    A file of unknown suffix that is named itself is read by what its first bytes look like. `max_size` is the most
    characters an article's text may have.

    Raises UsageError where `defaults` hold an id, title or URL and the source has more than one document.
    """
    defaults, columns = defaults or Defaults(), columns or {}
    table.check(columns)
    found = _documents(source, Reading(max_size=max_size, columns=columns, web=web))
    return _only(found, defaults.single) if defaults.single else found


def parse(
    document: Document, *, defaults: Defaults | None = None, max_size: int = MAX_SIZE
) -> list[Article | ReadError]:
    """What the document holds, or why it can't be read."""
    try:
        return [PARSERS[document.form](document, defaults=defaults or Defaults(), max_size=max_size)]
    except ReadError as error:
        return [error]


def settle(sources: Iterable[Source], *, web: Web | None) -> None:
    """Has what was fetched for these sources not be fetched again until it changes: their articles are stored."""
    if web is None or web.cache is None:
        return
    fetched = [each for each in map(str, sources) if web.follow or web_sources.is_address(each)]
    if fetched:
        from kg.read.fetched import settle

        settle(fetched, web.cache)


def listed(place: Path) -> list[Path]:
    """The files of a folder, sorted, that `documents` reads; of a file itself."""
    return [path for path in files.walk(place) if files.kind(path) in READERS] if place.is_dir() else [place]


def skipped(folder: Path) -> list[Path]:
    """The files of a folder, sorted, that `documents` passes over because their suffix is not known."""
    return [path for path in files.walk(folder) if files.kind(path) not in READERS]


def _documents(source: Source, reading: Reading) -> Iterator[Document | ReadError]:
    if isinstance(source, str) and web_sources.is_address(source):
        yield from _guarded(web_sources.documents(source, reading, _split), source)
    elif source == "-":
        yield from _guarded(_split(sys.stdin.buffer, STDIN, "", reading), STDIN)
    else:
        yield from web_sources.follow(_local(source, reading), str(source), reading)


def _local(source: Source, reading: Reading) -> Iterator[Document | ReadError]:
    """The documents of a file, of a folder's files, or of those that fit a pattern."""
    place, is_pattern = Path(source), isinstance(source, str) and files.is_pattern(source)
    paths = dict.fromkeys(chain.from_iterable(map(listed, files.matches(str(source)) if is_pattern else [place])))
    if not paths and is_pattern:
        yield ReadError("no file fits this pattern", where=str(source), remedy="check it; '**' stands for any folders")
    elif not paths:
        remedy = f"put files there that end in {', '.join(READERS)}"
        yield ReadError("no articles in this folder", where=str(source), remedy=remedy)
    for path in paths:
        yield from _guarded(_opened(path, reading), str(path))


def _opened(path: Path, reading: Reading) -> Iterator[Document | ReadError]:
    with path.open("rb") as stream:
        yield from _split(stream, str(path), files.kind(path), reading)


def _guarded(found: Iterator[Document | ReadError], where: str) -> Iterator[Document | ReadError]:
    """The documents of one stream; whatever stops its reading comes last, as a value."""
    try:
        yield from found
    except ReadError as error:
        yield error
    except packed.Damaged as error:
        remedy = "fetch or pack it again; what comes before is read"
        yield ReadError(f"the file is damaged or breaks off: {error}", where=where, remedy=remedy)
    except ModuleNotFoundError as error:
        package = EXTRA.get((error.name or "").partition(".")[0])
        if package is None:
            raise
        yield ReadError(f"reading it needs {package}", where=where, remedy="pip install 'conflictkg[corpus]'")
    except FileNotFoundError:
        yield ReadError("no such file", where=where, remedy="check the path")
    except OSError as error:
        yield ReadError(f"can't be read: {error.strerror}", where=where)


def _split(stream: BinaryIO, where: str, kind: str, reading: Reading) -> Iterator[Document | ReadError]:
    """The documents of a stream of that kind, or of what it looks like; packed or not."""
    plain = _peekable(stream)
    if READERS.get(kind) is not warc.documents and packed.is_packed(head := plain.peek(files.HEAD)):
        plain = _peekable(packed.unpacked(plain, head))
    if kind not in READERS:
        kind = files.looks(plain.peek(files.HEAD), text_column=reading.columns.get("text", "text"))
    yield from READERS[kind](plain, where, reading)


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


T = TypeVar("T")


def _only(found: Iterator[T], field: str) -> Iterator[T]:
    first = next(found, None)
    second = next(found, None)
    if second is not None:
        raise UsageError(f"--{field} belongs to one article, but there are several; leave it out")
    return chain([first] if first is not None else [], found)
