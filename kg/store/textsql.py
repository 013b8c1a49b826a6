"""The SQL of a text index: rows put in and taken out, all inside a transaction of the caller's, and hits asked for."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import starmap

from kg.store.textfile import COLUMNS, TABLES
from kg.store.textrow import FIELDS, Row

_PUT = {field: f"INSERT OR IGNORE INTO texts (key, node, {field}) VALUES (?, ?, ?)" for field in FIELDS}
_PUT_WORDS = f"INSERT INTO words (rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM texts WHERE id > ? ORDER BY id"
_TAKE_WORDS = {field: f"INSERT INTO words (words, rowid, {field}) VALUES ('delete', ?, ?)" for field in FIELDS}
_PUT_MENTION = "INSERT OR IGNORE INTO mentions (key) VALUES (?)"
_WEIGH = "INSERT OR REPLACE INTO weights (node, mentions, weight) VALUES (?, ?, ?)"
# Sentences stand for themselves: nothing is said of them as often as of a name, and none is looked for whole.
SENTENCES = (
    "SELECT texts.node, words.rank, 0 FROM words JOIN texts ON texts.id = words.rowid "
    "WHERE words MATCH :asked ORDER BY words.rank"
)
_TEXT = f"coalesce({', '.join(f'texts.{field}' for field in FIELDS)})"
# FTS5's rank is below 0, the lower the better. `bare` is ours (`textfile`), and too slow to look at texts that are so
# much longer than the words that they must hold others.
NAMES = (
    f"SELECT texts.node, words.rank * coalesce(weights.weight, 1) AS fit, "
    f"length({_TEXT}) <= :longest AND bare({_TEXT}) = :whole AS is_whole "
    "FROM words JOIN texts ON texts.id = words.rowid LEFT JOIN weights ON weights.node = texts.node "
    "WHERE words MATCH :asked ORDER BY is_whole DESC, fit"
)


def search(fields: Iterable[str]) -> str:
    """The query for the node, the fit and whether it is the whole text, of all hits in these fields, the best first."""
    return SENTENCES if set(fields) and set(fields) <= {"sentence", "span"} else NAMES


def empty(index: sqlite3.Connection) -> None:
    """Takes all rows out."""
    for table in ("words", "texts", "mentions", "weights"):
        index.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        index.execute(statement)


def fill(index: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Puts all rows of a store into empty tables, one by one."""
    mentions: Counter[str] = Counter()
    for row in rows:
        if row.field:
            index.execute(_PUT[row.field], (row.key, row.node, row.text))
        else:
            index.execute(_PUT_MENTION, (row.key,))
            mentions[row.node] += 1
    index.executemany(_WEIGH, starmap(_weighed, mentions.items()))
    index.execute("INSERT INTO words (words) VALUES ('rebuild')")


def change(index: sqlite3.Connection, rows: Sequence[tuple[Row, bool]]) -> None:
    """Puts the rows that are there into the tables and takes the others out.

    Words go out and come in in the order of the rows' numbers and by plain statements, since FTS5 writes out all it has
    gathered where a number is lower than the last one, and before every statement that fires a trigger.
    """
    texts = [(row, holds) for row, holds in rows if row.field]
    of_key = "SELECT id FROM texts WHERE key = ?"
    taken = [
        (number, row) for row, holds in texts if not holds for (number,) in index.execute(of_key, (row.key,)).fetchall()
    ]
    for number, row in sorted(taken):
        index.execute(_TAKE_WORDS[row.field], (number, row.text))
    index.executemany("DELETE FROM texts WHERE id = ?", [(number,) for number, _ in taken])
    (last,) = index.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()
    for field in FIELDS:
        put = [(row.key, row.node, row.text) for row, holds in texts if holds and row.field == field]
        index.executemany(_PUT[field], put)
    index.execute(_PUT_WORDS, (last,))
    _count(index, ((row, holds) for row, holds in rows if not row.field))


def _count(index: sqlite3.Connection, mentions: Iterable[tuple[Row, bool]]) -> None:
    """Counts the mentions that are new, and those no longer that are gone."""
    more: Counter[str] = Counter()
    for row, holds in mentions:
        statement = _PUT_MENTION if holds else "DELETE FROM mentions WHERE key = ?"
        more[row.node] += index.execute(statement, (row.key,)).rowcount * (1 if holds else -1)
    for node, number in more.items():
        (before,) = index.execute("SELECT mentions FROM weights WHERE node = ?", (node,)).fetchone() or (0,)
        if before + number:
            index.execute(_WEIGH, _weighed(node, before + number))
        else:
            index.execute("DELETE FROM weights WHERE node = ?", (node,))


def _weighed(node: str, mentions: int) -> tuple[str, int, float]:
    """A row of weights. Each further mention counts less than the one before."""
    return node, mentions, 1 + math.log1p(mentions)
