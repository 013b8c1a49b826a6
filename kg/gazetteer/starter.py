"""The rows of the gazetteer that comes with the package: this project's tables and packages that hold such data."""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer import america, cities, packages, places, tables
from kg.gazetteer.row import Row


def starter() -> Iterator[Row]:
    """All rows, those that win over others first: own tables, own places, packages, the cities of the world."""
    populations = cities.populations()
    for table in tables.TABLES:
        yield from tables.entries(table, populations)
    yield from places.entries()
    yield from packages.entries()
    yield from america.entries()
    yield from cities.entries()
