"""A gazetteer on disk: a folder with tries of names and a database of things, both mapped into memory.

`names-*.marisa` are record tries from folded names to postings (number of the thing, bits), each holding a range of the
keys; `words.marisa` holds the first words of the names that texts are searched for; `entities.sqlite` has the things;
`about.json` says what the gazetteer was built from. Nothing is read until it is asked for.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import marisa_trie

from kg.errors import GazetteerError
from kg.names.fold import bones, fold, likeness, surface
from kg.names.layout import (
    COLUMNS,
    COMMON,
    CORE,
    EXACT,
    FORMAT,
    HOW_BITS,
    POSTING,
    SKELETON,
    Record,
    named,
    office_of,
    unpack,
)
from kg.names.name import HOW, Name, Office

ALIKE = 0.8
"""The likeness from which on a name is a spelling of another."""
MANY = 64
"""Things of one skeleton beyond which none is looked at: it tells too little."""

_THING = f"SELECT {', '.join(COLUMNS)} FROM thing WHERE "

_OFFICES = 'SELECT thing, role, country, start, "end" FROM office WHERE'
_LABELS = "SELECT thing, language, text FROM label WHERE"

_first = itemgetter(0)


class Gazetteer:
    """The things of one folder, found by name, item or GeoNames id. Raises GazetteerError where the folder is none.

    It may be asked from the thread that opened it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.about: dict[str, Any] = json.loads((folder / "about.json").read_text("utf8"))
        except (OSError, ValueError) as error:
            raise GazetteerError("no gazetteer is here", where=str(folder), remedy="see `kg gazetteer`") from error
        if self.about.get("format") != FORMAT:
            raise GazetteerError(
                f"the gazetteer has format {self.about.get('format')}, not {FORMAT}",
                where=str(folder),
                remedy="build it again with `kg gazetteer build`",
            )
        self.longest: int = self.about["longest"]
        self._starts: list[str] = self.about["shards"]
        self._shards = [
            marisa_trie.RecordTrie(POSTING).mmap(str(folder / f"names-{number:03}.marisa"))
            for number in range(len(self._starts))
        ]
        self._words = marisa_trie.Trie().mmap(str(folder / "words.marisa"))
        path = (folder / "entities.sqlite").absolute()
        self._things = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, cached_statements=64)
        self._things.execute("PRAGMA mmap_size = 8589934592")
        self._record = lru_cache(maxsize=20_000)(self._read)
        self._looked_up = lru_cache(maxsize=20_000)(self._look_up)

    def close(self) -> None:
        """Close the database; the gazetteer can't be asked afterwards."""
        self._things.close()

    @property
    def version(self) -> str:
        """A short name of what the gazetteer was built from; the same sources give the same version."""
        return str(self.about["version"])

    # ------------------------------------------------------------------ by name

    def lookup(self, name: str, *, core: bool = False) -> tuple[Name, ...]:
        """What the name can stand for, the likeliest first; `core` leaves out what texts are not searched for."""
        return self._looked_up(name, core)

    def _look_up(self, name: str, core: bool) -> tuple[Name, ...]:
        exact = surface(name)
        key = exact.casefold()
        if not key:
            return ()
        # Of several names of a thing that fold alike, the first one counts: labels stand before aliases.
        best: dict[int, int] = {}
        for number, bits in (*self._postings(key), *self._postings(EXACT + exact)):
            if not core or bits & CORE:
                best[number] = min(bits, best.get(number, bits), key=lambda b: (not b & CORE, b & HOW_BITS))
        return _sorted(self._named(number, bits) for number, bits in best.items())

    def similar(self, name: str) -> tuple[tuple[Name, float], ...]:
        """The things that have a name of the same sound, each with how alike the names are (0.8 to 1)."""
        folded = fold(name)
        sound = bones(folded)
        postings = self._postings(SKELETON + sound) if sound else []
        if len(postings) > MANY:
            return ()
        found = []
        for number in dict.fromkeys(number for number, _ in postings):
            forms = (fold(form) for form, how in self._forms(number) if how in ("label", "alias"))
            near = max((likeness(folded, form) for form in forms), default=0.0)
            if near >= ALIKE:
                found.append((replace(self._named(number, 1), how="similar"), round(near, 3)))
        return tuple(sorted(found, key=lambda pair: (-pair[1], -pair[0].prior, pair[0].label, pair[0].number)))

    def starts_name(self, word: str) -> bool:
        """Whether a name that texts are searched for starts with this folded word."""
        return word in self._words

    # ------------------------------------------------------------------ by identifier

    def thing(self, number: int) -> Name:
        """The thing of this number."""
        return self._named(number, 0)

    def by_qid(self, qid: str) -> Name | None:
        """The thing with this Wikidata item."""
        return self._one("qid = ?", qid)

    def by_geonames(self, identifier: int) -> Name | None:
        """The thing with this GeoNames id."""
        return self._one("geonames = ?", identifier)

    def state(self, label: str) -> Name | None:
        """The State of this label."""
        return next((name for name in self.lookup(label) if "State" in name.classes and name.label == label), None)

    # ------------------------------------------------------------------ about a thing

    def containers(self, thing: Name) -> tuple[Name, ...]:
        """The places that the thing lies in, the smallest first: its province, its state."""
        out: list[Name] = []
        within = self._record(thing.number)[6] if thing.number >= 0 else None
        while within is not None and len(out) < 6:
            if any(place.number == within for place in out) or within == thing.number:
                break
            out.append(self._named(within, 0))
            within = self._record(within)[6]
        known = thing.country and not any("State" in place.classes for place in out)
        if known and "State" not in thing.classes and (state := self.state(thing.country or "")) is not None:
            out.append(state)
        return tuple(out)

    def offices(self, thing: Name) -> tuple[Office, ...]:
        """The offices that a person held, in order of time."""
        rows = self._things.execute(f"{_OFFICES} thing = ? ORDER BY start, role", (thing.number,))
        return tuple(office_of(rest) for _, *rest in rows)

    def labels(self, thing: Name) -> tuple[tuple[str, str], ...]:
        """The thing's labels as (language, label) pairs, languages by BCP 47 tag, in their order."""
        rows = self._things.execute(f"{_LABELS} thing = ? ORDER BY language", (thing.number,))
        return tuple((language, text) for _, language, text in rows)

    def forms(self, thing: Name) -> tuple[tuple[str, str], ...]:
        """All names of the thing with how each refers to it, the label first."""
        return tuple(self._forms(thing.number)) if thing.number >= 0 else ((thing.label, "label"),)

    def records(self, start: int = 0) -> Iterator[dict[str, Any]]:
        """Every thing with a number above `start` as the database has it, by number.

        `names` is a list of (form, how, core), `offices` and `labels` are as the methods of these names give them.
        """
        offices = groupby(self._things.execute(f"{_OFFICES} thing > ? ORDER BY thing, number", (start,)), _first)
        labels = groupby(self._things.execute(f"{_LABELS} thing > ? ORDER BY thing, language", (start,)), _first)
        office, label = next(offices, None), next(labels, None)
        for row in self._things.execute(f"{_THING} number > ? ORDER BY number", (start,)):
            record = dict(zip(COLUMNS, row, strict=True))
            record |= {"names": list(unpack(record["names"])), "offices": (), "labels": ()}
            if office is not None and office[0] == row[0]:
                record["offices"] = tuple(office_of(rest) for _, *rest in office[1])
                office = next(offices, None)
            if label is not None and label[0] == row[0]:
                record["labels"] = tuple((language, text) for _, language, text in label[1])
                label = next(labels, None)
            yield record

    def classes(self) -> dict[str, int]:
        """The number of things of each class, by their most specific one, the largest first."""
        ask = "SELECT substr(classes, 1, instr(classes || '|', '|') - 1) AS class, count(*) AS things FROM thing"
        return dict(self._things.execute(f"{ask} GROUP BY class ORDER BY things DESC, class"))

    def holding(self) -> frozenset[int]:
        """The numbers of all things that others lie in."""
        found = self._things.execute("SELECT DISTINCT within FROM thing WHERE within IS NOT NULL")
        return frozenset(number for (number,) in found)

    # ------------------------------------------------------------------ within

    def _postings(self, key: str) -> list[tuple[int, int]]:
        shard = bisect_right(self._starts, key) - 1
        return self._shards[shard].get(key) or [] if shard >= 0 else []

    def _read(self, number: int) -> Record:
        row = self._things.execute(f"{_THING} number = ?", (number,)).fetchone()
        if row is None:
            raise GazetteerError(f"thing {number} is missing", where=str(self.folder), remedy="build it again")
        return tuple(row)

    def _one(self, condition: str, value: object) -> Name | None:
        row = self._things.execute(f"{_THING} {condition} ORDER BY number LIMIT 1", (value,)).fetchone()
        return named(row) if row else None

    def _named(self, number: int, bits: int) -> Name:
        """The thing as one of its names shows it: how it refers, and how likely."""
        return named(self._record(number), HOW[bits & HOW_BITS], bool(bits & COMMON))

    def _forms(self, number: int) -> Iterator[tuple[str, str]]:
        record = self._record(number)
        yield record[1], "label"
        yield from ((form, how) for form, how, _ in unpack(record[17]))


def _sorted(names: Iterator[Name]) -> tuple[Name, ...]:
    return tuple(
        sorted(names, key=lambda name: (-name.prior, -name.population, name.label, name.qid or "", name.number))
    )
