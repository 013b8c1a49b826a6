"""Numbers in words and digits, with their bounds: 'at least 28', 'dozens', 'between 4 and 6', '52 of the 80'."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Token
from text_to_num import text2num

from kg.extract.syntax import children, outer

_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+(?:\.\d+)?")
_RANGE = re.compile(r"^(\d[\d,]*)[-–—](\d[\d,]*)$")


_TIMES = {"tens": 10, "dozens": 12, "hundreds": 100}


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: exact `count`, or bounds; `total` where it is a part of one. `start`, `end` are token indexes."""

    count: int | None = None
    low: int | None = None
    high: int | None = None
    total: int | None = None
    start: int = 0
    end: int = 0


@cache
def rules() -> dict[str, Any]:
    """The words of `rules/numbers.toml`: magnitudes, vague numbers and the words that make a number a bound."""
    return tomllib.loads((files("kg.extract") / "rules" / "numbers.toml").read_text(encoding="utf8"))


def value(words: list[str]) -> int | None:
    """The whole number that the words spell ('1.5 million', 'twenty-five', '1,200'), or None."""
    scale, left = 1, [w.lower() for w in words]
    while left and left[-1] in rules()["magnitude"]:
        scale *= rules()["magnitude"][left.pop()]
    if not left:
        return scale if scale > 1 else None
    text = " ".join(left)
    found = _DIGITS.fullmatch(text)
    if found:
        amount = float(re.sub(r"[,\u202f\u00a0]", "", text)) * scale
        return int(amount) if amount == int(amount) else None
    try:
        return int(text2num(text.replace("-", " "), "en")) * scale
    except ValueError:
        return None


def number(noun: Token) -> Number | None:
    """The quantity that counts a noun, or None. `noun` heads the phrase: 'aircraft' of 'over 40 Russian aircraft'."""
    if noun.like_num or {noun.lemma_.lower(), noun.lower_} & set(rules()["vague"]):
        return _partitive(noun)
    for mark in children(noun, "nummod"):
        if _is_quantity(mark):
            return _bounded(mark)
    vague = next((c for c in children(noun, "amod", "det", "quantmod") if c.lower_ in rules()["vague"]), None)
    if vague is not None:
        return Number(low=rules()["vague"][vague.lower_], start=vague.i, end=vague.i + 1)
    up = noun.head
    if noun.dep_ == "pobj" and up.lower_ == "of" and (up.head.like_num or up.head.lemma_.lower() in rules()["vague"]):
        return _partitive(outer(noun))
    if noun.tag_ in ("NN", "NNP") and any(
        c.lower_ in ("a", "an", "one", "another") for c in children(noun, "det", "nummod")
    ):
        return Number(count=1, start=noun.left_edge.i, end=noun.i)
    return None


def _is_quantity(mark: Token) -> bool:
    before = mark.nbor(-1).lower_ if mark.i > mark.doc[0].i else ""
    return (
        mark.ent_type_ not in ("DATE", "MONEY", "PERCENT", "TIME")
        and before not in ("$", "€", "£", "no.", "article")
        or (mark.ent_type_ == "DATE" and mark.head.pos_ == "NOUN" and mark.head.ent_type_ != "DATE")
    )


def _partitive(head: Token) -> Number | None:
    """'dozens of people', 'two of the attackers', '52 of the 80 drones', and bare '190'."""
    plain = rules()["vague"].get(head.lower_)
    if plain is not None:
        before = [t.lower_ for t in head.doc[max(0, head.i - 2) : head.i]]
        if before[-1:] == ["of"] and before[0] in _TIMES:  # 'tens of thousands' parsed as one number
            return Number(low=_TIMES[before[0]] * plain, start=head.i - 2, end=head.i + 1)
        inner = [c for p in children(head, "prep") if p.lower_ == "of" for c in children(p, "pobj")]
        if inner and rules()["vague"].get(inner[0].lower_):  # 'tens of thousands of people', 'hundreds of thousands'
            scale = _TIMES.get(head.lower_, 1)
            plain = scale * rules()["vague"][inner[0].lower_]
        exact = next((c for c in children(head, "nummod") if value([c.text])), None)
        if exact is not None and head.lower_ in rules()["magnitude"]:
            return _bounded(exact)
        few = next((c for c in children(head, "det", "amod") if c.lower_ in ("a", "several")), None)
        start = few.i if few is not None else head.i
        if head.lower_ in ("couple", "pair"):
            return Number(count=2, start=start, end=head.i + 1)
        if head.lower_ == "dozen":
            return Number(count=12, start=start, end=head.i + 1)
        return Number(low=plain, start=start, end=head.i + 1)
    found = _bounded(head)
    for prep in children(head, "prep"):
        if found and prep.lower_ in ("of", "out"):
            for noun in [*children(prep, "pobj"), *(n for p in children(prep, "prep") for n in children(p, "pobj"))]:
                total = next((value([c.text]) for c in children(noun, "nummod") if value([c.text])), None)
                if total is not None and found.count is not None and total >= found.count:
                    return replace(found, total=total)
    return found


def _bounded(mark: Token) -> Number | None:
    """The number at `mark` with the words around it that bound it, or None if the words spell none."""
    doc = mark.doc
    start, end = _run(mark)
    hyphened = _RANGE.match(mark.text)
    if hyphened:
        return Number(low=value([hyphened[1]]), high=value([hyphened[2]]), start=mark.i, end=end)
    amount = _amount(mark, start, end)
    if amount is None:
        return None
    before = " ".join(t.lower_ for t in doc[max(0, start - 3) : start])
    # 'six to eight', 'between four and six': the number beside it is the other bound
    first = (
        value([doc[start - 2].text]) if start > 1 and doc[start - 1].lower_ in ("to", "or", "and", "–", "-") else None
    )
    if (
        first is not None
        and first < amount
        and (doc[start - 1].lower_ != "and" or doc[max(0, start - 3)].lower_ == "between")
    ):
        return Number(low=first, high=amount, start=start - 2, end=end)
    second = (
        value([doc[end + 1].text]) if end + 1 < len(doc) and doc[end].lower_ in ("to", "or", "and", "–", "-") else None
    )
    if second is not None and second > amount and (doc[end].lower_ != "and" or before.endswith("between")):
        return Number(low=amount, high=second, start=start, end=end + 2)
    for bound, phrases in rules()["bound"].items():
        for phrase in phrases:
            if before == phrase or before.endswith(" " + phrase):
                return Number(**{bound: amount}, start=start - len(phrase.split()), end=end)
    if " ".join(t.lower_ for t in doc[end : end + 2]) == "or more":
        return Number(low=amount, start=start, end=end + 2)
    return Number(count=amount, start=start, end=end)


def _run(mark: Token) -> tuple[int, int]:
    """The token span of the number words around `mark`: 'twenty - three', '1.5 million'."""
    doc, start, end = mark.doc, mark.i, mark.i + 1
    while (
        start > 0
        and doc[start - 1].like_num
        and (mark.lower_ in rules()["magnitude"] or value([doc[start - 1].text]) is not None)
    ):
        start -= 1
    while start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in rules()["tens"]:
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and mark.lower_ in rules()["tens"] and doc[end + 1].like_num:
        end += 2
    while end < len(doc) and doc[end].lower_ in rules()["magnitude"]:
        end += 1
    return start, end


def _amount(mark: Token, start: int, end: int) -> int | None:
    words = [t.text for t in mark.doc[start:end] if t.text != "-"]
    amount = value(words)
    if amount is None:
        amount = value([mark.text])
    return 1 if amount is None and mark.lower_ in ("one", "a") else amount
