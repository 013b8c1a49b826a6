"""A store in a folder of this machine: an Oxigraph database, a lock, and a mark that says which format it has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox
from pyoxigraph import Quad, Triple

from kg.errors import StoreError, StoreLocked
from kg.store import lock, update
from kg.store.results import Results, evaluation

FORMAT = "conflictkg store 1"


class EmbeddedStore:
    """The store in a folder: see `kg.store.protocol.Store`."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._folder, self._read_only = folder, read_only
        self._writing = threading.Lock()
        self._written = False
        _check(folder, must_exist=read_only)
        self._lock: IO[str] = lock.take(folder, shared=read_only)
        try:
            self._inner: ox.Store | None = _open(folder, read_only=read_only)
        except StoreError:
            self._lock.close()
            raise

    @property
    def where(self) -> str:
        return str(self._folder)

    @property
    def inner(self) -> ox.Store:
        """The Oxigraph store itself, for reading. What writes to it past `replace` breaks the union default graph."""
        if self._inner is None:
            raise StoreError(f"{self.where} has been closed")
        return self._inner

    def replace(self, graph: str, quads: Iterable[Quad]) -> None:
        name, new = update.name(graph), update.named(quads)
        # Oxigraph loses updates that several threads make at once.
        with self._writing:
            old = {quad.triple for quad in self.inner.quads_for_pattern(None, None, None, name)}
            gone, added = old - new, new - old
            if not new:  # a graph without triples would still be listed
                self._write(lambda store: store.update(update.remove(name)))
            elif gone:
                last = [triple for triple in gone if not self._elsewhere(triple, name)]
                changes = update.change(name, gone=gone, last=last, added=added)
                self._write(lambda store: store.update(changes))
            elif added:  # one transaction as well, and half the time of an update
                both = [
                    Quad(triple.subject, triple.predicate, triple.object, target)
                    for target in (name, ox.DefaultGraph())
                    for triple in added
                ]
                self._write(lambda store: store.extend(both))

    def remove(self, graph: str) -> bool:
        name = update.name(graph)
        with self._writing:
            there = self.inner.contains_named_graph(name)
            if there:
                self._write(lambda store: store.update(update.remove(name)))
        return there

    def graphs(self) -> list[str]:
        return sorted(graph.value for graph in self.inner.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str) -> list[Quad]:
        return sorted(self.inner.quads_for_pattern(None, None, None, update.name(graph)), key=str)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        with evaluation():
            if not default_graphs and not named_graphs:
                return Results(self.inner.query(sparql))
            return Results(
                self.inner.query(
                    sparql,
                    default_graph=[update.name(graph) for graph in default_graphs],
                    named_graphs=[update.name(graph) for graph in named_graphs],
                )
            )

    def dump(self) -> Iterator[bytes]:
        for graph in self.graphs():
            yield b"".join(f"{quad} .\n".encode() for quad in self.quads(graph))

    def flush(self) -> None:
        if not self._read_only:
            self.inner.flush()

    def close(self) -> None:
        if self._inner is None:
            return
        if self._written:
            self._inner.flush()
        self._inner = None
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _elsewhere(self, triple: Triple, graph: ox.NamedNode) -> bool:
        """Whether a named graph other than this one holds the triple."""
        found = self.inner.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name not in (graph, ox.DefaultGraph()) for quad in found)

    def _write(self, change: Callable[[ox.Store], None]) -> None:
        if self._read_only:
            raise StoreError(f"{self.where} was opened for reading only")
        try:
            change(self.inner)
            self._written = True
        except OSError as error:
            raise StoreError(f"{self.where} can't be written: {error}") from error


def _check(folder: Path, *, must_exist: bool) -> None:
    """Makes the folder and its mark where there is none; raises StoreError where it can't be a store of ours."""
    mark = folder / "FORMAT"
    try:
        if mark.is_file():
            found = mark.read_text(encoding="utf8").strip()
            if found != FORMAT:
                raise StoreError(
                    f"{folder} has the format {found!r} and this version reads {FORMAT!r}: "
                    "build it anew in another folder, or use the version of kg that wrote it"
                )
        elif folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file, and a store is a folder")
        elif folder.is_dir() and any(path.name != "lock" for path in folder.iterdir()):
            raise StoreError(f"{folder} holds other files and is no store: name an empty or a new folder")
        elif must_exist:
            raise StoreError(f"there is no store at {folder}: build one with `kg build`")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            mark.write_text(FORMAT + "\n", encoding="utf8")
    except OSError as error:
        raise StoreError(f"{folder} can't be used as a store: {error}") from error


def _open(folder: Path, *, read_only: bool) -> ox.Store:
    database = folder / "oxigraph"
    try:
        if read_only and not database.exists():
            return ox.Store()
        return ox.Store.read_only(str(database)) if read_only else ox.Store(str(database))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreLocked(f"{folder} is in use by another process: {error}") from error
        raise StoreError(f"{folder} can't be opened: {error}") from error
