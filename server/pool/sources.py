"""What an evaluator reads: a copy of the store on disk or in memory, or another server. All answer the same calls."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from kg.sparql import Change, apply

_DUMP = """
import os, sys
import pyoxigraph as ox
try:
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        ox.Store.read_only(sys.argv[1]).dump(out, ox.RdfFormat.N_QUADS)
except BrokenPipeError:
    os._exit(1)
"""
_GRAPHS = """
import sys
import pyoxigraph as ox
print(*(g for g in ox.Store.read_only(sys.argv[1]).named_graphs()), sep="\\n")
"""


def on_disk(copy: Path) -> ox.Store:
    """The published copy in a folder, opened for reading."""
    database = copy / "oxigraph"
    return ox.Store.read_only(str(database)) if database.is_dir() else ox.Store()


def in_memory(copy: Path) -> ox.Store:
    """The same in memory. Another process reads the files: a database leaves threads behind, which no fork survives."""
    store = ox.Store()
    database = str(copy / "oxigraph")
    if not Path(database).is_dir():
        return store
    for code in (_GRAPHS, _DUMP):
        with subprocess.Popen([sys.executable, "-c", code, database], stdout=subprocess.PIPE) as reader:
            assert reader.stdout is not None
            if code is _DUMP:
                store.extend(ox.parse(reader.stdout, RdfFormat.N_QUADS, lenient=True))
            else:
                for line in filter(None, reader.stdout.read().decode().splitlines()):
                    store.add_graph(_named(line))
        if reader.returncode:
            raise OSError(f"{copy} can't be read into memory: its reader ended with {reader.returncode}")
    return store


def scratch(store: ox.Store, copy: Path | None, change: Change) -> ox.Store:
    """A store as it is after the change, to be written to by one evaluator alone.

    In memory (`copy` is None) that is the store itself: the evaluator is a fork, and must end afterwards. On disk it
    is a database of its own whose files are hard links to those of the copy.
    """
    if copy is None:
        apply(store, change)
        return store
    if change.emptied:
        return _applied(ox.Store(), Change(added=change.added, created=change.created))
    place = Path(tempfile.mkdtemp(prefix="scratch-", dir=copy))
    for file in (copy / "oxigraph").iterdir():
        if file.suffix == ".sst":
            (place / file.name).hardlink_to(file)
        else:
            shutil.copy(file, place)
    return _applied(ox.Store(str(place)), change)


def _applied(store: ox.Store, change: Change) -> ox.Store:
    apply(store, change)
    return store


def _named(text: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text[1:-1])
