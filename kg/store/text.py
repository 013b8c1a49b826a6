"""The words of a store: which nodes have a name, a title or a sentence with them. A SQLite file beside the store.

What is indexed are the literals of `textrow.INDEXED` in the union of the named graphs, by their subject's IRI. Each is
of one field, and a search may be of some fields only.
`prepare` notes in the file what is about to change, the store's own transaction follows, and `finish` does what was
noted. Where the process dies or the store refuses in between, `recover` asks the store what holds.

    index.prepare(gone, new)
    try:
        store.update(...)
    except OSError:
        index.recover(lambda triple: triple in union)
        raise
    index.finish()

Whoever opens the file for writing calls `recover` first, and `rebuild` where that gives -1. One process writes, which
the store's lock sees to; any number read meanwhile, and see the index as the last `finish` left it, or of very many
changes some. A TextIndex is for one thread at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import NamedNode, Triple

from kg.errors import QueryError, StoreError
from kg.store import textfile, textquery, textrow, textsql
from kg.store.textfile import told, transaction
from kg.store.textrow import FIELDS

_GONE, _NEW, _EMPTIED = range(3)
_AT_ONCE = 50_000
"""Noted triples that are brought in together: more would take more memory, fewer more time."""


class TextIndex:
    """The text index in a file, open. `needs_rebuild` says that only `rebuild` makes it tell what the store holds.

    That is so where the file is new or damaged, another version wrote it, or the store was being emptied when a process
    died. Until then `prepare` and `finish` do nothing, as `rebuild` reads it all.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Opens the file; for writing, makes it where it is not there. Raises StoreError where SQLite can't."""
        self._path, self._read_only, self._closed = path, read_only, False
        with told(path):
            self._inner = textfile.reading(path) if read_only else textfile.writing(path)
            try:
                self.needs_rebuild = not self.is_current or self._first(self._open()) == _EMPTIED
            except sqlite3.Error:
                self.close()
                raise

    @property
    def is_current(self) -> bool:
        """Whether the file is there and has the version that this code writes."""
        return self._inner is not None and textfile.version(self._inner) == textfile.VERSION

    def prepare(self, gone: Iterable[Triple], new: Iterable[Triple], *, emptied: bool = False) -> None:
        """Notes in the file what the store is about to lose and to get; with `emptied`, it loses all it had before.

        Triples that are not indexed may be among them. A triple is in the union once, however many graphs hold it.
        """
        noted = [(_EMPTIED, "")] if emptied else []
        noted += [(_GONE, str(triple)) for triple in gone if textrow.row(triple)]
        noted += [(_NEW, str(triple)) for triple in new if textrow.row(triple)]
        self._note(noted, emptied=emptied)

    def prepare_lines(self, new: Iterable[str]) -> None:
        """Notes what the store is about to get, as `str` writes triples, so that it outlives a power cut.

        To be called where what the store is about to do does so too. Triples that it has may be among them.
        """
        index = self._writable()
        with told(self._path):
            index.execute("PRAGMA synchronous = FULL")
            try:
                self._note([(_NEW, line) for line in new], emptied=False)
            finally:
                index.execute("PRAGMA synchronous = NORMAL")

    def _note(self, noted: Sequence[tuple[int, str]], *, emptied: bool) -> None:
        index = self._writable()
        if self.needs_rebuild or not noted:
            return
        with told(self._path), transaction(index):
            if emptied:
                index.execute("DELETE FROM pending")
            index.executemany("INSERT INTO pending (what, triple) VALUES (?, ?)", noted)

    def finish(self) -> None:
        """Brings into the index what was noted: to be called when the store has done it."""
        index = self._writable()
        if self.needs_rebuild:
            return
        with told(self._path):
            if self._first(index) == _EMPTIED:
                with transaction(index):
                    textsql.empty(index)
                    _settle(index, None)
                    index.execute("DELETE FROM pending")
            else:
                _settle(index, None)

    def recover(self, holds: Callable[[Triple], bool]) -> int:
        """How many noted triples were brought to what `holds` says of the union now, mostly 0; -1 where that won't do.

        Then `needs_rebuild` is set too. To be called when the file is opened for writing, and when the store has
        refused a change.
        """
        index = self._writable()
        with told(self._path):
            self.needs_rebuild = self.needs_rebuild or self._first(index) == _EMPTIED
            return -1 if self.needs_rebuild else _settle(index, holds)

    def flush(self) -> None:
        """Makes sure that all that was brought into the index outlives a power cut."""
        with told(self._path):
            self._writable().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def optimize(self) -> None:
        """Makes the index as small and as fast as it can be, which takes room for a copy of it meanwhile."""
        index = self._writable()
        with told(self._path):
            with transaction(index):
                index.execute("INSERT INTO words (words) VALUES ('optimize')")
            index.execute("VACUUM")
            index.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def rebuild(self, triples: Iterable[Triple]) -> None:
        """Indexes anew, from all triples of the union, which are taken one by one.

        Readers see the old index until the end. Where the triples raise, the file stays as it was.
        """
        index = self._writable()
        with told(self._path):
            with transaction(index):
                textfile.clear(index)
                index.execute(textfile.PENDING)
                textsql.empty(index)
                textsql.fill(index, filter(None, map(textrow.row, triples)))
                index.execute(f"PRAGMA user_version = {textfile.VERSION}")
            index.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # else the log stays as large as the index
        self.needs_rebuild = False

    def search(
        self, words: str, *, limit: int = 1000, fields: Sequence[str] = (), prefix: bool = False
    ) -> list[tuple[NamedNode, float]]:
        """The nodes with a text that has all of the words, best first, at most `limit`, and the score of each.

        That is the score of its best text, above 0 and at most 1, to be compared within one answer: 1 where the text is
        the words and nothing else, else by BM25 and by how often the node is mentioned. Equal ones are in the order of
        the IRIs. Case and accents don't matter. With `fields` only texts of those count. `textquery.parts` says what
        may be typed: nothing is an error, and no words find nothing. Raises QueryError for what is no field, and
        StoreError where there is no index of this version.
        """
        if unknown := [field for field in fields if field not in FIELDS]:
            raise QueryError(f"there is no field {unknown[0]!r} to search, but {', '.join(FIELDS)}")
        index = self._readable()
        asked = textquery.expression(words, fields=fields, prefix=prefix)
        whole = textquery.bare(" ".join(part.words for part in textquery.parts(words) if not part.absent))
        terms: dict[str, object] = {"asked": asked, "whole": whole, "longest": 2 * len(whole)}
        found: dict[str, float] = {}
        if asked and limit > 0:
            with told(self._path), textfile.rows(index, textsql.search(fields), terms) as hits:
                last = 1.0
                for node, fit, is_whole in hits:
                    score = 1.0 if is_whole else -fit / (1 - fit)
                    if len(found) >= limit and score < last:
                        break
                    if node not in found:
                        found[node] = last = score
        best = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        return [(NamedNode(node), score) for node, score in best[:limit]]

    def close(self) -> None:
        """Closes the file. What has been noted and not finished stays noted."""
        self._closed = True
        if self._inner is not None:
            self._inner.close()
            self._inner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writable(self) -> sqlite3.Connection:
        if self._read_only:
            raise StoreError(f"{self._path} was opened for reading only")
        return self._open()

    def _readable(self) -> sqlite3.Connection:
        """The file if it can be searched. One that was not there when this was opened may be by now."""
        with told(self._path):
            if self._inner is None and not self._closed:
                self._inner = textfile.reading(self._path)
            index = self._open()
            if self.is_current:
                return index
            if textfile.version(index):
                raise StoreError(f"{self._path} has another version's text index: open the store for writing once")
        raise self._missing()

    def _open(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreError(f"{self._path} has been closed")
        if self._inner is None:
            raise self._missing()
        return self._inner

    def _missing(self) -> StoreError:
        return StoreError(f"{self._path}: there is no text index yet: opening the store for writing makes it")

    @staticmethod
    def _first(index: sqlite3.Connection) -> int | None:
        """What was noted first; None where nothing is pending. That the store is emptied stands before all else."""
        found = index.execute("SELECT what FROM pending ORDER BY id LIMIT 1").fetchone()
        return int(found[0]) if found else None


def _settle(index: sqlite3.Connection, holds: Callable[[Triple], bool] | None) -> int:
    """How many noted triples were put into the index or taken out; they are noted no more.

    By what `holds` says of each, else by what was noted last. Some at a time, each time all or nothing.
    """
    settled = 0
    of_some = f"SELECT id, what, triple FROM pending WHERE what <> {_EMPTIED} ORDER BY id LIMIT {_AT_ONCE}"
    while noted := index.execute(of_some).fetchall():
        with transaction(index):
            last = {line: what == _NEW for _, what, line in noted}
            triples = textrow.read(list(last))
            there = ((triple, holds(triple) if holds else last[line]) for line, triple in triples.items())
            textsql.change(index, [(row, held) for triple, held in there if (row := textrow.row(triple))])
            index.execute(f"DELETE FROM pending WHERE id <= ? AND what <> {_EMPTIED}", (noted[-1][0],))
        settled += len(last)
    return settled
