"""When what was found is what the golden set means: names, kinds, days and counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ontology import ancestors

# Words that make no two names different: articles, prepositions, small numbers, what a person was.
STOP = frozenset(
    {"a", "an", "and", "at", "for", "her", "his", "in", "its", "of", "on", "s", "several", "some", "the", "their", "to"}
    | {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "former", "late"}
)


def tokens(name: str) -> list[str]:
    """The words of a name that tell it from others, in lower-case ASCII."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", re.sub(r"'s?\b", " ", plain)) if word not in STOP]


def same_name(one: str, other: str) -> bool:
    """Whether the words of one name stand in the other, and are half of it or end as it ends."""
    short, long = sorted((tokens(one), tokens(other)), key=len)
    inside = any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
    return bool(short) and inside and (2 * len(short) >= len(long) or short[-1] == long[-1])


def same_filler(gold: Mapping[str, Any], found: set[str]) -> bool:
    """Whether the golden filler has one of the names, or the Wikidata item, in `found`."""
    return gold.get("qid") in found or any(same_name(name, called) for name in gold["names"] for called in found)


def same_kind(one: str, other: str) -> bool:
    """Whether one code is the other or is broader than it."""
    return one in ancestors(other) or other in ancestors(one)


def same_days(gold: tuple[str, str], found: tuple[str, str]) -> bool:
    """Whether first and last day agree; where the golden ones differ, each may be a day off."""
    slack = timedelta(days=gold[0] != gold[1])
    return all(abs(date.fromisoformat(g) - date.fromisoformat(f)) <= slack for g, f in zip(gold, found, strict=True))


def same_count(gold: Mapping[str, Any], found: Mapping[str, str]) -> bool:
    """Whether measure, total and one number agree, and the kinds are kin."""
    mine, theirs = ({int(c[key]) for key in ("count", "low", "high") if key in c} for c in (gold, found))
    total = "total" not in gold or str(gold["total"]) == found.get("total")
    kin = gold["measure"] == found["measure"] and same_kind(gold["kind"], found["kind"])
    return kin and total and bool(mine & theirs)
