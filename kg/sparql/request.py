"""An update request while it is read: its tokens, the place reached, and the prefixes and the base in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import QueryError
from kg.sparql.parts import Part
from kg.sparql.tokens import Lines, Token, lines, tokens, unescaped


@dataclass(slots=True)
class Request:
    """What was read of a request so far. Prefixes are kept with their colon, and stand for absolute IRIs."""

    text: str
    tokens: Sequence[Token]
    lines: Lines
    base: str | None
    prefixes: dict[str, str] = field(default_factory=dict)
    at: int = 0

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.tokens)


def open_request(text: str, base_iri: str | None) -> Request:
    try:
        text = unescaped(text)
        return Request(text, tuple(tokens(text)), lines(text), base_iri)
    except QueryError as error:
        raise QueryError(f"the update is not SPARQL 1.1: {error}") from error


def fail(request: Request, problem: str, token: Token | None = None) -> QueryError:
    """The error to raise for a token, or for the one that was reached."""
    if token is None and not request.is_done:
        token = request.tokens[request.at]
    line, column = request.lines.at(token.start if token else len(request.text))
    return QueryError(f"the update is not SPARQL 1.1: error at {line}:{column}: {problem}")


def keyword(request: Request, ahead: int = 0) -> str:
    """The keyword or sign that comes next; empty where it is something else."""
    place = request.at + ahead
    return request.tokens[place].keyword if place < len(request.tokens) else ""


def take(request: Request, word: str) -> bool:
    """Whether this keyword or sign comes next; then it has been read."""
    if keyword(request) != word:
        return False
    request.at += 1
    return True


def group(request: Request) -> Part:
    """The pair of braces that comes next."""
    if keyword(request) != "{":
        raise fail(request, "expected {")
    first, level = request.at, 0
    while not request.is_done:
        sign = keyword(request)
        level += (sign == "{") - (sign == "}")
        request.at += 1
        if level == 0:
            inside = request.tokens[first : request.at]
            line, column = request.lines.at(inside[0].start)
            return Part(request.text[inside[0].start : inside[-1].end], inside, line, column)
    raise fail(request, "expected }")


def declare(request: Request) -> None:
    """Reads the declarations that come next."""
    while (word := keyword(request)) in ("BASE", "PREFIX", "VERSION"):
        request.at += 1
        if word == "BASE":
            request.base = iri(request, names=False)
        elif word == "PREFIX":
            name = _next(request)
            if name is None or name.kind != "pname" or not name.text.endswith(":") or name.text.count(":") > 1:
                raise fail(request, "expected a prefix with its colon")
            request.at += 1
            request.prefixes[name.text] = iri(request, names=False)
        else:
            version = _next(request)
            if version is None or version.kind != "string":
                raise fail(request, "expected a version in quotes")
            request.at += 1


def iri(request: Request, *, names: bool = True) -> str:
    """The absolute IRI of the IRI, or of the prefixed name, that comes next."""
    token = _next(request)
    if token is None or token.kind not in ("iri", "pname" if names else ""):
        raise fail(request, "expected an IRI")
    before = _declarations(request, (token,))
    try:
        (quad,) = ox.parse(f"{before} {token.text} a {token.text} .".encode(), ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise fail(request, f"{token.text} is no absolute IRI") from error
    request.at += 1
    return str(quad.subject.value)


def prologue(request: Request, first: int) -> str:
    """The declarations that the tokens from the first one to the place reached need, on one line."""
    return _declarations(request, request.tokens[first : request.at])


def _declarations(request: Request, of: Sequence[Token]) -> str:
    names: dict[str, Token] = {}
    for token in of:
        if token.kind == "pname":
            names.setdefault(token.text[: token.text.index(":") + 1], token)
    for name, token in names.items():
        if name not in request.prefixes:
            raise fail(request, f"the prefix {name} is not declared", token)
    base = f"BASE <{request.base}> " if request.base else ""
    return base + " ".join(f"PREFIX {name} <{request.prefixes[name]}>" for name in sorted(names))


def _next(request: Request) -> Token | None:
    return None if request.is_done else request.tokens[request.at]
