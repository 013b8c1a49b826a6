"""What a store's incidents were made from, kept so that one more article costs only what it touches.

It is a SQLite database beside the store, or in memory for a store elsewhere. It can be thrown away: it is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.merge.blocks import keys
from kg.merge.coded import decode, encode
from kg.merge.likeness import probability, settings
from kg.merge.telling import Telling

_SCHEMA = """
CREATE TABLE version (made_by TEXT);
CREATE TABLE graph (iri TEXT PRIMARY KEY, mark TEXT) WITHOUT ROWID;
CREATE TABLE event (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, graph TEXT, incident TEXT, shard TEXT, content TEXT);
CREATE INDEX event_graph ON event (graph);
CREATE INDEX event_shard ON event (shard, iri);
CREATE TABLE key (hash INTEGER, event INTEGER, looks INTEGER, PRIMARY KEY (hash, event)) WITHOUT ROWID;
CREATE INDEX key_event ON key (event);
CREATE TABLE pair (one INTEGER, other INTEGER, chance REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE judged (one TEXT, other TEXT, verb TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE unwritten (shard TEXT PRIMARY KEY) WITHOUT ROWID;
"""
KEPT = 20_000
"""Tellings that are kept decoded; articles of the same days come together, and so do their happenings."""

Place = tuple[str, str]
"""The incident that an event is of, and the shard that it stands in, both by name; empty where it has none yet."""


class Index:
    """The tellings of a store, the likely pairs of them, and what incident each is of. Events go by number.

    `made_by` is a digest of the rules: what others made is thrown away, and all is with `anew`. Changes count from
    `write` or the end of the block on.
    """

    def __init__(self, path: Path | None, *, made_by: str, anew: bool = False) -> None:
        self._db = _opened(path, made_by, anew=anew)
        self.telling = lru_cache(KEPT)(self._telling)

    def _telling(self, event: int) -> Telling:
        return decode(self._db.execute("SELECT content FROM event WHERE id = ?", (event,)).fetchone()[0])

    def marks(self) -> dict[str, str]:
        """The graphs that are in it, by IRI, with their marks."""
        return dict(self._db.execute("SELECT iri, mark FROM graph"))

    def events(self, *, graph: str) -> dict[int, str]:
        """The events of an article's graph, with their IRIs."""
        return dict(self._db.execute("SELECT id, iri FROM event WHERE graph = ?", (graph,)))

    def numbers(self, iris: Iterable[str]) -> dict[str, int]:
        """The numbers of those events that are there, by IRI."""
        found = ((iri, self._first("SELECT id FROM event WHERE iri = ?", iri)) for iri in iris)
        return {iri: ids[0] for iri, ids in found if ids}

    def near(self, event: int) -> dict[int, float]:
        """The events that may be of one happening with it, and how likely that is."""
        return dict(self._db.execute("SELECT other, chance FROM pair WHERE one = ?", (event,)))

    def remove(self, graph: str) -> None:
        """Takes a graph's events out."""
        for event in self.events(graph=graph):
            self._db.execute(
                "DELETE FROM pair WHERE other = ? AND one IN (SELECT other FROM pair WHERE one = ?)", (event, event)
            )
            self._db.execute("DELETE FROM pair WHERE one = ?", (event,))
            self._db.execute("DELETE FROM key WHERE event = ?", (event,))
            self._db.execute("DELETE FROM event WHERE id = ?", (event,))
        self._db.execute("DELETE FROM graph WHERE iri = ?", (graph,))

    def mark(self, graph: str, mark: str) -> None:
        """Notes that the graph's events are those of this mark."""
        self._db.execute("INSERT OR REPLACE INTO graph VALUES (?, ?)", (graph, mark))

    def add(self, telling: Telling) -> int:
        """The number of a new event, which is compared with all that share a key with it."""
        row = (telling.iri, telling.graph, encode(telling))
        event = self._db.execute(
            "INSERT INTO event (iri, graph, incident, shard, content) VALUES (?, ?, '', '', ?)", row
        ).lastrowid
        assert event is not None
        looks: dict[int, bool] = {}
        for key in keys(telling):
            number = _hash(key.text)
            looks[number] = key.looks or looks.get(number, False)
        found = self._sharing(looks)
        self._db.executemany(
            "INSERT INTO key VALUES (?, ?, ?)", ((number, event, look) for number, look in looks.items())
        )
        least = settings()["limits"]["doubt"]
        for other in found:
            if (chance := probability(telling, self.telling(other))) >= least:
                self._db.executemany(
                    "INSERT INTO pair VALUES (?, ?, ?)", ((event, other, chance), (other, event, chance))
                )
        return event

    def _sharing(self, looks: Mapping[int, bool]) -> set[int]:
        """The events that share a key by which one of both looks."""
        found: set[int] = set()
        for wanted, condition in ((True, ""), (False, " AND looks")):
            numbers = ",".join(str(number) for number, look in looks.items() if look is wanted)
            found.update(self._first(f"SELECT event FROM key WHERE hash IN ({numbers}){condition}"))  # noqa: S608  # they are numbers
        return found

    def place(self, event: int) -> Place:
        """Where the event belongs."""
        found: Place = self._db.execute("SELECT incident, shard FROM event WHERE id = ?", (event,)).fetchone()
        return found

    def put(self, events: Sequence[int], place: Place) -> None:
        """Notes where the events belong."""
        self._db.executemany(
            "UPDATE event SET incident = ?, shard = ? WHERE id = ?", ((*place, event) for event in events)
        )

    def shard(self, name: str) -> dict[str, list[int]]:
        """The events that stand in a shard, by incident."""
        found: dict[str, list[int]] = {}
        for event, incident in self._db.execute("SELECT id, incident FROM event WHERE shard = ? ORDER BY iri", (name,)):
            found.setdefault(incident, []).append(event)
        return found

    def shards(self) -> dict[str, str]:
        """The shards that hold anything, each with the first of its events, by IRI."""
        return dict(self._db.execute("SELECT shard, MIN(iri) FROM event WHERE shard <> '' GROUP BY shard"))

    def unwritten(self) -> set[str]:
        """The shards that the store may not have as they are here, as whoever wrote them may have been killed."""
        return set(self._first("SELECT shard FROM unwritten"))

    def write(self, shards: Iterable[str]) -> None:
        """Keeps all that was done so far, and that these shards are to be written."""
        self._db.executemany("INSERT OR IGNORE INTO unwritten VALUES (?)", ((shard,) for shard in shards))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def written(self) -> None:
        """Notes that the store has all shards as they are here."""
        self._db.execute("DELETE FROM unwritten")

    def counts(self) -> tuple[int, int, int]:
        """How many events there are, how many incidents, and how many of these more than one article tells of."""
        found: tuple[int, int, int] = self._db.execute(
            "SELECT COALESCE(SUM(n), 0), COUNT(*), COALESCE(SUM(graphs > 1), 0)"
            " FROM (SELECT COUNT(*) AS n, COUNT(DISTINCT graph) AS graphs FROM event GROUP BY incident)"
        ).fetchone()
        return found

    def judged(self) -> dict[tuple[str, str], str]:
        """The verbs of the judgements that the incidents were made with, by the IRIs of two events."""
        return {(one, other): verb for one, other, verb in self._db.execute("SELECT one, other, verb FROM judged")}

    def judge(self, judged: Mapping[tuple[str, str], str]) -> None:
        """Notes with which judgements the incidents are made."""
        self._db.execute("DELETE FROM judged")
        self._db.executemany("INSERT INTO judged VALUES (?, ?, ?)", ((*pair, verb) for pair, verb in judged.items()))

    def _first(self, query: str, *values: object) -> list[Any]:
        return [row[0] for row in self._db.execute(query, values)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._db):
            if kind is None:
                self._db.execute("COMMIT")


def _opened(path: Path | None, made_by: str, *, anew: bool) -> sqlite3.Connection:
    if path is not None:
        if not anew and path.exists() and _is_by(made_by, path):
            db = _connected(path)
            db.execute("BEGIN")
            return db
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    db = _connected(path)
    db.executescript(_SCHEMA)
    db.execute("BEGIN")
    db.execute("INSERT INTO version VALUES (?)", (made_by,))
    return db


def _is_by(made_by: str, path: Path) -> bool:
    """Whether the file is an index that was made by these rules."""
    with closing(sqlite3.connect(path)) as db:
        try:
            found: object = db.execute("SELECT made_by FROM version").fetchone()
            return found == (made_by,)
        except sqlite3.DatabaseError:  # damaged, or begun by a process that was killed
            return False


def _connected(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _hash(key: str) -> int:
    """A number of 63 bits; two keys that share one only cost a comparison."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1
