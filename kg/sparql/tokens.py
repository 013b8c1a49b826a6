"""The tokens of a SPARQL 1.1 query or update (section 19.8), in linear time and without recursion.

Oxigraph resolves \\uXXXX only inside IRIs and strings, where it can neither end them nor begin anything. So do we: the
escape elsewhere that section 19.2 allows is an error here as it is there. And Oxigraph decides from the context whether
`1<2#>` compares or names an IRI. What the one reading takes for a comment or a string may be a SERVICE in the other, so
whoever checks a text by its tokens first puts it through `unescaped`, and hands Oxigraph what comes out: of that text
there is one reading only. Keywords may still be glued to what follows: `SERVICEp:x` is one token here, two to Oxigraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import QueryError

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_VAR = _BASE + "_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHARS = _VAR + r"\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:[{_CHARS}:]|{_ESCAPED})++)*+"
_IRI_CHARS = r"[^<>\"{}|^`\\\x00-\x20]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI = rf"<(?:{_IRI_CHARS}++|{_UCHAR})*+>"

# Possessive throughout: nothing is read twice. A name's run may hold dots, and is cut at them where no colon follows.
_TOKEN = re.compile(
    rf"""(?P<skip>[ \t\r\n]++|\#[^\r\n]*+)
    |(?P<pname>:(?:{_LOCAL})?+)
    |(?P<name>[{_BASE}](?:\.*+[{_CHARS}]++)*+)(?P<local>:(?:{_LOCAL})?+)?+
    |(?P<iri>{_IRI})
    |(?P<var>[?$][{_BASE}_0-9][{_VAR}]*+)
    |(?P<string>\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
        |"(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+"|'(?!'')(?:[^'\\\r\n]++|\\[^\r\n])*+')
    |(?P<blank>_:[{_BASE}_0-9](?:\.*+[{_CHARS}]++)*+)
    |(?P<number>[+-]?(?:[0-9]++(?:\.[0-9]*+[eE][+-]?[0-9]++|\.[0-9]++|[eE][+-]?[0-9]++)?+|\.[0-9]++(?:[eE][+-]?[0-9]++)?+))
    |(?P<lang>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
    |(?P<punct><(?={_IRI}(?!>))|<<\(|\)>>|<<|>>|\{{\||\|\}}|<=|>=|!=|&&|\|\||\^\^|[][(){{}}<>.,;|/^*+?!=~-])
    """,
    re.VERBOSE | re.DOTALL,
)
_IRIREF = re.compile(_IRI)
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*+://")
_DOUBTFUL = re.compile(rf"\\[uU]|<(?![A-Za-z][A-Za-z0-9+.\-]*+://){_IRI_CHARS}*+>")
_RISKY = re.compile(r"[#()\[\]']")
OPENING, CLOSING = frozenset(("(", "{", "[", "<<", "<<(", "{|")), frozenset((")", "}", "]", ">>", ")>>", "|}"))


class Token(NamedTuple):
    """A token: its kind, its text, and where in the whole it begins and ends.

    The kinds are iri, pname, blank, var, string, lang, number, word (a keyword, a function or `a`) and punct.
    """

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        """A word or a sign in upper case; empty for another kind, so that no string or name is taken for a keyword."""
        return self.text.upper() if self.kind in ("word", "punct") else ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text begin."""

    starts: tuple[int, ...]

    def at(self, place: int) -> tuple[int, int]:
        """The line and the column of a place, counted from 1."""
        line = bisect_right(self.starts, place)
        return line, place - self.starts[line - 1] + 1


def lines(text: str) -> Lines:
    return Lines((0, *(match.end() for match in re.finditer("\n", text))))


def tokens(text: str) -> Iterator[Token]:
    """The tokens in their order, without blanks and comments; raises QueryError where none can be read."""
    place, end = 0, len(text)
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            line, column = lines(text).at(place)
            what = "the string is not closed" if text[place] in "\"'" else f"{text[place]!r} is not expected"
            raise QueryError(f"error at {line}:{column}: {what}")
        kind, place, start = match.lastgroup or "", match.end(), place
        if kind == "iri" and not _is_iri(match[0]):
            kind, place = "punct", start + (2 if match[0].startswith("<=") else 1)
        if kind == "name":
            yield from _words(match[0], start)
        elif kind != "skip":
            yield Token("pname" if kind == "local" else kind, text[start:place], start, place)


def _words(run: str, start: int) -> Iterator[Token]:
    for piece in re.finditer(r"\.|[^.]+", run):
        kind = "punct" if piece[0] == "." else "word"
        yield Token(kind, piece[0], start + piece.start(), start + piece.end())


def _is_iri(text: str) -> bool:
    """Whether it is an IRI rather than a comparison written without blanks, as in `?a<?b&&?c>?d`."""
    compares = text.startswith("<=") or "&&" in text or text.count("(") != text.count(")")
    # No operator is followed by a backslash.
    return not compares or text.startswith("<\\") or _SCHEME.match(text) is not None


def unescaped(text: str) -> str:
    """The text with the escapes in its IRIs resolved, and so written that Oxigraph reads the tokens that we read.

    What is left as it is: escapes in strings, and those of characters that no IRI may have, for Oxigraph to refuse.
    """
    if not _DOUBTFUL.search(text):
        return text
    parts, done = [], 0
    for token in tokens(text):
        new = token.text
        if token.kind == "iri":
            new = re.sub(_UCHAR, _resolved, new)
            if _RISKY.search(new) and not _SCHEME.match(new):
                # So it can only be an IRI.
                new = f"<\\u{ord(new[1]):04X}{new[2:]}" if new[1] <= "\uffff" else f"<\\U{ord(new[1]):08X}{new[2:]}"
        elif token.text in ("<", "<=") and (_IRIREF.match(text, token.start) or text[token.end : token.end + 1] == "<"):
            new += " "  # No IRI has a blank in it.
        if new is not token.text:
            parts += [text[done : token.start], new]
            done = token.end
    return "".join((*parts, text[done:]))


def _resolved(escape: re.Match[str]) -> str:
    code = int(escape[0][2:], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or not re.fullmatch(_IRI_CHARS, chr(code)):
        return escape[0]
    return chr(code)
