"""Whether a store is as it should be beside what its graphs say: its default graph, its words, its files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import Triple

from kg.sparql import Change, Union
from kg.store import folder as folders
from kg.store import textcheck
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store

# A triple of no graph that has a name, and of none that has none.
_NEEDLESS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?graph { ?s ?p ?o } } }"
_LACKING = "SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?graph { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
_AT_ONCE = 100_000
"""Triples that are mended in one transaction."""


def needless(store: Store) -> Iterator[Triple]:
    """The triples of the default graph that no named graph has."""
    return _triples(store, _NEEDLESS)


def lacking(store: Store) -> Iterator[Triple]:
    """The triples of named graphs that the default graph does not have."""
    return _triples(store, _LACKING)


def _triples(store: Store, query: str) -> Iterator[Triple]:
    for row in store.query(query).rows():
        yield Triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]


def words(store: EmbeddedStore) -> list[str]:
    """What is wrong with the index of the words; of a store that nobody writes to meanwhile."""
    return textcheck.faults(Path(store.where) / "text.sqlite", store.indexed())


def leftovers(store: EmbeddedStore) -> list[str]:
    """What a process that was killed has left in the folder of a store that nobody writes to meanwhile."""
    folder = Path(store.where)
    found = [f"{path} is left of a load that was killed" for path in folders.unfinished(folder)]
    if store.published.number and store.published.stale:
        found.append(f"{folder / 'published'} does not show what was written last")
    return found + [f"{path} is a copy that nobody reads any more" for path in store.published.unread()]


def mend(store: EmbeddedStore) -> None:
    """Makes default graph, words and files right by what the named graphs hold."""
    while union := _next(store):
        store.commit(Change(), union)
    store.reindex()
    store.flush()


def _next(store: EmbeddedStore) -> Union | None:
    gone = tuple(islice(needless(store), _AT_ONCE))
    new = tuple(islice(lacking(store), _AT_ONCE))
    return Union(gone, new) if gone or new else None
