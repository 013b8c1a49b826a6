"""Things become a gazetteer on disk: tries of names, a database of things, and a page that says what it was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from pathlib import Path

import marisa_trie

from kg.gazetteer.merge import Thing
from kg.gazetteer.row import OLD
from kg.names import HOW, fold, surface
from kg.names.fold import bones
from kg.names.gazetteer import COMMON, CORE, EXACT, POSTING, SKELETON, pack

SHORT = 3
"""Names of so many letters or fewer ('US', 'IS', 'WHO') are found in their exact case only."""
SHARD = 400_000
"""Keys in one trie: a trie is built in memory, so this bounds what a build needs."""
BATCH = 2_000
"""Things written at once."""

_SCHEMA = """
CREATE TABLE thing (
    number INTEGER PRIMARY KEY, label TEXT, classes TEXT, qid TEXT, geonames INTEGER, country TEXT, within INTEGER,
    lat REAL, lon REAL, population INTEGER, role TEXT, description TEXT, fame INTEGER, prior REAL, word_loss REAL,
    source TEXT, licence TEXT, names TEXT, keys TEXT, core INTEGER
);
CREATE TABLE office (thing INTEGER, number INTEGER, role TEXT, country TEXT, start TEXT, "end" TEXT,
    PRIMARY KEY (thing, number)) WITHOUT ROWID;
CREATE TABLE label (thing INTEGER, language TEXT, text TEXT, PRIMARY KEY (thing, language)) WITHOUT ROWID;
"""
_SCRATCH = """
CREATE TEMP TABLE posting (key TEXT, number INTEGER, bits INTEGER);
CREATE TEMP TABLE identifier (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE reference (number INTEGER, within TEXT, country TEXT);
CREATE TEMP TABLE state (key TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
CREATE TEMP TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@cache
def common() -> frozenset[str]:
    """The folded names that are ordinary words, given names or family names too."""
    text = files("kg.gazetteer").joinpath("tables", "common.txt").read_text("utf8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def write(things: Iterable[Thing], folder: Path, *, told: Callable[[int], None] = lambda _: None) -> dict[str, object]:
    """Write a gazetteer of the things into an existing folder; the result says how many things and names it has.

    `told` gets the number of things written, now and then. The caller writes about.json.
    """
    path = folder / "entities.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA + _SCRATCH)
        number = 0
        numbered = enumerate(things, start=1)
        while batch := list(islice(numbered, BATCH)):
            _add(database, batch)
            number = batch[-1][0]
            told(number)
        _resolve(database)
        names, shards, longest = _tries(database, folder)
        database.commit()
        database.executescript(
            "CREATE INDEX thing_qid ON thing (qid) WHERE qid IS NOT NULL;"
            "CREATE INDEX thing_geonames ON thing (geonames) WHERE geonames IS NOT NULL; VACUUM;"
        )
    finally:
        database.close()
    return {"things": number, "names": names, "shards": shards, "longest": longest}


def _add(database: sqlite3.Connection, batch: Sequence[tuple[int, Thing]]) -> None:
    """Write numbered things, and note what is resolved when all are there."""
    rows = [(number, thing.row, thing) for number, thing in batch]
    database.executemany(
        f"INSERT INTO thing VALUES ({', '.join('?' * 20)})",
        [(number, row.label, "|".join(row.classes), row.qid, row.geonames, None, None, row.lat, row.lon, row.population,
          row.role, row.description, row.fame, row.prior, row.word_loss, row.source, row.licence,
          pack(thing.names), "|".join(key for key in thing.keys if not key.startswith(OLD)), row.core)
         for number, row, thing in rows],
    )  # fmt: skip
    database.executemany(
        "INSERT INTO office VALUES (?, ?, ?, ?, ?, ?)",
        [(number, n, o.role, o.country, o.start and o.start.isoformat(), o.end and o.end.isoformat())
         for number, row, _ in rows for n, o in enumerate(row.offices)],
    )  # fmt: skip
    labels = [(number, *pair) for number, row, _ in rows for pair in row.labels]
    database.executemany("INSERT INTO label VALUES (?, ?, ?)", labels)
    identifiers = [(key, number) for number, _, thing in rows for key in thing.keys]
    database.executemany("INSERT OR IGNORE INTO identifier VALUES (?, ?)", identifiers)
    references = [(number, row.within, row.country) for number, row, _ in rows if row.within or row.country]
    database.executemany("INSERT INTO reference VALUES (?, ?, ?)", references)
    states = [(name, row.label) for _, row, thing in rows if "State" in row.classes for name in _called(thing)]
    database.executemany("INSERT OR IGNORE INTO state VALUES (?, ?)", states)
    postings = [(key, number, bits) for number, _, thing in rows for key, bits in _postings(thing).items()]
    database.executemany("INSERT INTO posting VALUES (?, ?, ?)", postings)
    words = {fold(form).split(" ", 1)[0] for _, row, thing in rows if row.core for form, _, core in _forms(thing) if core}
    database.executemany("INSERT OR IGNORE INTO word VALUES (?)", [(word,) for word in sorted(words)])


def _called(thing: Thing) -> list[str]:
    """What other rows may call a State by."""
    return [thing.row.label, *thing.keys, *(form for form, how, _ in thing.names if how == "alias")]


def _forms(thing: Thing) -> Iterator[tuple[str, str, bool]]:
    yield thing.row.label, "label", thing.row.core
    yield from thing.names


def _postings(thing: Thing) -> dict[str, int]:
    """The keys that a thing is found under, with the bits of each; of names that fold alike the first one counts."""
    out: dict[str, int] = {}
    for form, how, core in _forms(thing):
        exact = surface(form)
        key = exact.casefold()
        if not key or key.isspace():
            continue
        bits = HOW.index(how) | CORE * core | COMMON * (key in common())
        cased = len(key) <= SHORT or key in common()
        known = out.get(key, out.get(EXACT + exact))
        if known is None or core and not known & CORE:
            out.pop(key, None)
            out[EXACT + exact if cased else key] = bits
        if how in ("label", "alias") and (sound := bones(key)):
            out.setdefault(SKELETON + sound, 1)
    return out


def _resolve(database: sqlite3.Connection) -> None:
    """References become what they refer to: a country the label of a State, a container the number of a place."""
    database.executescript(
        """
        CREATE INDEX temp.reference_number ON reference (number);
        -- What is not known as a State may be a territory's label, but not a code or an item.
        UPDATE thing SET country = s.label FROM (
            SELECT r.number, coalesce(state.label, CASE WHEN length(r.country) > 3
                   AND r.country NOT GLOB 'Q[0-9]*' THEN r.country END) AS label
            FROM reference r LEFT JOIN state ON state.key = r.country) s
            WHERE s.number = thing.number;
        UPDATE thing SET within = i.container FROM (
            SELECT r.number, identifier.number AS container FROM reference r JOIN identifier ON identifier.key = r.within) i
            WHERE i.number = thing.number AND i.container != thing.number;
        """
    )


def _tries(database: sqlite3.Connection, folder: Path) -> tuple[int, list[str], int]:
    """Write the tries; the number of postings, the first key of each trie, and the words of the longest core name."""
    for old in folder.glob("names-*.marisa"):
        old.unlink()
    rows = database.execute("SELECT key, number, bits FROM posting ORDER BY key, number")
    shards: list[str] = []
    count, longest = 0, 1
    groups = ((key, list(rows)) for key, rows in groupby(rows, key=lambda row: row[0]))
    while True:
        # A key's postings must stay in one trie, so keys are counted, not postings.
        part = list(islice(groups, SHARD))
        if not part:
            break
        flat = [(key, (number, bits)) for key, postings in part for _, number, bits in postings]
        marisa_trie.RecordTrie(POSTING, flat).save(str(folder / f"names-{len(shards):03}.marisa"))
        shards.append(part[0][0])
        count += len(flat)
        longest = max(longest, *(key.count(" ") + 1 for key, (_, bits) in flat if bits & CORE), 0)
    marisa_trie.Trie(word for (word,) in database.execute("SELECT word FROM word ORDER BY word")).save(
        str(folder / "words.marisa")
    )
    return count, shards, longest
