"""The last look at what was read: it has text, not too much of it, and in English."""

from __future__ import annotations

from dataclasses import fields, replace

from kg.errors import ReadError
from kg.model import Article
from kg.read.defaults import Defaults, Found, article
from kg.read.document import Document
from kg.read.header import below
from kg.read.language import agree


def accept(found: Found, document: Document, *, defaults: Defaults, max_size: int) -> Article:
    """The article that the document, what is known of it and `defaults` make.

    Raises ReadError where it has no words, too many, or those of another language.
    """
    found = _joined(found, document)
    if not any(map(str.isalpha, found.text)):
        remedy = "save the article's text as .txt"
        raise ReadError("no text of an article in it", where=document.where, remedy=remedy)
    if len(found.text) > max_size:
        raise too_long(document.where, max_size)
    language = agree(found.text, declared=found.language, forced=defaults.language, where=document.where)
    return article(found, defaults, language=language)


def too_long(where: str, max_size: int) -> ReadError:
    """The refusal of a text longer than `max_size` characters."""
    problem = f"longer than {max_size:,} characters"
    return ReadError(problem, where=where, remedy="split it into its articles, or raise the limit with --max-size")


def _joined(found: Found, document: Document) -> Found:
    """What the document says and, where that says more, its container."""
    known = {each.name: value for each in fields(Found) if (value := getattr(document.known, each.name))}
    text = below(found.text, document.known.title)
    return replace(found, **{"text": text, "published": found.published or document.seen, **known})
