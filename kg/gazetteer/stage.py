"""Rows on disk before they become a gazetteer: memory stays small, and a build that stops goes on where it was."""

from __future__ import annotations

import marshal
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import kg
from kg.errors import GazetteerError
from kg.gazetteer.row import Row
from kg.names import Office, fold

BATCH = 5_000
"""Rows between two commits, so what a stopped build reads again at most."""
UNKNOWN = "unknown"
"""The licence of a row whose source does not tell one."""

_SOURCE_BITS = 40
_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    number INTEGER PRIMARY KEY, name TEXT, revision TEXT, licence TEXT, position INTEGER, rows INTEGER, done INTEGER
);
-- What rows are joined by: ids rise with precedence. `title` is the label of an office; `spot` a place's folded label.
CREATE TABLE IF NOT EXISTS key (
    id INTEGER PRIMARY KEY, qid TEXT, geonames INTEGER, title TEXT, spot TEXT, lat REAL, lon REAL
);
CREATE TABLE IF NOT EXISTS content (id INTEGER PRIMARY KEY, row BLOB);
"""
# Packed rows are read by the Python that wrote them only.
_STAMP = zlib.crc32(repr((kg.__version__, Row.__slots__, sys.version_info[:2], _SCHEMA)).encode()) >> 1


class Stage:
    """The rows of several sources in one database; an earlier source has precedence.

    Raises GazetteerError where another build has it open, or where it can't be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.database = _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                busy = "locked" in str(error)
                problem = "another build works here" if busy else f"can't be written: {error}"
                remedy = "wait for it to end, or stop it" if busy else "give another --output"
                raise GazetteerError(problem, where=str(path), remedy=remedy) from error
            self.remove()
            self.database = _opened(path)

    def close(self) -> None:
        """Close the database; what was staged stays."""
        self.database.close()

    def remove(self) -> None:
        """Remove what was staged."""
        for end in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def begin(self, number: int, name: str, revision: str) -> tuple[int, bool]:
        """The position that the source of this number was read to, and whether it was read whole.

        Where another source, or another revision of it, was staged under the number, that is forgotten.
        """
        ask = "SELECT name, revision, position, done FROM source WHERE number = ?"
        known = self.database.execute(ask, (number,)).fetchone()
        if known and known[:2] == (name, revision):
            return known[2], bool(known[3])
        self._forget(number, number + 1)
        self.database.execute("INSERT INTO source VALUES (?, ?, ?, '', 0, 0, 0)", (number, name, revision))
        self.database.commit()
        return 0, False

    def keep(self, count: int) -> None:
        """Forget all but the first `count` sources: a build that was stopped may have had more."""
        self._forget(count, 1 << 20)
        self.database.commit()

    def add(self, number: int, rows: Iterable[tuple[int, Row]]) -> Iterator[int]:
        """Stage (position, row) pairs of a source, giving the position after each batch."""
        name, told, count = self.database.execute(
            "SELECT name, licence, rows FROM source WHERE number = ?", (number,)
        ).fetchone()
        licences = dict.fromkeys(filter(None, told.split(";")))
        batch: list[Row] = []
        last = -1
        for position, row in rows:
            # All rows of one position must be staged together: a later run starts behind it.
            if len(batch) >= BATCH and position != last:
                count = self._write(number, batch, last, count, licences)
                yield last
                batch.clear()
            last = position
            if not row.source or not row.licence:
                row = replace(row, source=row.source or name, licence=row.licence or UNKNOWN)
            licences |= dict.fromkeys(row.licence.split(";"))
            batch.append(row)
        if batch:
            self._write(number, batch, last, count, licences)
            yield last

    def end(self, number: int) -> None:
        """Note that a source was read whole."""
        self.database.execute("UPDATE source SET done = 1 WHERE number = ?", (number,))
        self.database.commit()

    def sources(self) -> list[dict[str, Any]]:
        """What was staged: name, revision, licences and number of rows of each source, in order of precedence."""
        found = self.database.execute("SELECT name, revision, licence, rows FROM source ORDER BY number")
        return [dict(zip(("name", "revision", "licence", "rows"), row, strict=True)) for row in found]

    def _forget(self, first: int, behind: int) -> None:
        self.database.execute("DELETE FROM source WHERE number >= ? AND number < ?", (first, behind))
        for table in ("key", "content"):
            self.database.execute(
                f"DELETE FROM {table} WHERE id >= ? AND id < ?", (first << _SOURCE_BITS, behind << _SOURCE_BITS)
            )

    def _write(self, number: int, batch: list[Row], last: int, count: int, licences: Iterable[str]) -> int:
        ids = range((number << _SOURCE_BITS) + count, (number << _SOURCE_BITS) + count + len(batch))
        self.database.executemany("INSERT INTO key VALUES (?, ?, ?, ?, ?, ?, ?)", map(_key, ids, batch))
        self.database.executemany("INSERT INTO content VALUES (?, ?)", zip(ids, map(encode, batch), strict=True))
        self.database.execute(
            "UPDATE source SET position = ?, rows = ?, licence = ? WHERE number = ?",
            (last, count + len(batch), ";".join(licences), number),
        )
        self.database.commit()
        return count + len(batch)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0.2)
    try:
        # A process that is killed loses nothing so; two builds never write at once.
        database.executescript("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")
        (stamp,) = database.execute("PRAGMA user_version").fetchone()
        if stamp not in (0, _STAMP):
            database.executescript(
                "DROP TABLE IF EXISTS source; DROP TABLE IF EXISTS key; DROP TABLE IF EXISTS content;"
            )
        database.executescript(f"{_SCHEMA} PRAGMA user_version = {_STAMP};")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _key(number: int, row: Row) -> tuple[Any, ...]:
    title = row.label if not row.classes and row.qid and row.label else None
    if "Place" in row.classes and row.lat is not None and (row.qid is None) != (row.geonames is None):
        return number, row.qid, row.geonames, title, fold(row.label), row.lat, row.lon
    return number, row.qid, row.geonames, title, None, None, None


def encode(row: Row) -> bytes:
    """A row as bytes that this version of Python reads fast."""
    values = _values(row)
    if row.offices:
        offices = tuple(
            (o.role, o.country, o.start and o.start.toordinal(), o.end and o.end.toordinal()) for o in row.offices
        )
        values = (*values[:_OFFICES], offices, *values[_OFFICES + 1 :])
    return marshal.dumps(values)


def decode(packed: bytes) -> Row:
    """The row that `encode` packed."""
    values = marshal.loads(packed)
    if values[_OFFICES]:
        offices = tuple(
            Office(role, country, start and date.fromordinal(start), end and date.fromordinal(end))
            for role, country, start, end in values[_OFFICES]
        )
        values = (*values[:_OFFICES], offices, *values[_OFFICES + 1 :])
    return Row(*values)


_values = attrgetter(*Row.__slots__)
_OFFICES = Row.__slots__.index("offices")
