"""An HTML page as one article: its main text and metadata, by trafilatura; broken markup is tolerated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from kg.errors import ReadError
from kg.model import Article
from kg.read.decode import decode
from kg.read.defaults import Defaults, Found, article
from kg.read.header import separate
from kg.read.language import agree
from kg.read.text import too_long

MARKUP = 20  # bytes of page for one character of article
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
FARTHEST = datetime(2100, 1, 1)  # else htmldate measures dates against today's, and the result changes with the day


def articles(stream: BinaryIO, where: str, *, defaults: Defaults, max_size: int) -> Iterator[Article | ReadError]:
    """The one article of a page, or why it can't be read."""
    raw = stream.read(MARKUP * max_size + 1)
    if len(raw) > MARKUP * max_size:
        raise too_long(where, max_size)
    charset = CHARSET.search(raw[:4096])
    found = _main(decode(raw, where=where, declared=charset[1].decode() if charset else ""), where)
    if len(found.text) > max_size:
        raise too_long(where, max_size)
    language = agree(found.text, declared=found.language, forced=defaults.language, where=where)
    yield article(found, defaults, language=language)


def _main(page: str, where: str) -> Found:
    from trafilatura import bare_extraction as main_text
    from trafilatura import baseline, extract_metadata
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    if "<html" not in page.lower():  # a mere fragment, which trafilatura would refuse
        page = f"<html><body>{page}</body></html>"
    tree = load_html(page)
    found = None if tree is None else main_text(tree, include_comments=False, include_tables=False)
    body = (found.text or "") if isinstance(found, Document) else ""
    if tree is not None and not body.strip():
        body = baseline(page)[1]
    if tree is None or not any(map(str.isalpha, body)):
        remedy = "save the article's own text as a .txt file"
        raise ReadError("no text of an article in this page", where=where, remedy=remedy)
    framed = separate(body.replace("\n", "\n\n"))
    about = extract_metadata(page, extensive=False)
    return Found(
        text=framed.text,
        title=about.title or framed.title,
        published=_published(page) or framed.published,
        outlet=about.sitename or framed.outlet,
        url=about.url or "",
        language=about.language or tree.get("lang") or "",
        licence=about.license or "",
    )


def _published(page: str) -> date | None:
    """The time the page's metadata names; never one that merely stands somewhere in its text."""
    from htmldate import find_date

    form = "%Y-%m-%dT%H:%M:%S%z"
    stamp = find_date(page, extensive_search=False, original_date=True, outputformat=form, max_date=FARTHEST)
    if not stamp:
        return None
    found = datetime.fromisoformat(stamp)
    return found if found.tzinfo or found.time() != datetime.min.time() else found.date()
