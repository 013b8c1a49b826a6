"""The names in this project's own tables (`tables/*.tsv`), which hold facts checked by hand or against open data."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from kg.names.name import Name

Entry = tuple[Name, tuple[tuple[str, str], ...]]
"""A thing and the (alias, how) pairs that refer to it."""

PRIORS: Mapping[str, float] = {"states": 0.95, "organizations": 0.85, "regions": 0.75, "persons": 0.7}
CLASSES: Mapping[str, tuple[str, ...]] = {"states": ("State", "Place"), "regions": ("Place",)}
"""The classes of tables whose things are all alike; the other tables have a column for them."""


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one table as dictionaries from column to text; a missing cell is empty text."""
    path = files("kg.names").joinpath("tables", f"{table}.tsv")
    with path.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {column: text or "" for column, text in row.items() if column}


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(filter(None, cell.split("|")))


def _float(cell: str) -> float | None:
    return float(cell) if cell else None


def _int(cell: str) -> int | None:
    return int(cell) if cell else None


def _forms(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The names of one row's thing, each with how it refers to it.

    A province has `types` ("Governorate|Province") and `bare` names ("Aleppo") that are first of all those of its
    capital: "Aleppo province" is an alias, "Aleppo" a bare name.
    """
    label, types = row["label"], parts(row.get("types", ""))
    bare = parts(row.get("bare", ""))
    cores = bare or (label,)
    typed = (f"{core} {kind}" for core in cores for kind in types)
    turned = (f"{kind} of {core}" for core in cores for kind in types)
    return (
        (label, "label"),
        *((alias, "alias") for alias in (*typed, *turned, *parts(row.get("aliases", "")))),
        *((alias, "bare") for alias in bare),
        *((demonym, "demonym") for demonym in parts(row.get("demonyms", ""))),
        *((capital, "metonym") for capital in parts(row.get("capital", ""))),
    )


def entries(table: str, populations: Mapping[str, int]) -> Iterator[Entry]:
    """The things of one table with the names that refer to them.

    `populations` maps an ISO 3166 code to the number of people, for states.
    """
    for row in rows(table):
        population = populations.get(row.get("iso2", ""), 0)
        name = Name(
            label=row["label"],
            classes=CLASSES.get(table) or parts(row["classes"]),
            qid=row.get("qid") or None,
            country=row.get("country") or None,
            geonames=_int(row.get("geonames", "")),
            lat=_float(row.get("lat", "")),
            lon=_float(row.get("lon", "")),
            population=population,
            source=row.get("source", ""),
            # The bonus is far below the distance between kinds of names: it only orders states among themselves.
            prior=PRIORS[table] + min(population, 10**9) / 10**11,
            role=row.get("role") or None,
        )
        yield name, _forms(row)
