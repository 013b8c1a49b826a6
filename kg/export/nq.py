"""N-Quads: a line a quad, sorted within each graph."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.graphs import Readable, graphs


def write(store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
    """Writes the store, or one graph of it, as N-Quads."""
    for quads in graphs(store, graph):
        for quad in quads:
            out.write(f"{quad} .\n".encode())
