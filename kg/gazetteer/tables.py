"""The rows of this project's own tables (`tables/*.tsv`), which hold facts checked by hand or against open data."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer.row import Row
from kg.names import Office

FOLDER = Path(__file__).parent / "tables"

PRIORS: Mapping[str, float | None] = {
    "states": 0.95, "organizations": 0.85, "regions": 0.75, "persons": 0.7, "weapons": None, "conflicts": None
}  # fmt: skip
"""How likely a name of each table means the thing; None lets the builder work it out."""

CLASSES: Mapping[str, tuple[str, ...]] = {
    "states": ("State", "Place"), "regions": ("Place",), "weapons": ("Kind",), "conflicts": ("Conflict",)
}  # fmt: skip
"""The classes of tables whose things are all alike; the other tables have a column for them."""

TABLES = ("states", "organizations", "regions", "persons", "conflicts", "weapons")
"""The tables of things that are no towns, those first whose things win a name."""

CORE = frozenset(["states", "organizations", "regions", "persons"])
"""The tables whose things texts are searched for."""

OWN, LICENCE = "conflictkg", "Apache-2.0"
"""The source and the licence of rows that no other source is named for."""


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one table as dictionaries from column to text; a missing cell is empty text."""
    with (FOLDER / f"{table}.tsv").open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {column: text or "" for column, text in row.items() if column}


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(filter(None, cell.split("|")))


@cache
def common() -> frozenset[str]:
    """The folded names that are ordinary words, given names or family names too."""
    text = (FOLDER / "common.txt").read_text(encoding="utf8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def state_labels() -> dict[str, str]:
    """The label of the State of each ISO 3166 code."""
    return {row["iso2"]: row["label"] for row in rows("states") if row["iso2"]}


@cache
def _state_keys() -> dict[str, str]:
    """What to call each State by where something lies in it: its item, or else its code."""
    return {row["label"]: row["qid"] or row["iso2"] for row in rows("states") if row["qid"] or row["iso2"]}


def day(cell: str, *, where: str, last: bool = False) -> date | None:
    """The day that a cell with a date, a month or a year begins on, or with `last` ends on; None where it is empty.

    `where` names the cell's row for the GazetteerError that anything else raises.
    """
    if not cell:
        return None
    try:
        numbers = [int(part) for part in cell.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12 if last else 1
        return date(year, month, numbers[2] if len(numbers) > 2 else monthrange(year, month)[1] if last else 1)
    except ValueError as error:
        raise GazetteerError(f"'{cell}' is no date", where=where, remedy="write 2022-02-24, 2022-02 or 2022") from error


def _office(row: Mapping[str, str]) -> Office:
    where = f"{row['role']} {row.get('label') or row.get('person')}"
    start, end = day(row.get("start", ""), where=where), day(row.get("end", ""), where=where, last=True)
    return Office(row["role"], row["country"] or None, start, end)


@cache
def _more_offices() -> Mapping[str, tuple[Office, ...]]:
    """The further offices of each person by label, from the table of offices."""
    offices: defaultdict[str, tuple[Office, ...]] = defaultdict(tuple)
    for row in rows("offices"):
        offices[row["person"]] += (_office(row),)
    return offices


def _float(cell: str) -> float | None:
    return float(cell) if cell else None


def _int(cell: str) -> int | None:
    return int(cell) if cell else None


def _forms(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The names of one row's thing but its label, each with how it refers to it.

    A province has `types` ("Governorate|Province") and `bare` names ("Aleppo") that are first of all those of its
    capital: "Aleppo province" is an alias, "Aleppo" a bare name.
    """
    label, types = row["label"], parts(row.get("types", ""))
    bare = parts(row.get("bare", ""))
    cores = bare or (label,)
    typed = (f"{core} {kind}" for core in cores for kind in types)
    turned = (f"{kind} of {core}" for core in cores for kind in types)
    return (
        *((alias, "alias") for alias in (*typed, *turned, *parts(row.get("aliases", "")))),
        *((alias, "bare") for alias in bare),
        *((demonym, "demonym") for demonym in parts(row.get("demonyms", ""))),
        *((capital, "metonym") for capital in parts(row.get("capital", ""))),
    )


def entries(table: str, populations: Mapping[str, int]) -> Iterator[Row]:
    """The things of one table. `populations` maps an ISO 3166 code to the number of people, for states."""
    base = PRIORS[table]
    classes = CLASSES.get(table)
    for row in rows(table):
        population = populations.get(row.get("iso2", ""), 0)
        countries = parts(row.get("country", ""))
        country = countries[0] if len(countries) == 1 else None
        offices = (_office(row), *_more_offices().get(row["label"], ())) if row.get("role") else ()
        yield Row(
            label=row["label"],
            classes=classes or parts(row["classes"]),
            names=_forms(row),
            qid=row["qid"] or None,
            country=country,
            within=_state_keys().get(country or "") if table == "regions" else None,
            keys=parts(row.get("admin1", "") or row.get("iso2", "")),
            geonames=_int(row.get("geonames", "")),
            lat=_float(row.get("lat", "")),
            lon=_float(row.get("lon", "")),
            population=population,
            source=row["source"] or OWN,
            licence=LICENCE,
            # The bonus is far below the distance between kinds of names: it only orders states among themselves.
            prior=None if base is None else base + min(population, 10**9) / 10**11,
            # States and regions are so prominent that sharing a name with a word ("Turkey") takes nothing.
            word_loss=0.0 if table in ("states", "regions") else 0.3,
            role=row.get("role") or None,
            offices=offices,
            description=", ".join(parts(row.get("participants", "") or row.get("kind", ""))),
            core=table in CORE,
        )
