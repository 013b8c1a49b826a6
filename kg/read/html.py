"""An HTML page as one article: its main text and metadata, by trafilatura; broken markup is tolerated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read.accept import accept, too_long
from kg.read.decode import decode
from kg.read.defaults import Defaults, Found
from kg.read.document import Document, Reading
from kg.read.header import separate

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARKUP = 20  # bytes of page for one character of article
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
FARTHEST = datetime(2100, 1, 1)  # else htmldate measures dates against today's, and the result changes with the day


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document]:
    """The whole page. Raises ReadError where it is too long."""
    raw = stream.read(MARKUP * reading.max_size + 1)
    if len(raw) > MARKUP * reading.max_size:
        raise too_long(where, reading.max_size)
    yield Document(where, "html", raw)


def parse(document: Document, *, defaults: Defaults, max_size: int) -> Article:
    """The article of a page. Raises ReadError."""
    charset = CHARSET.search(document.raw[:4096])
    declared = document.charset or (charset[1].decode() if charset else "")
    page = decode(document.raw, where=document.where, declared=declared)
    return accept(_main(page, document.where), document, defaults=defaults, max_size=max_size)


def _main(page: str, where: str) -> Found:
    from trafilatura import bare_extraction, baseline, extract_metadata
    from trafilatura.settings import Document

    main = bare_extraction(_tree(page, where), include_comments=False, include_tables=False)
    body = (main.text or "") if isinstance(main, Document) else ""
    framed = separate((body.strip() or baseline(_tree(page, where))[1]).replace("\n", "\n\n"))
    about = extract_metadata(_tree(page, where), extensive=False)
    return Found(
        text=framed.text,
        title=about.title or framed.title,
        published=_published(_tree(page, where)) or framed.published,
        outlet=about.sitename or framed.outlet,
        url=about.url or "",
        language=about.language or _tree(page, where).get("lang") or "",
        licence=about.license or "",
    )


def _tree(page: str, where: str) -> HtmlElement:
    """A fresh tree with `html` at its root, whatever the markup: trafilatura changes trees and fails on other roots."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:
        remedy = "save the article's own text as a .txt file"
        raise ReadError("no text of an article in this page", where=where, remedy=remedy) from None


def _published(tree: HtmlElement) -> date | None:
    """The time the page's metadata names; never one that merely stands somewhere in its text."""
    from htmldate import find_date

    form = "%Y-%m-%dT%H:%M:%S%z"
    stamp = find_date(tree, extensive_search=False, original_date=True, outputformat=form, max_date=FARTHEST)
    if not stamp:
        return None
    found = datetime.fromisoformat(stamp)
    return found if found.tzinfo or found.time() != datetime.min.time() else found.date()
