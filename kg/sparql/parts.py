"""The braces of an update: templates to quads, and group patterns proved. Oxigraph reads both, in an empty store.

A template becomes INSERT DATA with an IRI for each variable, so that Oxigraph itself makes the quads of lists, brackets
and annotations. A group pattern stands behind FILTER(false): it is parsed, but neither planned nor evaluated, so that
it asks no server by SERVICE and takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import Quad, Store

from kg.errors import QueryError
from kg.sparql.tokens import Token

_MARKER = "urn:x-conflictkg:variable:"
_LONGEST = 200
# What may not stand where: the kinds of token, the signs, and what they are called.
_FORBIDDEN = {
    "INSERT DATA": {"var": "a variable"},
    "DELETE DATA": {"var": "a variable", "blank": "a blank node", "[": "a blank node"},
    "DELETE WHERE": {"blank": "a blank node", "[": "a blank node"},
    "DELETE": {"blank": "a blank node", "[": "a blank node"},
    "INSERT": {},
}


@dataclass(frozen=True, slots=True)
class Part:
    """A pair of braces and what is in it, its tokens, and its line and column."""

    text: str
    tokens: Sequence[Token]
    line: int
    column: int


def marker(index: int) -> str:
    """The IRI that stands in a template for the variable of that index."""
    return f"{_MARKER}{index}"


def marked(iri: str) -> int | None:
    """The index of the variable that an IRI stands for, if it stands for one."""
    rest = iri.removeprefix(_MARKER)
    return int(rest) if rest != iri and rest.isdecimal() else None


def variables(*parts: Part) -> tuple[str, ...]:
    """The names of the variables in them, each once."""
    return tuple(dict.fromkeys(token.text[1:] for part in parts for token in part.tokens if token.kind == "var"))


def template(part: Part, verb: str, prologue: str, names: Sequence[str]) -> tuple[Quad, ...]:
    """The quads of a template or of data, with the markers of the variables."""
    forbidden = _FORBIDDEN[verb]
    for token in part.tokens:
        what = forbidden.get(token.kind) or (forbidden.get(token.text) if token.kind == "punct" else None)
        if what:
            line, column = _place(part, token.start - part.tokens[0].start)
            raise QueryError(f"the update is not SPARQL 1.1: error at {line}:{column}: {what} can't stand in {verb}")
    if verb != "INSERT DATA":
        head, tail = (verb, "") if verb == "DELETE DATA" else (verb.split()[0], "WHERE { FILTER(false) }")
        with syntax(part):
            Store().update(f"{prologue} {head}\n{part.text} {tail}")
    store = Store()
    with syntax(part, "" if verb == "INSERT DATA" else "a literal can't be a subject"):
        store.update(f"{prologue} INSERT DATA\n{_with_markers(part, names)}")
    return tuple(store)


def check_where(part: Part, prologue: str) -> None:
    """Raises QueryError where the group pattern is none."""
    with syntax(part):
        Store().update(f"{prologue} INSERT {{}} WHERE {{ FILTER(false)\n{part.text} }}")


def _with_markers(part: Part, names: Sequence[str]) -> str:
    if not names:
        return part.text
    indexes = {name: index for index, name in enumerate(names)}
    start, done, pieces = part.tokens[0].start, 0, []
    for token in part.tokens:
        if token.kind == "var":
            # Blanks, as a variable may touch a word: `?s a?type`.
            pieces += [part.text[done : token.start - start], f" <{marker(indexes[token.text[1:]])}> "]
            done = token.end - start
    return "".join((*pieces, part.text[done:]))


@contextmanager
def syntax(part: Part, instead: str = "") -> Iterator[None]:
    """Turns Oxigraph's error about a text whose second line is where the part begins into ours, about the whole."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        said = re.sub(r"\s+", " ", getattr(error, "msg", None) or str(error))
        line, column = part.line, part.column
        if found := re.match(r"error at (\d+):(\d+): ", said):
            said = said[found.end() :]
            below, across = int(found[1]) - 2, int(found[2])
            if below == 0:
                column += across - 1
            elif below > 0:
                line, column = line + below, across
        if instead:
            line, column, said = part.line, part.column, instead
        short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
        raise QueryError(f"the update is not SPARQL 1.1: error at {line}:{column}: {short}") from error


def _place(part: Part, offset: int) -> tuple[int, int]:
    before = part.text[:offset]
    below = before.count("\n")
    return part.line + below, (offset - before.rfind("\n")) if below else part.column + offset
