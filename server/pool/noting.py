"""A store that tells what was done to it, so that whoever has its union in memory can do the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pyoxigraph import Triple

from kg.sparql import Change, Union, replacement, together
from kg.store import lines, update
from kg.store.embedded import EmbeddedStore


@dataclass(slots=True)
class Noted:
    """What some writes did: the graphs that they concern, and all that left the union or came to it."""

    graphs: set[str] = field(default_factory=set)
    gone: set[Triple] = field(default_factory=set)
    new: set[Triple] = field(default_factory=set)

    @property
    def union(self) -> Union:
        return Union(tuple(self.gone), tuple(self.new))

    def add(self, change: Change, done: Union) -> None:
        """Notes one more write. What came and went again meanwhile is not told."""
        gone, new = set(done.gone), set(done.new)
        self.graphs |= change.graphs
        self.gone, self.new = (self.gone - new) | (gone - self.new), (self.new - gone) | (new - self.gone)


class NotingStore(EmbeddedStore):
    """An `EmbeddedStore` that can be asked what a piece of work wrote."""

    _noted: Noted | None = None

    @contextmanager
    def noting(self) -> Iterator[Noted]:
        """What is written in the block, which does not empty the store."""
        self._noted = found = Noted()
        try:
            yield found
        finally:
            self._noted = None

    def commit(self, change: Change, union: Union | None = None) -> Union:
        done = super().commit(change, union)
        if self._noted is not None:
            self._noted.add(change, done)
        return done

    def put(self, graphs: Mapping[str, bytes]) -> None:
        if self._noted is None:
            super().put(graphs)
            return
        # A bulk load would not tell what is new to the union.
        given = {update.name(graph): content for graph, content in graphs.items()}
        self.commit(together(replacement(self.inner, name, lines.triples(given[name])) for name in given))
