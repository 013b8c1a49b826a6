"""The words that name the codes, made ready for matching against lemmas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .concepts import codes

# As spaCy's English tokenizer splits, its hyphens left out: "air-strike" is two words, "ak-47" one, "children's" two.
SPLIT = re.compile(r"\s+|(?<=[^\W\d_])-(?=[^\W\d_])|(?='s\b)")


@dataclass(frozen=True, slots=True, order=True)
class Trigger:
    """A noun or verb that names a code. `words` are lower-case lemmas; hyphens may stand between them in a text."""

    words: tuple[str, ...]
    pos: Literal["noun", "verb"]
    code: str


@cache
def lexicon(scheme: str) -> tuple[Trigger, ...]:
    """The triggers of a scheme, sorted, each once. Where two match a text, the longer wins.

    A word of a trigger stands for a token that has it as its lemma or as its lower-case form: 'arms delivery'.
    """
    found = set[Trigger]()
    for code in codes(scheme).values():
        found.update(Trigger(tuple(SPLIT.split(noun)), "noun", code.name) for noun in code.nouns)
        found.update(Trigger(tuple(SPLIT.split(verb)), "verb", code.name) for verb in code.verbs)
    return tuple(sorted(found))
