"""Turtle: the distinct triples, prefixes on top. Which article a triple comes from is lost; TriG keeps it."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.export.selection import graphs
from kg.rdf import PREFIXES
from kg.store import Store


def write(store: Store, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as Turtle. Holds all triples in memory, to tell which are the same."""
    triples = {quad.triple for quads in graphs(store, graph) for quad in quads}
    serialize(sorted(triples, key=str), out, RdfFormat.TURTLE, prefixes=PREFIXES)
