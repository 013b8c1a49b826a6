"""Rows on disk before they become a gazetteer: memory stays small, and a build that stops goes on where it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kg.gazetteer.row import Office, Row

BATCH = 5_000
"""Rows between two commits, so what a stopped build reads again at most."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    number INTEGER PRIMARY KEY, name TEXT UNIQUE, revision TEXT, licence TEXT, position INTEGER, rows INTEGER, done INTEGER
);
CREATE TABLE IF NOT EXISTS staged (
    source INTEGER, position INTEGER, part INTEGER, qid TEXT, geonames INTEGER, row TEXT,
    PRIMARY KEY (source, position, part)
) WITHOUT ROWID;
"""


class Stage:
    """The rows of several sources in one database. A source keeps its number, and with it its precedence."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = sqlite3.connect(path)
        self.database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + _SCHEMA)

    def close(self) -> None:
        """Close the database; what was staged stays."""
        self.database.close()

    def begin(self, name: str, revision: str) -> tuple[int, int, bool]:
        """The number of a source, the position it was read to, and whether it was read whole.

        A source of another revision than the one staged is read from its start.
        """
        ask = "SELECT number, revision, position, done FROM source WHERE name = ?"
        known = self.database.execute(ask, (name,)).fetchone()
        if known and known[1] == revision:
            return known[0], known[2], bool(known[3])
        if known:
            self.database.execute("DELETE FROM staged WHERE source = ?", (known[0],))
            self.database.execute(
                "UPDATE source SET revision = ?, position = 0, rows = 0, done = 0 WHERE number = ?",
                (revision, known[0]),
            )
        else:
            self.database.execute(
                "INSERT INTO source (name, revision, licence, position, rows, done) VALUES (?, ?, '', 0, 0, 0)",
                (name, revision),
            )
        self.database.commit()
        return self.begin(name, revision)

    def add(self, number: int, rows: Iterable[tuple[int, Row]]) -> Iterator[int]:
        """Stage (position, row) pairs of a source, giving the position after each batch."""
        batch: list[tuple[Any, ...]] = []
        last, part = -1, 0
        for position, row in rows:
            # All rows of one position must be staged together: a later run starts behind it.
            if len(batch) >= BATCH and position != last:
                self._write(number, batch, last)
                yield last
                batch.clear()
            part = part + 1 if position == last else 0
            last = position
            batch.append((number, position, part, row.qid, row.geonames, encode(row)))
        self._write(number, batch, last)
        if batch:
            yield last

    def end(self, number: int) -> None:
        """Note that a source was read whole."""
        self.database.execute("UPDATE source SET done = 1 WHERE number = ?", (number,))
        self.database.commit()

    def sources(self) -> list[dict[str, Any]]:
        """What was staged: name, revision and number of rows of each source, in order of precedence."""
        found = self.database.execute("SELECT name, revision, rows FROM source ORDER BY number")
        return [{"name": name, "revision": revision, "rows": rows} for name, revision, rows in found]

    def _write(self, number: int, batch: list[tuple[Any, ...]], last: int) -> None:
        if not batch:
            return
        self.database.executemany("INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?, ?)", batch)
        self.database.execute(
            "UPDATE source SET position = ?, rows = rows + ? WHERE number = ?", (last, len(batch), number)
        )
        self.database.commit()


def encode(row: Row) -> str:
    """A row as JSON: its fields in order, as far as they differ from the defaults."""
    fields: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(row, name)
        if value != default:
            fields[name] = value
    if row.offices:
        fields["offices"] = [(o.role, o.country, o.start and o.start.isoformat(), o.end and o.end.isoformat())
                             for o in row.offices]  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Row:
    """The row that `encode` wrote."""
    fields = json.loads(text)
    for name in ("classes", "keys"):
        if name in fields:
            fields[name] = tuple(fields[name])
    for name in ("names", "others", "labels"):
        if name in fields:
            fields[name] = tuple((first, second) for first, second in fields[name])
    if "offices" in fields:
        fields["offices"] = tuple(
            Office(role, country, start and date.fromisoformat(start), end and date.fromisoformat(end))
            for role, country, start, end in fields["offices"]
        )
    return Row(**fields)


_DEFAULTS: dict[str, Any] = {
    field: getattr(Row("", ()), field) if field not in ("label", "classes") else None for field in Row.__slots__
}
