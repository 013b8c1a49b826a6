"""A store in a folder of this machine: an Oxigraph database, its published copies, its text index, and a lock."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat

from kg.errors import StoreError, StoreLocked
from kg.rdf import nquads
from kg.sparql import Change, Union, apply, replacement, together, union_of
from kg.store import folder as folders
from kg.store import lines, lock, textrow, update
from kg.store.asking import ask
from kg.store.bulk import Doubled
from kg.store.published import Published
from kg.store.results import Results
from kg.store.text import TextIndex

PUBLISH_SECONDS = 1.0
BULK = 300_000
"""Bytes that are worth Oxigraph's bulk loader. It adds all that one call gives it in one step, which outlives a power
cut, but writes eleven new files each time; a transaction takes twice as long."""
READ = 1 << 16


class EmbeddedStore:
    """The store in a folder: see `kg.store.protocol.Store`.

    One process can have it open for writing. Beside that one, readers see the copy that it published last, at most
    PUBLISH_SECONDS old; where nobody writes, they see the store itself, and nobody can write until they close it.
    `database` is the folder of what this one sees: that of the store, or of a copy.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._folder, self._read_only = folder, read_only
        self.database = folder
        self._writing = threading.RLock()
        self._timer: threading.Timer | None = None
        self._text: TextIndex | None = None
        folders.check(folder, must_exist=read_only)
        self.published = Published(folder)
        self._held = ExitStack()
        try:
            self._inner: ox.Store | None = self._open()
        except BaseException:
            self._held.close()
            raise

    def _open(self) -> ox.Store:
        if self._read_only:
            try:
                self._held.enter_context(lock.take(self._folder, shared=True))
            except StoreLocked:
                if not self.published.number:
                    raise
                self.database = self._held.enter_context(self.published.reading())
                return folders.open_database(self.database, read_only=True)
            return folders.open_database(self._folder, read_only=True)
        self._held.enter_context(lock.take(self._folder, shared=False))
        inner = folders.open_database(self._folder, read_only=False)
        text = self._held.enter_context(TextIndex(self._folder / "text.sqlite"))
        self._inner = inner
        if text.recover(self._holds) < 0 or text.needs_rebuild:
            text.rebuild(self.indexed())
        self._text = text
        folders.migrate(self._folder)
        return inner

    def _holds(self, triple: ox.Triple) -> bool:
        """Whether the union has the triple."""
        return Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph()) in self.inner

    def indexed(self) -> Iterator[ox.Triple]:
        """The triples of the union that its text index looks at."""
        for predicate in textrow.PREDICATES:
            for quad in self.inner.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
                yield quad.triple

    @property
    def where(self) -> str:
        return str(self._folder)

    @property
    def inner(self) -> ox.Store:
        """The Oxigraph store itself, for reading. What writes to it past `commit` breaks the union default graph."""
        if self._inner is None:
            raise StoreError(f"{self.where} has been closed")
        return self._inner

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        name, new = update.name(graph), update.named(quads)
        with self._writing:
            self.commit(replacement(self.inner, name, new))

    def remove(self, graph: str) -> bool:
        name = update.name(graph)
        with self._writing:
            there = self.inner.contains_named_graph(name)
            if there:
                self.commit(replacement(self.inner, name, ()))
        return there

    def put(self, graphs: Mapping[str, bytes]) -> None:
        given = {update.name(graph): content for graph, content in graphs.items()}
        with self._writing:
            # Only what is all new can go past the transactions, in one step; and little is not worth new files.
            if sum(map(len, given.values())) < BULK or any(map(self.inner.contains_named_graph, given)):
                self.commit(together(replacement(self.inner, name, lines.triples(given[name])) for name in given))
                return
        placed = [lines.placed(name, content) for name, content in given.items() if content]
        with self._change() as text, lines.told(number=lambda _: 0):
            union = b"".join(plain for _, plain in placed)
            # What is in the union already may come again: neither database nor index count it twice.
            text.prepare_lines(lines.having(textrow.PREDICATES, union))
            self.inner.bulk_load(b"".join(named for named, _ in placed) + union, RdfFormat.N_QUADS)
            text.finish()

    def load(self, pieces: Iterable[bytes]) -> int:
        with self._change() as text:
            doubled = Doubled(pieces, lambda plain: text.prepare_lines(lines.having(textrow.PREDICATES, plain)))
            with lines.told(number=doubled.line):
                self.inner.bulk_load(io.BufferedReader(doubled, READ), RdfFormat.N_QUADS)
            text.finish()
            return doubled.statements

    def commit(self, change: Change, union: Union | None = None) -> Union:
        """What the change does to the union, by default what it must, else `union`.

        It is done in database and index, all or nothing, even if killed.
        """
        if not change and union is None:
            return Union()
        with self._change() as text:
            union = union or union_of(self.inner, change)
            text.prepare(union.gone, union.new, emptied=change.emptied)
            apply(self.inner, change, union)
            text.finish()
            return union

    def reindex(self) -> None:
        """Makes the text index anew."""
        with self._change() as text:
            text.rebuild(self.indexed())

    def optimize(self) -> None:
        """Makes database and text index as small and as fast as they can be, and lets go of older copies."""
        with self._change() as text:
            self.inner.optimize()
            text.optimize()
        self.publish()

    @contextmanager
    def _change(self) -> Iterator[TextIndex]:
        """The text index, for the block in which the store is written; the next copy is published soon after.

        Where the store refuses, the index is as before, and a StoreError says so.
        """
        # Oxigraph loses updates that several threads make at once.
        with self._writing:
            if self._read_only or self._text is None:
                raise StoreError(f"{self.where} was opened for reading only")
            try:
                self.published.expect()
                yield self._text
            except BaseException as error:
                self._text.recover(self._holds)
                if isinstance(error, OSError):
                    raise StoreError(f"{self.where} can't be written: {error}") from error
                raise
            if self._timer is None:
                self._timer = threading.Timer(PUBLISH_SECONDS, self.publish)
                self._timer.daemon = True
                self._timer.start()

    def publish(self) -> int:
        """The number of the latest published copy, made now where the store was written since the last one."""
        with self._writing:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._inner is None or self._read_only or not self.published.stale:
                return self.published.number
            return self.published.add(self._inner)

    def graphs(self) -> list[str]:
        return sorted(graph.value for graph in self.inner.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str) -> list[Quad]:
        return sorted(self.inner.quads_for_pattern(None, None, None, update.name(graph)), key=str)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        return ask(self.inner, sparql, find=self._find, default_graphs=default_graphs, named_graphs=named_graphs)

    def _find(self, words: str, limit: int, fields: Sequence[str] = ()) -> list[tuple[ox.NamedNode, float]]:
        if self._text is not None:
            return self._text.search(words, limit=limit, fields=fields)
        with TextIndex(self._folder / "text.sqlite", read_only=True) as text:
            return text.search(words, limit=limit, fields=fields)

    def dump(self) -> Iterator[bytes]:
        for graph in self.graphs():
            yield nquads(self.quads(graph))

    def flush(self) -> None:
        if not self._read_only:
            self.inner.flush()
            if self._text is not None:
                self._text.flush()
            self.publish()

    def close(self) -> None:
        if self._inner is None:
            return
        with self._writing:
            if not self._read_only and self.published.stale:
                self._inner.flush()
                self.publish()
            if self._timer is not None:
                self._timer.cancel()
            self._inner = None
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
