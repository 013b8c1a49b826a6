"""The names in this project's own tables (`tables/*.tsv`), which hold facts checked by hand or against open data."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from kg.names.name import Name

Entry = tuple[Name, tuple[tuple[str, str], ...]]
"""A thing and the (alias, how) pairs that refer to it."""

PRIORS: Mapping[str, float] = {
    "states": 0.95,
    "organizations": 0.85,
    "regions": 0.75,
    "persons": 0.7,
    "places": 0.6,
}


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one table as dictionaries from column to text; a missing cell is empty text."""
    path = files("kg.names").joinpath("tables", f"{table}.tsv")
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {column: text or "" for column, text in row.items() if column}


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(filter(None, cell.split("|")))


def _float(cell: str) -> float | None:
    return float(cell) if cell else None


def _int(cell: str) -> int | None:
    return int(cell) if cell else None


def _forms(label: str, row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (label, "label"),
        *((alias, "alias") for alias in parts(row.get("aliases", ""))),
        *((demonym, "demonym") for demonym in parts(row.get("demonyms", ""))),
        *((metonym, "metonym") for metonym in parts(row.get("metonyms", ""))),
    )


def entries(table: str, populations: Mapping[str, int]) -> Iterator[Entry]:
    """The things of one table with the names that refer to them.

    `populations` maps an ISO 3166 code to the number of people, for states.
    """
    for row in rows(table):
        iso = row.get("iso2", "")
        classes = ("State", "Place") if table == "states" else parts(row["classes"])
        population = populations.get(iso, 0)
        name = Name(
            label=row["label"],
            classes=classes,
            qid=row.get("qid") or None,
            country=row.get("country") or None,
            within=row.get("within") or None,
            geonames=_int(row.get("geonames", "")),
            lat=_float(row.get("lat", "")),
            lon=_float(row.get("lon", "")),
            population=population,
            source=row.get("source", ""),
            # The bonus is far below the distance between kinds of names: it only orders states among themselves.
            prior=PRIORS[table] + min(population, 10**9) / 10**11,
            role=row.get("role") or None,
        )
        forms = _forms(row["label"], row)
        if capital := row.get("capital"):
            forms += ((capital, "metonym"),)
        yield name, forms
