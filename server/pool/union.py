"""Telling the processes that have the union in memory how it changes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple

from kg.sparql import Union

EMPTIED = b"emptied"


def tell(change: Union, *, emptied: bool, note: Path) -> None:
    """Writes down what a change does to the union: how many bytes of triples leave it, those, and the new ones."""
    gone, new = (_ntriples(triples) for triples in (change.gone, change.new))
    note.write_bytes(b"%s %d\n" % (EMPTIED if emptied else b"changed", len(gone)) + gone + new)


def follow(union: ox.Store, note: Path) -> None:
    """Does to a union in memory what `tell` wrote down."""
    head, body = note.read_bytes().split(b"\n", 1)
    what, size = head.split()
    if what == EMPTIED:
        union.clear()
    for quad in _quads(body[: int(size)]):
        union.remove(quad)
    union.extend(_quads(body[int(size) :]))


def _ntriples(triples: Iterable[Triple]) -> bytes:
    out = io.BytesIO()
    ox.serialize(triples, out, RdfFormat.N_TRIPLES)
    return out.getvalue()


def _quads(text: bytes) -> Iterable[Quad]:
    default = DefaultGraph()
    return (
        Quad(found.subject, found.predicate, found.object, default)
        for found in ox.parse(text, RdfFormat.N_TRIPLES, lenient=True)
    )
