"""The lists of `lines.toml`: which lines belong to a site, and which labels stand before which field."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lines:
    """Site words in lower case; `pattern` matches a whole line of clutter; `fields` leads from label to field."""

    clutter: frozenset[str]
    sections: frozenset[str]
    pattern: re.Pattern[str]
    domains: frozenset[str]
    low_names: tuple[str, ...]
    fields: dict[str, str]


@cache
def lines() -> Lines:
    """The lists, read once."""
    table = tomllib.loads((files(__package__) / "lines.toml").read_text("utf-8"))
    return Lines(
        clutter=frozenset(table["clutter"]),
        sections=frozenset(table["sections"]),
        pattern=re.compile("|".join(f"(?:{pattern})" for pattern in table["patterns"]), re.IGNORECASE),
        domains=frozenset(table["domains"]),
        low_names=tuple(table["low_names"]),
        fields={label: field for field, labels in table["labels"].items() for label in labels},
    )


def is_clutter(line: str) -> bool:
    """Whether a stripped line surely belongs to the site and not to the article: a site's phrase, or a row of them."""
    low = line.casefold()
    rows = ([low], re.split(r"\s{2,}|\t|\s[|·•]\s", low), low.split())
    return any(lines().clutter.issuperset(row) for row in rows) or lines().pattern.fullmatch(line) is not None


def is_section(line: str) -> bool:
    """Whether a stripped line is a section's name or a path of them ('Home > World > Europe')."""
    parts = [part.strip().casefold() for part in re.split(r"\s[>»›/|]\s", line)]
    return all(part in lines().sections or part in lines().clutter for part in parts) or (
        len(parts) > 2 and all(len(part.split()) < 4 for part in parts)
    )
