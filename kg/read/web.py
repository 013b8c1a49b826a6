"""Sources on the web: a feed, a page, or a file of any form; of a feed's entries, where that is wanted, their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ReadError
from kg.read import feed, html
from kg.read.defaults import Found
from kg.read.document import Document, Reading

if TYPE_CHECKING:
    from kg.read.fetch import Answer, Fetcher

Split = Callable[[BinaryIO, str, str, Reading], Iterator[Document | ReadError]]
"""The documents of a stream that is called so and is of that kind."""


def is_address(source: str) -> bool:
    """Whether the source is one on the web."""
    return source.lower().startswith(("http://", "https://"))


def documents(source: str, reading: Reading, split: Split) -> Iterator[Document | ReadError]:
    """The documents at an address; none where it is as it was when it was settled. Raises ReadError."""
    if reading.web is None:
        raise ReadError("addresses are not fetched here", where=source, remedy="give a file")
    from kg.read.fetch import Fetcher

    with closing(Fetcher(reading.web, source)) as fetcher:
        whole = True
        with fetcher.opened(source) as answer:
            if answer is None:
                return
            for document in split(answer.stream, source, answer.kind, reading):
                for each in _followed(document, fetcher, reading) if reading.web.follow else [document]:
                    whole = whole and isinstance(each, Document)
                    yield each if isinstance(each, ReadError) else _placed(each, answer)
        if not whole:
            fetcher.fetched.forget(answer.url)
        fetcher.fetched.keep()


def follow(found: Iterable[Document | ReadError], source: str, reading: Reading) -> Iterator[Document | ReadError]:
    """The documents of a source that is no address, with the pages of its entries, if it is a feed."""
    if reading.web is None or not reading.web.follow:
        yield from found
        return
    from kg.read.fetch import Fetcher

    with closing(Fetcher(reading.web, source)) as fetcher:
        for document in found:
            yield from _followed(document, fetcher, reading)
        fetcher.fetched.keep()


def _placed(document: Document, answer: Answer) -> Document:
    """The document with its address, where it is all that stands there."""
    if document.form not in ("html", "text") or document.known.url:
        return document
    known = Found(id=answer.url, url=answer.url)
    return replace(document, known=known, charset=answer.charset)


def _followed(document: Document | ReadError, fetcher: Fetcher, reading: Reading) -> Iterator[Document | ReadError]:
    """An entry's page in its place, or where that can't be had, why, and the entry; any other document as it is."""
    if isinstance(document, ReadError) or document.form != feed.ENTRY or not document.known.url:
        yield document
        return
    try:
        with fetcher.opened(document.known.url) as answer:
            if answer is not None:
                for page in html.documents(answer.stream, document.known.url, reading):
                    yield replace(page, known=document.known, charset=answer.charset)
    except ReadError as error:
        yield error
        if document.raw.strip():
            yield document
