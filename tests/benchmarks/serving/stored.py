"""The made-up graph as a store of ours, copies of its database, and the IRIs in it that queries ask for."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Quad

from kg import rdf
from kg.store import open_store
from tests.benchmarks.serving.corpus import extractions

BATCH = 500_000
KEPT = {"FORMAT", "oxigraph"}
PREFIX = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> "
# What a query's parameter stands for: any node, or one that the pattern picks.
PICKED = {
    "node": "{ ?it ckg:about [] } UNION { ?it ckg:eventType [] } UNION { ?it ckg:exact [] } UNION { ?it ckg:text [] }",
    "event": "?it ckg:eventType []",
    "speaker": "?it ^ckg:claimant []",
    "settlement": "?it ^ckg:place []",
    "state": "?it a ckg:State",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many quads the named graphs hold, how many graphs there are, and how many distinct triples."""

    quads: int
    graphs: int
    triples: int


def build(folder: Path, wanted: int) -> None:
    """Makes a store in a new folder: whole articles until they are `wanted` quads, and the ontology beside them."""
    open_store(folder).close()
    database = ox.Store(str(folder / "oxigraph"))
    batch: list[Quad] = []
    for quad in _quads(wanted):
        # The default graph of our stores holds each triple once, whatever graphs it stands in.
        batch += quad, Quad(quad.subject, quad.predicate, quad.object)
        if len(batch) >= BATCH:
            database.bulk_extend(batch)
            batch.clear()
    database.bulk_extend(batch)
    database.flush()
    database.optimize()
    del database
    # Whatever else a store keeps was made for an empty one. Who opens it for writing makes what is missing.
    for path in folder.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    open_store(folder).close()


def _quads(wanted: int) -> Iterator[Quad]:
    found = rdf.ontology_quads()
    made = len(found)
    yield from found
    for extraction in extractions():
        if made >= wanted:
            return
        found = rdf.quads(extraction)
        made += len(found)
        yield from found


def copied(folder: Path, to: Path) -> None:
    """Makes a copy of the store's database: a checkpoint of its own, which shares the bytes on the disk."""
    database = ox.Store(str(folder / "oxigraph"))
    database.flush()
    database.backup(str(to))


def size(database: Path) -> Size:
    """What a copy of the database holds."""
    store = ox.Store.read_only(str(database))
    triples = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return Size(len(store) - triples, sum(1 for _ in store.named_graphs()), triples)


def picked(database: Path) -> dict[str, list[str]]:
    """For each parameter of the queries the IRIs it can be, in an order that looks like none but is always the same."""
    store, found = ox.Store.read_only(str(database)), {}
    for name, pattern in PICKED.items():
        rows = store.query(f"{PREFIX} SELECT DISTINCT ?it WHERE {{ {pattern} }}")
        found[name] = sorted(row["it"].value for row in rows)
        random.Random(name).shuffle(found[name])
    return found
