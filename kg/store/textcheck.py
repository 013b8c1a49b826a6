"""Whether a text index tells what a store holds: made anew beside it, and compared row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Triple

from kg.store import textfile, textrow, textsql
from kg.store.textfile import COLUMNS, told

_ROWS = {
    "texts": f"key, node, {COLUMNS}",
    "mentions": "key",
    "weights": "node, mentions",
}


def faults(path: Path, triples: Iterable[Triple]) -> list[str]:
    """What is wrong with the index in a file, a line each, where `triples` is the union of the graphs.

    Triples that are not indexed may be among them. All is done on a copy, so that others can use the file meanwhile.
    """
    with told(path):
        index = textfile.reading(path)
        if index is None:
            return ["there is no index of the words"]
        with closing(index), TemporaryDirectory(prefix="kg-") as folder:
            if textfile.version(index) != textfile.VERSION:
                return ["the index of the words is of another version"]
            copy = textfile.writing(Path(folder) / "text.sqlite")
            with closing(copy):
                index.backup(copy)
                return [*_pending(copy), *_damage(copy), *_differences(copy, triples)]


def _pending(copy: sqlite3.Connection) -> list[str]:
    (noted,) = copy.execute("SELECT count(*) FROM pending").fetchone()
    return [f"{noted:,} changes have not come into the index of the words"] if noted else []


def _damage(copy: sqlite3.Connection) -> list[str]:
    try:
        found = [line for (line,) in copy.execute("PRAGMA integrity_check")]
        # Its own check of the words against the rows; 1 asks for the latter.
        copy.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return [f"the index of the words is damaged: {error}"]
    return [] if found == ["ok"] else [f"the index of the words is damaged: {found[0]}"]


def _differences(copy: sqlite3.Connection, triples: Iterable[Triple]) -> Iterator[str]:
    for table in _ROWS:
        copy.execute(f"ALTER TABLE {table} RENAME TO found_{table}")
    with textfile.transaction(copy):
        textsql.empty(copy)
        textsql.fill(copy, filter(None, map(textrow.row, triples)))
    for table, columns in _ROWS.items():
        found = f"found_{table}"
        lacking, needless = _beyond(copy, table, found, columns), _beyond(copy, found, table, columns)
        if lacking or needless:
            yield f"the index of the words lacks {lacking:,} {table} that the store has, and has {needless:,} others"


def _beyond(copy: sqlite3.Connection, table: str, other: str, columns: str) -> int:
    """How many rows a table has that the other has not."""
    rows = f"SELECT {columns} FROM {table} EXCEPT SELECT {columns} FROM {other}"
    return int(copy.execute(f"SELECT count(*) FROM ({rows})").fetchone()[0])
