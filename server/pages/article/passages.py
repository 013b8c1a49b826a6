"""Overlapping spans of a text as pieces that don't overlap, so that each can be written into a page.

Every offset counts Unicode code points in the whole text, as `ckg:start` and `ckg:end` do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

BLANK = re.compile(r"\n\s*\n")


class Span(Protocol):
    """Whatever covers `text[start:end]`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Segment(Generic[S]):
    """A piece of the text from `start` on, with every span that covers it, the widest first."""

    start: int
    text: str
    spans: tuple[S, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the text that stands by itself: a paragraph, or a sentence whose surroundings are not known."""

    start: int
    text: str


def flattened(passage: Passage, spans: Iterable[S]) -> Iterator[Segment[S]]:
    """The segments of a passage in their order; their texts joined are its text. Spans outside it are left out.

    A segment begins wherever a span begins or ends. Of spans that are equally wide the first given comes first.
    """
    first, last = passage.start, passage.start + len(passage.text)
    beginning: dict[int, list[S]] = defaultdict(list)
    cuts = {first, last}
    for span in spans:
        start, end = max(span.start, first), min(span.end, last)
        if start < end:
            beginning[start].append(span)
            cuts |= {start, end}
    covering: list[S] = []
    for start, end in pairwise(sorted(cuts)):
        covering = [span for span in covering if span.end > start] + beginning[start]
        spread = tuple(sorted(covering, key=lambda span: span.start - span.end))
        yield Segment(start, passage.text[start - first : end - first], spread)


def paragraphs(text: str) -> Iterator[Passage]:
    """The paragraphs of a text, which blank lines part; where there is none, every line is one."""
    start = 0
    for gap in (BLANK if BLANK.search(text) else re.compile(r"\n")).finditer(text):
        yield from _filled(start, text[start : gap.start()])
        start = gap.end()
    yield from _filled(start, text[start:])


def quoted(spans: Iterable[tuple[int, str]]) -> list[Passage]:
    """What is known of a text of which only spans (start, words) are stored; those that overlap are one passage."""
    known: list[Passage] = []
    for start, words in sorted(set(spans)):
        before = known[-1] if known else Passage(start, "")
        reached = before.start + len(before.text)
        if known and start < reached:
            known[-1] = Passage(before.start, before.text + words[reached - start :])
        else:
            known.append(Passage(start, words))
    return known


def _filled(start: int, text: str) -> Iterator[Passage]:
    if text.strip():
        yield Passage(start, text)
