"""Things become a gazetteer on disk: tries of names, a database of things, and a page that says what it was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path

import marisa_trie

from kg.gazetteer.merge import Thing
from kg.gazetteer.references import References
from kg.gazetteer.row import OLD
from kg.gazetteer.tables import common
from kg.names import HOW, fold, surface
from kg.names.fold import bones
from kg.names.layout import COMMON, CORE, EXACT, POSTING, SKELETON, pack

SHORT = 3
"""Names of so many letters or fewer ('US', 'IS', 'WHO') are found in their exact case only."""
FAMOUS = 8
"""The fame from which on a person is found by the surname alone."""
SHARD = 200_000
"""Keys in one trie: a trie is built in memory, so this bounds what a build needs."""
_BITS = {how: number for number, how in enumerate(HOW)}
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
_INDEXES = """
CREATE INDEX thing_qid ON thing (qid) WHERE qid IS NOT NULL;
CREATE INDEX thing_geonames ON thing (geonames) WHERE geonames IS NOT NULL;
"""
_SCRATCH = "CREATE TEMP TABLE posting (key TEXT, number INTEGER, bits INTEGER);"
_ONE = f"INSERT INTO thing VALUES ({', '.join('?' * 20)})"


def write(things: Iterable[Thing], folder: Path, *, told: Callable[[int], None] = lambda _: None) -> dict[str, object]:
    """Write a gazetteer of the things into an existing folder; the result says how many things and names it has.

    `told` gets the number of things written, now and then. The caller writes about.json.
    """
    path = folder / "entities.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    words: set[str] = set()
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA + _SCRATCH)
        references = References(database)
        number = 0
        numbered = enumerate(things, start=1)
        while batch := list(islice(numbered, BATCH)):
            _add(database, references, batch)
            words |= {fold(form).split(" ", 1)[0] for _, thing in batch if thing.row.core for form in _sought(thing)}
            number = batch[-1][0]
            told(number)
        database.executescript(_INDEXES)
        references.resolve()
        database.commit()
        names, shards, longest = _tries(database, folder)
        marisa_trie.Trie(sorted(words)).save(str(folder / "words.marisa"))
    finally:
        database.close()
    return {"things": number, "names": names, "shards": shards, "longest": longest}


def _add(database: sqlite3.Connection, references: References, batch: Sequence[tuple[int, Thing]]) -> None:
    """Write numbered things."""
    for number, thing in batch:
        references.learn(number, thing)
    database.executemany(_ONE, [_columns(number, thing, references) for number, thing in batch])
    database.executemany(
        "INSERT INTO office VALUES (?, ?, ?, ?, ?, ?)",
        [(number, n, o.role, o.country, o.start and o.start.isoformat(), o.end and o.end.isoformat())
         for number, thing in batch for n, o in enumerate(thing.row.offices)],
    )  # fmt: skip
    labels = [(number, *pair) for number, thing in batch for pair in thing.row.labels]
    database.executemany("INSERT INTO label VALUES (?, ?, ?)", labels)
    postings = [(key, number, bits) for number, thing in batch for key, bits in _postings(thing).items()]
    database.executemany("INSERT INTO posting VALUES (?, ?, ?)", postings)


def _columns(number: int, thing: Thing, references: References) -> tuple[object, ...]:
    """The columns of a thing in the database."""
    row = thing.row
    country, within = references.known(number, thing)
    keys = "|".join(key for key in thing.keys if not key.startswith(OLD))
    return (
        number, row.label, "|".join(row.classes), row.qid, row.geonames, country, within, row.lat, row.lon,
        row.population, row.role, row.description, row.fame, row.prior, row.word_loss, row.source, row.licence,
        pack(thing.names), keys, row.core,
    )  # fmt: skip


def _sought(thing: Thing) -> Iterator[str]:
    """The names that texts are searched for."""
    return (form for form, _, core in _forms(thing) if core)


def _forms(thing: Thing) -> Iterator[tuple[str, str, bool]]:
    yield thing.row.label, "label", thing.row.core
    yield from thing.names


def _postings(thing: Thing) -> dict[str, int]:
    """The keys that a thing is found under, with the bits of each; of names that fold alike the first one counts."""
    out: dict[str, int] = {}
    words = common()
    for form, how, core in _forms(thing):
        exact = surface(form)
        key = exact.casefold()
        if not key or key.isspace():
            continue
        word = key in words
        bits = _BITS[how] | CORE * core | COMMON * word
        cased = word or len(key) <= SHORT
        known = out.get(key, out.get(EXACT + exact))
        if known is None or core and not known & CORE:
            out.pop(key, None)
            out[EXACT + exact if cased else key] = bits
        if how in ("label", "alias") and (sound := bones(key)):
            out.setdefault(SKELETON + sound, 1)
    surname = thing.row.label.split()[-1] if "Person" in thing.row.classes and " " in thing.row.label else ""
    if surname and (thing.row.core or thing.row.fame >= FAMOUS):
        key = fold(surname)
        out.setdefault(EXACT + surface(surname) if len(key) <= SHORT or key in common() else key,
                       HOW.index("surname") | COMMON * (key in common()))  # fmt: skip
    return out


def _tries(database: sqlite3.Connection, folder: Path) -> tuple[int, list[str], int]:
    """Write the tries; the number of postings, the first key of each trie, and the words of the longest core name."""
    for old in folder.glob("names-*.marisa"):
        old.unlink()
    rows = database.execute("SELECT key, number, bits FROM posting ORDER BY key, number")
    groups = groupby(rows, key=itemgetter(0))
    shards: list[str] = []
    count, longest = 0, 1

    # A key's postings must stay in one trie, so keys are counted, not postings.
    def records(part: Iterable[tuple[str, Iterable[tuple[str, int, int]]]]) -> Iterator[tuple[str, tuple[int, int]]]:
        nonlocal count, longest
        for key, postings in part:
            for _, number, bits in postings:
                count += 1
                if bits & CORE:
                    longest = max(longest, key.count(" ") + 1)
                yield key, (number, bits)

    while (first := next(groups, None)) is not None:
        shards.append(first[0])
        trie = marisa_trie.RecordTrie(POSTING, records(chain([first], islice(groups, SHARD - 1))))
        trie.save(str(folder / f"names-{len(shards) - 1:03}.marisa"))
    return count, shards, longest
