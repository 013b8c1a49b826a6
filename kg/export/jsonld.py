"""JSON-LD 1.1 in expanded form: every IRI written out, a node for each subject, graphs kept apart."""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from pyoxigraph import RdfFormat, serialize

from kg.export.graphs import Readable, graphs


def write(store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as JSON-LD."""
    serialize(chain.from_iterable(graphs(store, graph)), out, RdfFormat.JSON_LD)
