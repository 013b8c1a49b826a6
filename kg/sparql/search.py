"""Full-text search in a query: a triple with `text:matches` becomes a VALUES block of what an index finds.

    PREFIX text: <https://w3id.org/conflictkg/ns/text#>
    SELECT ?node ?score { (?node ?score) text:matches (text:name text:title "drone odesa" 20) }

Oxigraph has no such search, and sees only the block.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.sparql.tokens import CLOSING, OPENING, Token, lines, tokens, unescaped

TEXT = "https://w3id.org/conflictkg/ns/text#"
MATCHES = f"{TEXT}matches"
LIMIT, MOST = 1_000, 10_000
_SIGN = "ns/text#"
_FORMS = (
    'text:matches stands in a triple of its own, in one of three forms: ?node text:matches "words" . or '
    '(?node ?score) text:matches ("words" 20) . or (?node ?score) text:matches (text:name "words" 20) .'
)
# A group's braces follow other words; templates can't hold a VALUES block, nor can the short form CONSTRUCT WHERE.
_TEMPLATES = ("CONSTRUCT", "INSERT", "DELETE", "DATA", "VALUES", "CONSTRUCT WHERE", "DELETE WHERE")


class Find(Protocol):
    """Nodes and scores for words and a limit; with fields, given by their local names, only of texts of those."""

    def __call__(self, words: str, limit: int, fields: Sequence[str] = (), /) -> Sequence[tuple[NamedNode, float]]: ...


class _Search(NamedTuple):
    """What a triple asks for, and its first and last token."""

    variables: Sequence[str]
    fields: Sequence[str]
    words: str
    limit: int
    first: int
    last: int


def rewritten(query: str, find: Find) -> str:
    """The query with each search done by `find`.

    Raises QueryError where `text:matches` is used in another way. A query without it comes back as it is.
    """
    if _SIGN not in query:
        return query
    text = unescaped(query)
    all_tokens = tuple(tokens(text))
    places, prefixes = _places(all_tokens)
    parts, done = [], 0
    for place, is_in_group in places:
        asked = _search(all_tokens, place, prefixes) if is_in_group else None
        if asked is None:
            line, column = lines(text).at(all_tokens[place].start)
            raise QueryError(f"error at {line}:{column}: {_FORMS}")
        found = find(asked.words, asked.limit, asked.fields) if asked.fields else find(asked.words, asked.limit)
        parts += [text[done : all_tokens[asked.first].start], _values(asked.variables, found)]
        done = all_tokens[asked.last].end
    return "".join((*parts, text[done:])) if places else query


def _places(all_tokens: Sequence[Token]) -> tuple[list[tuple[int, bool]], dict[str, str]]:
    """Where the property is named, and whether that is right inside the braces of a group; and the prefixes."""
    prefixes: dict[str, str] = {}
    groups = [False]
    found, words = [], ["", ""]
    for index, token in enumerate(all_tokens):
        sign = token.keyword
        if sign in OPENING:
            groups.append(sign == "{" and words[1] not in _TEMPLATES and " ".join(words) not in _TEMPLATES)
        elif sign in CLOSING:
            if len(groups) > 1:
                groups.pop()
            words = ["", ""]
        elif sign[:1].isalpha():
            words = [words[1], sign]
        elif token.kind == "iri" and index > 1 and all_tokens[index - 2].keyword == "PREFIX":
            prefixes[all_tokens[index - 1].text] = _iri(token)
        elif _named(token, prefixes) == MATCHES:
            found.append((index, groups[-1]))
    return found, prefixes


def _named(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "pname":
        prefix, _, local = token.text.partition(":")
        return prefixes.get(f"{prefix}:", "") + local
    return _iri(token) if token.kind == "iri" else ""


def _iri(token: Token) -> str:
    return token.text[1:-1]


def _search(all_tokens: Sequence[Token], place: int, prefixes: dict[str, str]) -> _Search | None:
    """What the triple around the property asks for.

    None where it has none of the three forms, or shares its subject or predicate with other triples.
    """
    fields = _fields(all_tokens, place + 2, prefixes)
    rest = (*all_tokens[place + 1 : place + 2], *all_tokens[place + 2 + len(fields) : place + 5 + len(fields)])
    kinds = [token.kind if token.kind != "punct" else token.text for token in rest]
    before = [token.kind if token.kind != "punct" else token.text for token in all_tokens[max(place - 4, 0) : place]]
    for subject in (["var"], ["(", "var", ")"], ["(", "var", "var", ")"]):
        if before[-len(subject) :] == subject:
            first = place - len(subject)
            break
    else:
        return None
    for object in (["string"], ["(", "string", ")"], ["(", "string", "number", ")"]):
        if kinds[: len(object)] == object:
            last = place + len(fields) + len(object)
            break
    else:
        return None
    if first == 0 or all_tokens[first - 1].keyword not in ("{", "}", ".", ")") or last + 1 >= len(all_tokens):
        return None
    after = all_tokens[last + 1]
    if after.kind != "word" and after.text not in (".", "}", "{"):
        return None
    variables = [token.text for token in all_tokens[first:place] if token.kind == "var"]
    said = [token.text for token in all_tokens[place + 1 : last + 1] if token.kind in ("string", "number")]
    return _Search(variables, fields, _words(said[0]), _limit(said[1:]), first, last + (after.text == "."))


def _fields(all_tokens: Sequence[Token], place: int, prefixes: dict[str, str]) -> list[str]:
    """The local names of the fields that begin a list, if it begins so."""
    if all_tokens[place - 1].text != "(":
        return []
    named = itertools.takewhile(lambda iri: iri.startswith(TEXT), (_named(t, prefixes) for t in all_tokens[place:]))
    return [iri.removeprefix(TEXT) for iri in named]


def _words(string: str) -> str:
    try:
        (quad,) = ox.parse(f"<x:s> <x:p> {string} .".encode(), ox.RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the words to search for can't be read: {string}") from error
    assert isinstance(quad.object, Literal)
    return quad.object.value


def _limit(said: Sequence[str]) -> int:
    number = said[0] if said else str(LIMIT)
    if not number.isdecimal() or not 1 <= int(number[:9]) <= MOST:
        raise QueryError(f"the limit of text:matches is a whole number from 1 to {MOST:,}, not {number[:20]}")
    return int(number)


def _values(variables: Sequence[str], found: Sequence[tuple[NamedNode, float]]) -> str:
    best: dict[NamedNode, float] = {}
    for node, score in found:
        if math.isfinite(score):
            best.setdefault(node, score)
    rows = (f"({node} {float(score)!r})" if len(variables) > 1 else f"({node})" for node, score in best.items())
    return f" VALUES ({' '.join(variables)}) {{ {' '.join(rows)} }} "
