"""What an evaluator reads: a published copy of the store on disk, and the union of its graphs in memory."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from kg.sparql import Change, apply

# By predicate: what is read in that order lies in that order in memory, and most scans follow it.
_UNION = """
import os, sys
import pyoxigraph as ox
store, default = ox.Store.read_only(sys.argv[1]), ox.DefaultGraph()
try:
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        for row in store.query("SELECT DISTINCT ?p { ?s ?p ?o }"):
            found = store.quads_for_pattern(None, row[0], None, default)
            ox.serialize((quad.triple for quad in found), out, ox.RdfFormat.N_TRIPLES)
except BrokenPipeError:
    os._exit(1)
"""


def on_disk(copy: Path) -> ox.Store:
    """The published copy in a folder, opened for reading."""
    database = copy / "oxigraph"
    if not database.is_dir():
        return ox.Store()
    with _room():
        return ox.Store.read_only(str(database))


def in_memory(copy: Path) -> ox.Store:
    """The union of a published copy's graphs, in memory.

    Only the union: Oxigraph's store in memory finds a triple by going through all that its subject, predicate or object
    stands in, and the same triple in hundreds of graphs made joins a hundred times slower. Another process reads the
    files, since a database leaves threads behind, which no fork survives.
    """
    store = ox.Store()
    database = str(copy / "oxigraph")
    if not Path(database).is_dir():
        return store
    with subprocess.Popen([sys.executable, "-c", _UNION, database], stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        store.extend(ox.parse(reader.stdout, RdfFormat.N_TRIPLES, lenient=True))
    if reader.returncode:
        raise OSError(f"{copy} can't be read into memory: its reader ended with {reader.returncode}")
    return store


def scratch(copy: Path, change: Change) -> ox.Store:
    """A store as it is after the change, to be written to by one evaluator alone.

    It is a database of its own whose files are hard links to those of the copy, and goes when the copy does.
    """
    if change.emptied:
        return _applied(ox.Store(), Change(added=change.added, created=change.created))
    place = Path(tempfile.mkdtemp(prefix="scratch-", dir=copy))
    for file in (copy / "oxigraph").iterdir():
        if file.suffix == ".sst":
            (place / file.name).hardlink_to(file)
        else:
            shutil.copy(file, place)
    with _room():
        store = ox.Store(str(place))
    return _applied(store, change)


@contextmanager
def _room() -> Iterator[None]:
    """Adds what the block takes to the memory that this process may have: a limit is for queries, not for databases."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = _size()
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_AS, (soft + max(0, _size() - before), hard))


def _size() -> int:
    sizes = Path("/proc/self/statm")
    return int(sizes.read_text().split()[0]) * resource.getpagesize() if sizes.exists() else 0


def _applied(store: ox.Store, change: Change) -> ox.Store:
    apply(store, change)
    return store
