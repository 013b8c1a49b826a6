"""Word lists of the extractor, read from `rules/nouns.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Token


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("kg.extract") / "rules" / "nouns.toml").read_text(encoding="utf8"))
    return {name: frozenset(section["words"]) for name, section in table.items()}


def words(name: str) -> frozenset[str]:
    """The lower-case lemmas of a list, for instance `force` or `titles`. Raises KeyError for a list that isn't
    there."""
    return _lists()[name]


def classes_of(lemma: str) -> frozenset[str]:
    """The names of all lists that hold the lemma."""
    return _membership().get(lemma, frozenset())


def noun_lemma(token: Token) -> str:
    """The lower-case lemma of a noun; the singular too where the tagger misses it ('Rebels attacked', 'its
    servicemen')."""
    word = token.lemma_.lower()
    named = token.pos_ == "PROPN" and (token.tag_ == "NNPS" or bool(token.is_sent_start))
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    return word[:-1] if named and word.endswith("s") and not word.endswith("ss") else word


@cache
def _membership() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for name, lemmas in _lists().items():
        for lemma in lemmas:
            out.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in out.items()}
