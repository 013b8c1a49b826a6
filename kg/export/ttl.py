"""Turtle: the distinct triples, prefixes on top. Which article a triple comes from is lost; TriG keeps it."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.export.graphs import Readable, distinct
from kg.rdf import PREFIXES


def write(store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as Turtle. Holds all triples in memory."""
    serialize(distinct(store, graph), out, RdfFormat.TURTLE, prefixes=PREFIXES)
