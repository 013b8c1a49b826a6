"""N-Triples: the distinct triples, a line each. Which article a triple comes from is lost; N-Quads keep it."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.graphs import Readable, distinct


def write(store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as N-Triples. Holds all triples in memory."""
    for triple in distinct(store, graph):
        out.write(f"{triple} .\n".encode())
