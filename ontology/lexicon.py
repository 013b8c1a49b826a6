"""The words that name the codes, made ready for matching against lemmas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .concepts import codes

TOKEN = re.compile(r"-|[^\s-]+")


@dataclass(frozen=True, slots=True, order=True)
class Trigger:
    """A noun or verb that names a code. `words` are lower-case lemmas; a hyphen between words is a word of its own."""

    words: tuple[str, ...]
    pos: Literal["noun", "verb"]
    code: str


@cache
def lexicon(scheme: str) -> tuple[Trigger, ...]:
    """The triggers of a scheme, sorted. Each (words, pos) stands once; where two match a text, the longer wins."""
    return tuple(
        sorted(
            [Trigger(tuple(TOKEN.findall(noun)), "noun", code.name) for code in codes(scheme).values() for noun in code.nouns]
            + [Trigger(tuple(TOKEN.findall(verb)), "verb", code.name) for code in codes(scheme).values() for verb in code.verbs]
        )
    )
