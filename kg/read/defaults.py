"""What the caller knows about an article, and what a text tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model import Article, digest, slug


@dataclass(frozen=True, slots=True)
class Defaults:
    """Fields given by the caller; each that is set wins over what the source says. `published` may be a datetime.

    `id`, `title` and `url` belong to one article; the others may hold for many. A `language` switches detection off.
    """

    id: str = ""
    title: str = ""
    published: date | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""

    @property
    def single(self) -> str:
        """The first field set that can belong to one article only, else ''."""
        return next((name for name in ("id", "title", "url") if getattr(self, name)), "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a source says of its article; empty where it says nothing. `language` is a declaration, not a finding."""

    text: str = ""
    id: str = ""
    title: str = ""
    published: date | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""
    licence: str = ""


def article_id(title: str, text: str) -> str:
    """An id made of the content: the title's words, then a hash of title and text."""
    return "-".join(filter(None, (slug(title, length=40), digest(title, text, length=10))))


def article(found: Found, defaults: Defaults, *, language: str) -> Article:
    """The article that `found` and `defaults` make together; `language` is the code that was agreed on."""
    title = defaults.title or found.title
    return Article(
        id=defaults.id or found.id or article_id(title, found.text),
        title=title,
        text=found.text,
        published=defaults.published or found.published,
        outlet=defaults.outlet or found.outlet,
        url=defaults.url or found.url,
        language=language,
        licence=found.licence,
    )
