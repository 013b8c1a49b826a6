"""An RSS or Atom feed, one article an entry: its full content, else its summary, with title, link and date."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any, BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read import dates, html
from kg.read.accept import accept, too_long
from kg.read.decode import decode
from kg.read.defaults import Defaults, Found
from kg.read.document import Document, Reading
from kg.read.files import HEAD, looks
from kg.read.header import separate

ENTRY = "entry"
"""The form of an entry's document: a piece of HTML, all of which is the article's."""

LEFT_OUT = ("script", "style", "figcaption", "iframe", "video", "audio", "form", "button")
ENDS = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document | ReadError]:
    """The entries of a feed, or the page that an XML file is. Raises ReadError for other XML and what is too long."""
    raw = stream.read(html.MARKUP * reading.max_size + 1)
    if len(raw) > html.MARKUP * reading.max_size:
        raise too_long(where, reading.max_size)
    if looks(raw[:HEAD]) == ".html" and b"<html" in raw[:HEAD].lower():
        yield Document(where, "html", raw)
        return
    yield from _entries(raw, where)


def _entries(raw: bytes, where: str) -> Iterator[Document | ReadError]:
    import feedparser

    feed = feedparser.parse(io.BytesIO(raw))
    if not feed.get("version") and not feed.entries:
        remedy = "give an RSS or Atom feed, or the article's page"
        raise ReadError("neither a feed nor a page", where=where, remedy=remedy)
    for number, entry in enumerate(feed.entries, 1):
        known = _known(entry, feed.feed)
        yield Document(f"{where}, entry {number}", ENTRY, _content(entry).encode("utf-8", "replace"), known)
    if not ENDS.search(raw[-HEAD:]):
        raise ReadError("the feed breaks off", where=where, remedy="fetch it again; the entries before are read")


def _known(entry: Any, feed: Any) -> Found:
    link = entry.get("link", "")
    link = link if link.startswith(("http://", "https://")) else ""
    name = entry.get("id", "")
    # An id that is no IRI means something in its feed only.
    name = name if ":" in name or not name else link or f"{feed.get('link', '')}#{name}"
    stamp = entry.get("published") or dict.get(entry, "updated", "")  # its own `get` warns where there is none
    return Found(
        id=name or link,
        title=_plain(entry.get("title", "")),
        published=_moment(stamp),
        outlet=_plain(entry.get("source", {}).get("title", "") or feed.get("title", "")),
        url=link,
        language=feed.get("language", ""),
    )


def _moment(stamp: str) -> date | None:
    try:
        return dates.parse(stamp) or parsedate_to_datetime(stamp)  # which knows years of two figures (RFC 822)
    except ValueError:
        return None


def _content(entry: Any) -> str:
    """The entry's longest content, as HTML."""
    contents = [*entry.get("content", ()), *([entry["summary_detail"]] if "summary_detail" in entry else ())]
    pieces = [escape(each.value) if each.type == "text/plain" else each.value for each in contents]
    return max(pieces, key=len, default="")


def _plain(markup: str) -> str:
    return " ".join(_lines(markup).split())


def parse(document: Document, *, defaults: Defaults, max_size: int) -> Article:
    """The article of an entry. Raises ReadError."""
    if not document.raw.strip():
        remedy = "--follow reads the page that it links to"
        raise ReadError("an entry without text", where=document.where, remedy=remedy)
    text = _lines(decode(document.raw, where=document.where))
    return accept(separate(text), document, defaults=defaults, max_size=max_size)


def _lines(markup: str) -> str:
    """The text of a piece of HTML, its paragraphs parted by a blank line."""
    from lxml.html import HTMLParser, fragment_fromstring
    from lxml.html.defs import block_tags

    tree = fragment_fromstring(markup.encode(), create_parent="div", parser=HTMLParser(encoding="utf-8"))
    for element in tree.xpath(f"//*[{' or '.join(f'self::{name}' for name in LEFT_OUT)}]"):
        element.drop_tree()
    for element in tree.iter(*block_tags, "br", "li", "tr"):
        element.text, element.tail = f"\n\n{element.text or ''}", f"\n\n{element.tail or ''}"
    return str(tree.text_content())
