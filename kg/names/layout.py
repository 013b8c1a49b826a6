"""How a gazetteer is laid out: the bits and keys of its tries, the columns of its database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kg.names.name import HOW, Name, Office

FORMAT = 1
POSTING = "<IB"
HOW_BITS, CORE, COMMON = 7, 8, 16
EXACT, SKELETON = "\x01", "\x02"
"""What stands before a key that is in its exact case, and before a key of consonants alone; no name holds them."""

COLUMNS = (
    "number", "label", "classes", "qid", "geonames", "country", "within", "lat", "lon", "population", "role",
    "description", "fame", "prior", "word_loss", "source", "licence", "names", "keys", "core",
)  # fmt: skip
PENALTY = {"label": 0.0, "alias": 0.03, "demonym": 0.02, "metonym": 0.4, "bare": 0.27, "surname": 0.35}
"""What the way a name refers to a thing takes from the thing's prior."""

Record = tuple[Any, ...]
"""A row of the table of things, by COLUMNS."""


def pack(names: Iterable[tuple[str, str, bool]]) -> str:
    """Names as one text: a letter for how (a capital one for names that texts are searched for) and the form."""
    return "\n".join((how[0].upper() if core else how[0]) + form for form, how, core in names)


def unpack(names: str) -> Iterator[tuple[str, str, bool]]:
    """The (form, how, core) triples of packed names."""
    for line in filter(None, names.split("\n")):
        yield line[1:], _HOW[line[0].lower()], line[0].isupper()


_HOW = {how[0]: how for how in HOW}


def named(record: Record, how: str = "label", common: bool = False) -> Name:
    """The thing of a record as one of its names shows it: how that refers to it, and whether it is a word too."""
    (number, label, classes, qid, geonames, country, _, lat, lon, population, role, description, fame, prior, word_loss,
     source, licence, *_) = record  # fmt: skip
    # States and regions are so prominent that sharing a name with a word ("Turkey") takes little or nothing.
    loss = PENALTY[how] + ((0.3 if how == "bare" else word_loss) if common else 0.0)
    return Name(
        label, tuple(classes.split("|")), qid, country, geonames, lat, lon, population,
        "alias" if how == "bare" else how, source, round(max(0.01, prior - loss), 4), common,
        role, number, description, fame, licence, word_loss,
    )  # fmt: skip


def office_of(row: Sequence[Any]) -> Office:
    """The office that (role, country, start, end) as the database has them are."""
    role, country, start, end = row
    return Office(role, country, _day(start), _day(end))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
