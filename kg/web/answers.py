"""The answers of servers, kept on disk so that a second run needs to ask less and gives the same.

Plain SQLite: what is kept is the part of an answer that is used, each item by itself. A cache of whole HTTP responses
would keep none of Wikidata's (they are marked as not to be kept), but its error messages, which come with status 200.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from kg.errors import KGError

FILE = "answers-1.sqlite"
"""The file's name; its number rises when what is kept changes."""

DAYS = 30
_DAY = 24 * 60 * 60
_AT_ONCE = 500


class Answers:
    """A table of answers, shared by every process that opens the same folder.

    `folder` is made if it isn't there. Answers older than `days` are forgotten; `clock` gives the time in seconds.
    """

    def __init__(self, folder: Path, *, days: float = DAYS, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._life = clock, days * _DAY
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self._table = self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                # A cache that can't be read is worth nothing: begin a new one.
                self._path.unlink(missing_ok=True)
                self._table = self._open()
        except (OSError, sqlite3.Error) as error:
            raise KGError(f"{self._path}: no cache can be kept here: {error}; name another folder") from error

    def get(self, keys: Iterable[str]) -> dict[str, object]:
        """The answers that are kept and still fresh, by key; a kept None counts as an answer."""
        wanted, found = list(dict.fromkeys(keys)), dict[str, object]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            # What can't be read is asked for again.
            with suppress(sqlite3.Error):
                rows = self._table.execute(
                    f"SELECT key, answer FROM answers WHERE kept > ? AND key IN ({marks})",
                    (self._clock() - self._life, *some),
                )
                found |= {key: json.loads(answer) for key, answer in rows}
        return found

    def put(self, answers: Mapping[str, object]) -> None:
        """Keep these answers, if they can be: a full disk or another process that writes for long is no trouble."""
        now = self._clock()
        rows = [(key, now, json.dumps(answer)) for key, answer in answers.items()]
        with suppress(sqlite3.Error), self._table:
            self._table.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        self._table.close()

    def _open(self) -> sqlite3.Connection:
        table = sqlite3.connect(self._path, timeout=30)
        try:
            with table, closing(table.cursor()) as cursor:
                cursor.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, kept REAL, answer TEXT)")
                cursor.execute("DELETE FROM answers WHERE kept <= ?", (self._clock() - self._life,))
        except sqlite3.Error:
            table.close()
            raise
        return table
