"""What class words of open tables, classes of Wikidata and features of GeoNames are in our ontology (`rules/*.tsv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.gazetteer import tables

RULES = Path(__file__).parent / "rules"

OWN = frozenset([
    "Place", "State", "Person", "Group", "Agent", "Organization", "GovernmentBody", "InternationalOrganization",
    "ArmedForce", "ArmedGroup", "NewsOutlet", "Kind", "Conflict", "Event", "Incident", "Asset",
])  # fmt: skip
"""The classes of the ontology that a named thing can be of; tables may give them as they are."""

STATE = ("State", "Place")
_BODIES = frozenset(["GovernmentBody", "InternationalOrganization", "ArmedForce", "ArmedGroup", "NewsOutlet"])


@dataclass(frozen=True, slots=True)
class Rule:
    """The classes of things that have all the words and in whose names the pattern is found."""

    words: frozenset[str]
    pattern: re.Pattern[str] | None
    classes: tuple[str, ...]


def rules(name: str) -> list[dict[str, str]]:
    """The rows of one rule file, from column to text."""
    with (RULES / f"{name}.tsv").open(encoding="utf8", newline="") as file:
        kept = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(4096)
def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list, parted by | or ;."""
    return tuple(part for raw in cell.replace(";", "|").split("|") if (part := raw.strip()))


def classes(words: str, names: Callable[[], str]) -> tuple[str, ...] | None:
    """Our classes of a thing, the most specific first; () to leave it out, None where no word of it is known.

    `words` is the cell of a table, `names` gives all names of the thing joined by |.
    """
    found = _applicable(words)
    if not isinstance(found, list):
        return found
    if not found[0].pattern:
        return found[0].classes
    text = names()
    return next((rule.classes for rule in found if not rule.pattern or rule.pattern.search(text)), ())


def own(parts: Collection[str]) -> tuple[str, ...]:
    """Names of our own classes, the most specific first; a kind of body is an Organization too, a State a Place."""
    ordered = dict.fromkeys(parts)
    if "State" in ordered:
        return STATE
    if not _BODIES.isdisjoint(ordered):
        ordered["Organization"] = None
    return tuple(sorted(ordered, key=lambda name: name in ("Organization", "Agent", "Place")))


@cache
def _applicable(words: str) -> list[Rule] | tuple[str, ...] | None:
    parts = frozenset(split(words))
    if parts and parts <= OWN:
        return own(split(words))
    found = [rule for rule in _rules() if rule.words <= parts]
    return found or None


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            frozenset(row["words"].split("+")),
            re.compile(row["pattern"]) if row["pattern"] else None,
            split(row["classes"] or ""),
        )
        for row in rules("classes")
    )


@cache
def states() -> frozenset[str]:
    """The items of the States, as the project's own table has them: nothing else is one, whatever open data says."""
    return frozenset(row["qid"] for row in tables.rows("states") if row["qid"])


@cache
def state_codes() -> frozenset[str]:
    """The ISO 3166 codes of the States."""
    return frozenset(row["iso2"] for row in tables.rows("states") if row["iso2"])


@dataclass(frozen=True, slots=True)
class Origin:
    """A data set that open tables are merged from, and how far an item that it alone gives is to be trusted (0-1).

    The names in a `loose` one, other than the label, are mostly made by machine translation.
    """

    name: str
    licence: str
    trust: float
    loose: bool


@cache
def origins() -> Mapping[str, Origin]:
    """The known data sets by the short name that tables give them."""
    return {
        row["source"]: Origin(row["name"], row["licence"], float(row["trust"]), row["names"] == "label")
        for row in rules("sources")
    }


@dataclass(frozen=True, slots=True)
class Backing:
    """What sources are worth together: how likely their item is right (0-1), as if they erred independently."""

    trust: float
    loose: bool
    licence: str


@lru_cache(4096)
def backing(sources: tuple[str, ...]) -> Backing:
    """What the sources of a row are worth. Unknown ones are somebody's own, and trusted."""
    known = [origins()[source] for source in sources if source in origins()]
    doubt = 1.0
    for origin in known:
        doubt *= 1 - origin.trust
    return Backing(
        trust=1 - doubt if known else 1.0,
        loose=bool(known) and all(origin.loose for origin in known),
        licence=";".join(dict.fromkeys(origin.licence for origin in known)),
    )
