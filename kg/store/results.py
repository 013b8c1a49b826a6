"""The answer to a query, the same object whichever store gave it, and its standard serialisations."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import QueryError
from kg.rdf import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

TABLE_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


KINDS = {QuerySolutions: "table", QueryBoolean: "boolean", QueryTriples: "graph"}


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query, to be read once, in the thread that asked (Oxigraph aborts the process otherwise)."""

    answer: QuerySolutions | QueryBoolean | QueryTriples

    @property
    def kind(self) -> str:
        """`table` for SELECT, `boolean` for ASK, `graph` for CONSTRUCT and DESCRIBE."""
        return KINDS[type(self.answer)]

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of a table's columns, without question marks; none for another kind."""
        return tuple(v.value for v in self.answer.variables) if isinstance(self.answer, QuerySolutions) else ()

    @property
    def boolean(self) -> bool:
        """What an ASK query answers."""
        if not isinstance(self.answer, QueryBoolean):
            raise QueryError("only an ASK query answers yes or no")
        return bool(self.answer)

    def rows(self) -> Iterator[dict[str, Term]]:
        """The rows of a table, each from column name to term; a column without a value is left out."""
        if not isinstance(self.answer, QuerySolutions):
            raise QueryError("only a SELECT query answers with rows")
        names = self.variables
        with evaluation():
            for solution in self.answer:
                yield {name: term for name, term in zip(names, solution, strict=True) if term is not None}

    def triples(self) -> Iterator[Triple]:
        """The triples that a CONSTRUCT or DESCRIBE query answers with."""
        if not isinstance(self.answer, QueryTriples):
            raise QueryError("only a CONSTRUCT or DESCRIBE query answers with triples")
        with evaluation():
            yield from self.answer

    def write(self, out: BinaryIO, format: str) -> None:
        """Writes the answer to `out` as it is found: a key of TABLE_FORMATS, or of GRAPH_FORMATS for a graph.

        Raises QueryError for a format that such an answer can't have, and where the query fails on its way.
        """
        formats = GRAPH_FORMATS if isinstance(self.answer, QueryTriples) else TABLE_FORMATS
        if format not in formats:
            raise QueryError(f"a {self.kind} can't be written as {format}; it can be as {', '.join(formats)}")
        with evaluation():
            if isinstance(self.answer, QueryTriples):
                serialize(self.answer, out, GRAPH_FORMATS[format], prefixes=PREFIXES)
            else:
                self.answer.serialize(out, TABLE_FORMATS[format])

    def encode(self, format: str) -> bytes:
        """The whole answer in a format that `write` knows."""
        out = io.BytesIO()
        self.write(out, format)
        return out.getvalue()


@contextmanager
def evaluation() -> Iterator[None]:
    """Turns what Oxigraph raises for a query that is wrong, or fails on its way, into QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"the query is not SPARQL 1.1: {error.msg}") from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
