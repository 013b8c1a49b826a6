"""Sources to articles: text, HTML and JSON Lines, from files, folders and standard input.

A source that can't be read gives its `ReadError` as a value, and the next is read.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import html, jsonl, text
from kg.read.defaults import Defaults

__all__ = ["MAX_SIZE", "READERS", "Defaults", "Reader", "articles", "skipped"]

MAX_SIZE = 1_000_000  # characters of one article's text

PAGE = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<body", b"<!--", b"<div", b"<article", b"<p>")


class Reader(Protocol):
    """Reads the articles of a byte stream; `where` names it in errors, `max_size` counts characters of an article."""

    def __call__(
        self, stream: BinaryIO, where: str, *, defaults: Defaults, max_size: int
    ) -> Iterator[Article | ReadError]: ...


READERS: Mapping[str, Reader] = {
    ".txt": text.articles,
    ".text": text.articles,
    ".md": text.articles,
    ".html": html.articles,
    ".htm": html.articles,
    ".xhtml": html.articles,
    ".jsonl": jsonl.articles,
    ".ndjson": jsonl.articles,
}


def articles(
    source: Path | Literal["-"], *, defaults: Defaults | None = None, max_size: int = MAX_SIZE
) -> Iterator[Article | ReadError]:
    """The articles of a file, of all files of known suffix in a folder (sorted), or of standard input ('-').

    A file of unknown suffix that is named itself is read by what its first bytes look like. `max_size` is the most
    characters an article's text may have.

    Raises UsageError where `defaults` hold an id, title or URL and the source has more than one article.
    """
    defaults = defaults or Defaults()
    found = _articles(source, defaults, max_size)
    return _only(found, defaults.single) if defaults.single else found


def skipped(folder: Path) -> list[Path]:
    """The files of a folder, sorted, that `articles` passes over because their suffix is not known."""
    return [path for path in _walk(folder) if path.suffix.lower() not in READERS]


def _articles(source: Path | Literal["-"], defaults: Defaults, max_size: int) -> Iterator[Article | ReadError]:
    if source == "-":
        yield from _guarded(lambda: nullcontext(sys.stdin.buffer), "standard input", None, defaults, max_size)
    elif source.is_dir():
        paths = [path for path in _walk(source) if path.suffix.lower() in READERS]
        if not paths:
            remedy = f"put files there that end in {', '.join(READERS)}"
            yield ReadError("no articles in this folder", where=str(source), remedy=remedy)
        for path in paths:
            yield from _guarded(_opener(path), str(path), READERS[path.suffix.lower()], defaults, max_size)
    else:
        reader = READERS.get(source.suffix.lower())
        yield from _guarded(_opener(source), str(source), reader, defaults, max_size)


def _opener(path: Path) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: path.open("rb")


def _guarded(
    opened: Callable[[], AbstractContextManager[BinaryIO]],
    where: str,
    reader: Reader | None,
    defaults: Defaults,
    max_size: int,
) -> Iterator[Article | ReadError]:
    """The articles of one stream; whatever stops its reading comes last, as a value."""
    try:
        with opened() as stream:
            if reader is None:
                stream = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
                reader = sniff(stream.peek(2048))
            yield from reader(stream, where, defaults=defaults, max_size=max_size)
    except ReadError as error:
        yield error
    except FileNotFoundError:
        yield ReadError("no such file", where=where, remedy="check the path")
    except OSError as error:
        yield ReadError(f"can't be read: {error.strerror}", where=where)


def sniff(head: bytes) -> Reader:
    """The reader for a stream that begins with `head`."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"{"):
        return READERS[".jsonl"]
    if start.startswith(PAGE):
        return READERS[".html"]
    return READERS[".txt"]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _only(found: Iterator[Article | ReadError], field: str) -> Iterator[Article | ReadError]:
    first = next(found, None)
    second = next(found, None)
    if second is not None:
        raise UsageError(f"--{field} belongs to one article, but there are several; leave it out")
    return chain([first] if first is not None else [], found)
