"""What goes into and comes out of the two stages of an article: parsing, and extraction with all that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Article


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article as its source has it.

    `mark` is a digest of all that its graph is made of: the article, the options and the program. `sketch` is what
    near-copies are found by; empty where they are not looked for.
    """

    article: Article
    mark: str
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Task:
    """An article to extract. `original` is the id of the article that it is a near-copy of, if it is one."""

    parsed: Parsed
    original: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An article's graph, as sorted lines of N-Quads, and how much of what is in it. `types` counts events by code."""

    id: str
    title: str
    graph: str
    lines: bytes
    mark: str
    sketch: bytes
    original: str
    words: int
    quads: int
    entities: int
    linked: int
    claims: int
    counts: int
    types: Mapping[str, int]
