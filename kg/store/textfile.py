"""The SQLite file of a text index: its tables, and how it is opened for writing and for reading."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.store.textquery import bare
from kg.store.textrow import FIELDS

VERSION = 2
"""What `PRAGMA user_version` is in a file that this code wrote. A change of what is indexed raises it too."""

COLUMNS = ", ".join(FIELDS)
TABLES = (
    f"CREATE TABLE texts (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, node TEXT NOT NULL, {COLUMNS})",
    f"CREATE VIRTUAL TABLE words USING fts5({COLUMNS}, content='texts', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TABLE mentions (key BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE weights (node TEXT PRIMARY KEY, mentions INTEGER NOT NULL, weight REAL NOT NULL) WITHOUT ROWID",
)
"""A row for each indexed triple, its text in one of the columns, and its words; FTS5 keeps no copy of the text. And the
mentions that have been counted, how many each node has, and by how much its texts count more than others for that."""

PENDING = "CREATE TABLE pending (id INTEGER PRIMARY KEY, what INTEGER NOT NULL, triple TEXT NOT NULL)"

_WAIT = 30.0  # seconds, while another process recovers the file after a crash
_CODE = 0xFF  # what of SQLite's extended error codes is the error's kind


def writing(path: Path) -> sqlite3.Connection:
    """The file opened for writing, made where there is none. A file that is no whole database is made anew, empty."""
    try:
        return _tried(str(path), writes=True)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & _CODE not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return _tried(str(path), writes=True)


def reading(path: Path) -> sqlite3.Connection | None:
    """The file opened for reading, beside a writer or alone; None where there is no file.

    SQLite wants to write two small files beside it even so. Where it may not (a read-only disk) and no writer has left
    changes in them, the file is read as one that nobody changes meanwhile.
    """
    if not path.is_file():
        return None
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _tried(address, writes=False)
    except sqlite3.OperationalError as error:
        refused = error.sqlite_errorcode & _CODE in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not refused or path.with_name(path.name + "-wal").exists():
            raise
    return _tried(f"{address}&immutable=1", writes=False)


def _tried(address: str, *, writes: bool) -> sqlite3.Connection:
    """A connection that has read the file once, because SQLite opens it no earlier."""
    index = sqlite3.connect(address, uri=not writes, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    index.create_function("bare", 1, bare, deterministic=True)
    try:
        if writes:
            index.execute("PRAGMA journal_mode = WAL")
            # Safe when the process dies. What a dead machine takes, it takes from the store as well.
            index.execute("PRAGMA synchronous = NORMAL")
            index.execute("PRAGMA secure_delete = OFF")
            index.execute("PRAGMA cache_size = -32768")  # KiB
        version(index)
        index.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        index.close()
        raise
    return index


def version(index: sqlite3.Connection) -> int:
    """The VERSION of the code that wrote the file; 0 where nothing has been indexed yet."""
    return int(index.execute("PRAGMA user_version").fetchone()[0])


def clear(index: sqlite3.Connection) -> None:
    """Takes out every table, of whatever version. Inside a transaction."""
    # FTS5's own tables go with the virtual one, which is why that goes first.
    for pattern in ("CREATE VIRTUAL TABLE%", "CREATE TABLE%"):
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE ? AND name NOT LIKE 'sqlite%'"
        for (name,) in index.execute(tables, (pattern,)).fetchall():
            index.execute(f'DROP TABLE "{name}"')


@contextmanager
def transaction(index: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside, or nothing of it. One inside another is part of it."""
    if index.in_transaction:
        yield
        return
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
        index.execute("COMMIT")
    except BaseException:
        if index.in_transaction:
            index.execute("ROLLBACK")
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as StoreErrors that name the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: the text index can't be used: {error}") from error
    except sqlite3.Error as error:
        remedy = "delete this file and open the store for writing, which makes it anew"
        raise StoreError(f"{path}: the text index is damaged ({error}): {remedy}") from error


def rows(index: sqlite3.Connection, sql: str, values: dict[str, object]) -> closing[sqlite3.Cursor]:
    """The rows of a query, as a context whose end lets go of the snapshot that they are read from."""
    return closing(index.execute(sql, values))
