"""What rows refer to: countries become labels of States, containers numbers of things, offices what they are called."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from kg.gazetteer.merge import Thing
from kg.gazetteer.row import OLD

_SCRATCH = "CREATE TEMP TABLE reference (number INTEGER PRIMARY KEY, within TEXT, country TEXT);"
_OFFICES = """
CREATE TEMP TABLE called (item TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
INSERT OR IGNORE INTO called SELECT thing.qid, thing.label FROM office JOIN thing ON thing.qid = office.role;
DELETE FROM office WHERE role GLOB 'Q[1-9]*' AND role NOT IN (SELECT item FROM called);
UPDATE office SET role = (SELECT label FROM called WHERE item = role) WHERE role GLOB 'Q[1-9]*';
"""


class References:
    """What has been told so far, by the identifiers that rows use; what is told only later waits until the end."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._states: dict[str, str] = {}
        self._codes: dict[str, int] = {}
        database.executescript(_SCRATCH)

    def learn(self, number: int, thing: Thing) -> None:
        """Note what other rows may call a thing by. The first thing that has an identifier keeps it."""
        row = thing.row
        for key in thing.keys:
            # Its own item and GeoNames id are in the table of things.
            if key != row.qid and not (row.geonames and key == str(row.geonames)):
                self._codes.setdefault(key, number)
        if "State" in row.classes:
            called = (row.label, *thing.keys, *(form for form, how, _ in thing.names if how == "alias"))
            for name in called:
                if not name.startswith(OLD):
                    self._states.setdefault(name, row.label)

    def known(self, number: int, thing: Thing) -> tuple[str | None, int | None]:
        """The State and the container of a thing as far as they are known yet; the rest is noted for `resolve`."""
        within, country = thing.row.within, thing.row.country
        container = self._codes.get(within) if within else None
        state = self._states.get(country) if country else None
        if (within and container is None) or (country and state is None):
            self.database.execute("INSERT INTO reference VALUES (?, ?, ?)", (number, within, country))
        return state, container if container != number else None

    def resolve(self) -> None:
        """Resolve what waited, now that all things are there and have indexes."""
        container = lru_cache(maxsize=100_000)(self._container)
        waiting = self.database.execute("SELECT number, within, country FROM reference ORDER BY number")
        resolved = ((self._state(country), container(within), number) for number, within, country in waiting)
        self.database.executemany(
            "UPDATE thing SET country = ?1, within = nullif(?2, ?3) WHERE number = ?3", list(resolved)
        )
        self.database.executescript(_OFFICES)
        told = self.database.execute("SELECT DISTINCT country FROM office WHERE country IS NOT NULL ORDER BY country")
        changed = [(self._state(country), country) for (country,) in told.fetchall()]
        self.database.executemany(
            "UPDATE office SET country = ? WHERE country = ?", [pair for pair in changed if pair[0] != pair[1]]
        )

    def _state(self, country: str | None) -> str | None:
        """The label of a State; what is not known as one may be a territory's label, but not a code or an item."""
        if not country:
            return None
        item = country[0] == "Q" and country[1:].isdigit()
        return self._states.get(country) or (country if len(country) > 3 and not item else None)

    def _container(self, within: str | None) -> int | None:
        return next((found for key in _wider(within or "") if (found := self._numbered(key)) is not None), None)

    def _numbered(self, key: str) -> int | None:
        if key in self._codes:
            return self._codes[key]
        column = "qid" if key[:1] == "Q" else "geonames" if key.isdecimal() else ""
        if not column:
            return None
        ask = f"SELECT number FROM thing WHERE {column} = ? ORDER BY number"
        found = self.database.execute(ask, (int(key) if column == "geonames" else key,)).fetchone()
        return int(found[0]) if found else None


def _wider(within: str) -> Iterator[str]:
    """An identifier, and the codes of what it lies in: 'UA.05.12', 'UA.05', 'UA'."""
    while within:
        yield within
        within = within.rpartition(".")[0]
