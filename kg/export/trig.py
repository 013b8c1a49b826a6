"""TriG: Turtle with the graphs kept apart, prefixes on top."""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.export.graphs import Readable, graphs
from kg.rdf import PREFIXES


def write(store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as TriG."""
    serialize(chain.from_iterable(graphs(store, graph)), out, RdfFormat.TRIG, prefixes=PREFIXES)
