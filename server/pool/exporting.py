"""The job of an evaluator that writes a part of the store in a format of other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.export import Readable, Selection, selection, write
from kg.sparql import UNNAMED
from kg.store import Results
from kg.store.asking import ask
from server.guard import check
from server.pool.answer import Answer
from server.pool.jobs import Reading


class Copy:
    """What an evaluator reads from, as an export reads it."""

    where = "this store"

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def query(self, sparql: str) -> Results:
        """The answer to a query, asked where it can be answered."""
        return ask(self._reading.store_for({"query": sparql}), sparql, find=self._reading.find)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; triples without a graph stand in one that is no graph of the store."""
        named = (graph.value for graph in self._reading.disk.named_graphs() if isinstance(graph, NamedNode))
        return sorted(set(named) - {UNNAMED.value})

    def quads(self, graph: str) -> list[Quad]:
        """The quads of a graph, sorted."""
        return sorted(self._reading.disk.quads_for_pattern(None, None, None, NamedNode(graph)), key=str)


def export(reading: Reading, terms: Mapping[str, Any], answer: Answer) -> None:
    """A part of the store in a format. `given` has the parameters of `kg.export.selection`."""
    chosen: Selection = selection(terms["given"])
    if chosen.query:
        check(chosen.query, reading.services)
    answer.head = {"format": terms["format"]}
    store: Readable = reading.remote if reading.remote is not None else Copy(reading)
    write(store, answer, terms["format"], view_name=terms["view"], chosen=chosen)  # type: ignore[arg-type]
