"""Statements as lines of N-Quads or N-Triples, as `f"{quad} .\\n"` makes them, put into graphs mostly unparsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import StoreError
from kg.store import update

END = b" .\n"


class Malformed(StoreError):
    """What is to be stored is not what it should be, in this line, numbered from 1, or 0 where that is not known."""

    def __init__(self, problem: str, line: int = 0) -> None:
        self.problem, self.line = problem, line
        super().__init__(f"what is to be stored is no RDF{f', line {line}' if line else ''}: {problem}")


@contextmanager
def told(before: int | None = None, number: Callable[[int], int] = int) -> Iterator[None]:
    """Errors of Oxigraph's parsers as Malformed, where `number` turns its lines into others.

    With `before`, so many lines came before, and one is read.
    """
    try:
        yield
    except SyntaxError as error:
        _, _, problem = error.msg.partition(": ")
        line = number(error.lineno or 0) if before is None else before + 1
        raise Malformed(problem or error.msg, line) from error
    except Malformed as error:
        raise error if before is None else Malformed(error.problem, before + 1) from error


def quads(content: bytes) -> list[Quad]:
    """What the lines state. Raises Malformed."""
    with told():
        return list(parse(content, RdfFormat.N_QUADS))


def triples(content: bytes) -> set[Triple]:
    """What the lines state, whatever graph they name. Raises Malformed, and StoreError for a blank node."""
    return update.named(quads(content))


def placed(graph: NamedNode, content: bytes) -> tuple[bytes, bytes]:
    """The lines in the graph, whatever graph they name, and the same lines in the default graph.

    Most often these are the bytes themselves, and a copy with the name taken out. Raises StoreError for a blank node,
    and for what is no N-Quads; not all that is wrong is found.
    """
    end = f" {graph} .\n".encode()
    # Where all lines end in the graph's name, that could also be what each of them states of its subject.
    ended = b"_:" not in content and content.endswith(end) and content.count(end) == content.count(b"\n")
    if ended and _is_quad(content[: content.index(b"\n") + 1]):
        return content, content.replace(end, END)
    plain = b"".join(f"{triple} .\n".encode() for triple in triples(content))
    return plain.replace(END, end), plain


def _is_quad(line: bytes) -> bool:
    (quad,) = quads(line)
    return not isinstance(quad.graph_name, DefaultGraph)


def having(predicates: Iterable[NamedNode], content: bytes) -> list[str]:
    """The statements of these predicates, among lines without a graph's name, as `str` writes a triple."""
    wanted = {str(predicate).encode() for predicate in predicates}
    found = []
    for line in content.split(b"\n"):
        parts = line.split(b" ", 2)
        if len(parts) == 3 and parts[1] in wanted:
            found.append(line.removesuffix(b" .").decode())
    return found
