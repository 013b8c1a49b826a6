"""What is to be parsed into an article, and how a source is to be split into such documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.read.defaults import Found

if TYPE_CHECKING:
    from pathlib import Path

MAX_SIZE = 1_000_000  # characters of one article's text


@dataclass(frozen=True, slots=True)
class Document:
    """A piece of a source, unread: it can be handed to another process, which parses it into an article.

    `where` is the file and, if known, the line or record; `form` a key of `PARSERS`. `known` is what the container says
    of the article (a feed's entry its title and date), and wins over what the document says itself. `seen` is when the
    container was given it: it stands for the publication where nothing tells that. `charset` is what the container
    declares.
    """

    where: str
    form: str
    raw: bytes
    known: Found = field(default_factory=Found)
    seen: date | None = None
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Web:
    """How addresses are fetched. `follow` reads the page of each feed entry too; `pace` is the least seconds between
    two requests to a host; `contact` tells an operator whom to write to. `cache` is the folder where it is kept what
    was fetched and settled, None for nowhere: it belongs to one store, since what is in it is not read again.
    """

    follow: bool = False
    pace: float = 1.0
    cache: Path | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is split: an article has at most `max_size` characters; `columns` leads from field to column."""

    max_size: int = MAX_SIZE
    columns: Mapping[str, str] = field(default_factory=dict)
    web: Web | None = None
