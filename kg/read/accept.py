"""The last look at what was read: it has text, not too much of it, and in English."""

from __future__ import annotations

from kg.errors import ReadError
from kg.model import Article
from kg.read.defaults import Defaults, Found, article
from kg.read.language import agree


def accept(found: Found, where: str, *, defaults: Defaults, max_size: int) -> Article:
    """The article that `found` and `defaults` make. Raises ReadError where it has no words, too many, or others'."""
    if not any(map(str.isalpha, found.text)):
        raise ReadError("no text of an article in it", where=where, remedy="save the article's text as .txt")
    if len(found.text) > max_size:
        raise too_long(where, max_size)
    language = agree(found.text, declared=found.language, forced=defaults.language, where=where)
    return article(found, defaults, language=language)


def too_long(where: str, max_size: int) -> ReadError:
    """The refusal of a text longer than `max_size` characters."""
    problem = f"longer than {max_size:,} characters"
    return ReadError(problem, where=where, remedy="split it into its articles, or raise the limit with --max-size")
