"""RDF files, packed or not, into a store: as pieces of N-Quads, in which each statement has the name of a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from kg import packed
from kg.errors import StoreError, UsageError
from kg.sparql import UNNAMED
from kg.store import lines
from kg.store.lines import END, Malformed
from kg.store.results import GRAPH_FORMATS

if TYPE_CHECKING:
    from io import BufferedReader

    from kg.store.protocol import Store

PIECE = 1 << 20
"""Bytes of a piece of lines."""
QUADS = 5_000
"""Statements of a piece of what must be parsed first."""

SUFFIXES = {f".{name}": name for name in GRAPH_FORMATS} | {".xml": "rdf", ".owl": "rdf"}
_LINES = {"nq": RdfFormat.N_QUADS, "nt": RdfFormat.N_TRIPLES}
_WITHOUT_GRAPHS = frozenset({"ttl", "nt", "rdf"})

_IRI = r'<[^<>"{}|^`\\\x00-\x20]*+>'
_LITERAL = rf'"[^"\\\n\r]*+(?:\\.[^"\\\n\r]*+)*+"(?:@[A-Za-z0-9-]++|\^\^{_IRI})?+'
_TRIPLE = rf"(?:{_IRI}|_:[^\s<>]++) {_IRI} (?:{_IRI}|_:[^\s<>]++|{_LITERAL})"
# As many lines as there are that stand as `str` writes quads and triples: those need not be parsed here.
_QUADS = re.compile(rf"(?:{_TRIPLE} {_IRI} \.\n)*+".encode())
_TRIPLES = re.compile(rf"(?:{_TRIPLE} \.\n)*+".encode())


def format_of(name: str) -> str:
    """The key of GRAPH_FORMATS for a file of this name, which may be packed. Raises UsageError for another."""
    bare = name.lower()
    for suffix in packed.SUFFIXES:
        bare = bare.removesuffix(suffix)
    for suffix, format in SUFFIXES.items():
        if bare.endswith(suffix):
            return format
    raise UsageError(f"{name}: its name does not end in {', '.join(SUFFIXES)}; say with --format what it is")


def load(
    store: Store,
    stream: BufferedReader,
    format: str,
    *,
    where: str,
    graph: NamedNode | None = None,
    base: str | None = None,
) -> int:
    """How many statements of a file, in any format of GRAPH_FORMATS, were added to the store: see `Store.load`.

    What has no graph comes into `graph`; where none is given, into the one that stands for SPARQL's default graph, but
    for formats without graphs, where that is a UsageError. `base` is what relative IRIs are relative to. Raises
    StoreError with `where` and the line for what can't be read.
    """
    if graph is None and format in _WITHOUT_GRAPHS:
        raise UsageError(f"{where}: {format} has no graphs, so name one with --graph IRI")
    try:
        return store.load(_pieces(stream, format, graph or UNNAMED, base))
    except Malformed as error:
        line = f", line {error.line}" if error.line else ""
        raise StoreError(f"{where}{line}: {error.problem}") from error
    except packed.Damaged as error:
        raise StoreError(f"{where}: the file is damaged or breaks off: {error}") from error
    except ModuleNotFoundError as error:
        raise UsageError(f"{where}: to unpack it, pip install 'conflictkg[corpus]'") from error


def _pieces(stream: BufferedReader, format: str, graph: NamedNode, base: str | None) -> Iterator[bytes]:
    """The statements as lines that `f"{quad} .\\n"` makes; of N-Quads and N-Triples a line stays a line."""
    unpacked = packed.unpacked(stream, stream.peek(8)[:8])
    if format in _LINES:
        number = 0
        while piece := unpacked.read(PIECE):
            piece += unpacked.readline()
            if not piece.endswith(b"\n"):
                piece += b"\n"
            yield _as_written(piece, format, graph, number)
            number += piece.count(b"\n")
    else:
        with lines.told():
            quads = parse(unpacked, GRAPH_FORMATS[format], base_iri=base)
            while some := list(islice(quads, QUADS)):
                yield b"".join(_line(quad, graph) for quad in some)


def _as_written(piece: bytes, format: str, graph: NamedNode, before: int) -> bytes:
    """The lines as `_line` makes them, empty where they state nothing; so many lines came before."""
    found, at = [], 0
    while at < len(piece):
        if format == "nq" and (end := _end(_QUADS, piece, at)) > at:
            found.append(piece[at:end])
        elif (end := _end(_TRIPLES, piece, at)) > at:
            found.append(piece[at:end].replace(END, f" {graph} .\n".encode()))
        else:
            end = piece.index(b"\n", at) + 1
            with lines.told(before + piece.count(b"\n", 0, at)):
                found.append(b"".join(_line(quad, graph) for quad in parse(piece[at:end], _LINES[format])) or b"\n")
        at = end
    return b"".join(found)


def _end(pattern: re.Pattern[bytes], piece: bytes, at: int) -> int:
    match = pattern.match(piece, at)
    return match.end() if match else at


def _line(quad: Quad, graph: NamedNode) -> bytes:
    if isinstance(quad.graph_name, NamedNode):
        return f"{quad} .\n".encode()
    if isinstance(quad.graph_name, BlankNode):
        raise Malformed(f"a graph here is named by an IRI, and not by a blank node like {quad.graph_name}")
    return f"{quad.triple} {graph} .\n".encode()
