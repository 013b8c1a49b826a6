"""A table with a header row, CSV or tab-separated, one article a row; each row becomes a JSON line.

Columns are found by the names of our fields, whatever their case, or as the caller maps them. Line breaks may stand in
quotes. The delimiter is the one under which the header has a column for the text.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import ReadError, UsageError
from kg.read.accept import too_long
from kg.read.document import Document, Reading
from kg.read.files import DELIMITERS
from kg.read.record import FIELDS

ROOM = 65_536  # bytes a row may hold besides its text
WIDEST = 4  # bytes of one character


class _TooLong(Exception):
    """A row is longer than it may be."""


@dataclass(slots=True)
class Lines:
    """The lines of a table, as the csv module takes them, counted by `number`; `size` and `quotes` are those of a row.

    Bytes that are no UTF-8 stay in as lone surrogates, so that only their own row is lost. `is_open` says that the line
    goes on.
    """

    stream: BinaryIO
    limit: int
    number: int = 0
    size: int = 0
    quotes: int = 0
    is_open: bool = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._taken()
        if not raw:
            raise StopIteration
        if self.size >= self.limit:
            raise _TooLong
        return (raw.removeprefix(codecs.BOM_UTF8) if self.number == 1 else raw).decode("utf-8", "surrogateescape")

    def begin(self) -> int:
        """The number of the line that a new row begins with."""
        self.size = self.quotes = 0
        return self.number + 1

    def skip(self) -> None:
        """Passes over the rest of a row that is too long: it ends with a line that no quotation is open behind."""
        while (self.quotes % 2 or self.is_open) and self._taken():
            pass

    def _taken(self) -> bytes:
        raw = self.stream.readline(self.limit)
        self.number += bool(raw) and not self.is_open
        self.is_open = bool(raw) and not raw.endswith(b"\n")
        self.size += len(raw)
        self.quotes += raw.count(b'"')
        return raw


def documents(stream: BinaryIO, where: str, reading: Reading) -> Iterator[Document | ReadError]:
    """Each row as a JSON line, or why it can't be read. Raises ReadError for a header without the columns needed."""
    limit = WIDEST * reading.max_size + ROOM
    csv.field_size_limit(max(csv.field_size_limit(), limit))  # the module's own limit is the same for all its readers
    lines = Lines(stream, limit)
    delimiter, header = _header(lines, where, reading.columns)
    places = _places(header, reading.columns, where)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        row_where = f"{where}, line {lines.begin()}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except _TooLong:
            lines.skip()
            rows = csv.reader(lines, delimiter=delimiter, strict=True)
            yield too_long(row_where, reading.max_size)
            continue
        except csv.Error as error:
            remedy = "put the cell in quotes, and double those in it"
            yield ReadError(f"no row of a table: {error}", where=row_where, remedy=remedy)
            continue
        if row:
            yield _document(row, places, len(header), row_where)


def _header(lines: Lines, where: str, columns: Mapping[str, str]) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns."""
    try:
        line = next(lines)
    except _TooLong:
        remedy = "give CSV with a header row"
        raise ReadError("no table: its first line has no end", where=where, remedy=remedy) from None
    except StopIteration:
        raise ReadError("the file is empty", where=where, remedy="give it some rows or leave it out") from None
    if line.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        raise ReadError("a table in UTF-16", where=where, remedy="save it as UTF-8")
    wanted = columns.get("text", "text").lower()
    try:
        rows = {delimiter: next(csv.reader([line], delimiter=delimiter), []) for delimiter in DELIMITERS}
    except csv.Error as error:
        remedy = "save the table again as CSV"
        raise ReadError(f"no header of a table: {error}", where=where, remedy=remedy) from None
    names = {delimiter: [name.strip() for name in row] for delimiter, row in rows.items()}
    fitting = [delimiter for delimiter, row in names.items() if wanted in map(str.lower, row)]
    best = fitting[0] if fitting else max(DELIMITERS, key=lambda delimiter: len(names[delimiter]))
    return best, names[best]


def _places(header: list[str], columns: Mapping[str, str], where: str) -> dict[str, int]:
    """Which field stands in which cell of a row."""
    low = [name.lower() for name in header]
    places = {}
    for name in ("text", "published", *FIELDS):
        column = columns.get(name, name).lower()
        if low.count(column) > 1:
            raise ReadError(f"two columns are called {column!r}", where=where, remedy="rename one of them")
        if column in low:
            places[name] = low.index(column)
        elif name == "text" or name in columns:
            there = ", ".join(map(repr, header))
            remedy = f"there are {there}: say which it is with --column {name}=COLUMN"
            raise ReadError(f"no column {columns.get(name, name)!r} for the {name}", where=where, remedy=remedy)
    return places


def _document(row: list[str], places: Mapping[str, int], width: int, where: str) -> Document | ReadError:
    if len(row) > width:
        problem = f"{len(row)} cells, but the header has {width}"
        return ReadError(problem, where=where, remedy="put a text that holds the delimiter in quotes")
    record = {name: row[place] for name, place in places.items() if place < len(row)}
    try:
        return Document(where, "record", json.dumps(record, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return ReadError("not UTF-8", where=where, remedy="save the file as UTF-8")


def check(columns: Mapping[str, str]) -> None:
    """Nothing where all are fields of ours. Raises UsageError."""
    fields = ("text", "published", *FIELDS)
    if unknown := [name for name in columns if name not in fields]:
        raise UsageError(f"{unknown[0]!r} is no field of an article; there are {', '.join(fields)}")
