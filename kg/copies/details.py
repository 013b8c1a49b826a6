"""What a text says, apart from its frame: its words, and the numbers and names by which a follow-up differs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.read.words import is_clutter

LEAST = 50  # words of a text that can do without its frame
EDGE = 6  # lines at either end that can be a frame
HEADING = 15  # words that a line above the text has at most

NUMBER, NAME, STOP = "number", "name", "."

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*|[.!?;:,()\n]+")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_ENDED = re.compile(r"[.!?…:][\"'”’)\]]*$")
# 'KYIV, Ukraine —', 'Kyiv, June 2 (Agency) -': a place in capitals, or an agency, before a dash.
_DATELINE = re.compile(
    r"(?:[A-Z]{3}[^\n.—–]{0,50}?(?:\([^\n)]{2,30}\))?|[A-Z][^\n—–]{0,50}\([A-Z][^\n)]{1,30}\)) ?(?:—|–|--|-(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `words.toml`; `frame` matches a whole line that tells who wrote the text."""

    numbers: dict[str, int]
    vague: frozenset[str]
    plain: frozenset[str]
    frame: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Details:
    """The words of a text in one case, with numbers as figures, and what tells it from others.

    These are its names, and its numbers with the beginning of the word after each, or before where none is: '14 people'
    is new where '14 tanks' are known. Two letters of it are enough, and a slip that is mended mostly spares them.
    """

    words: tuple[str, ...]
    telling: frozenset[str]


@cache
def lists() -> Words:
    """The lists, read once."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    return Words(
        numbers=table["numbers"],
        vague=frozenset(table["words"]["vague"]),
        plain=frozenset(table["words"]["plain"]).union(table["words"]["agencies"]),
        frame=re.compile("|".join(f"(?:{pattern})" for pattern in table["frame"]["patterns"]), re.IGNORECASE),
    )


def details(text: str) -> Details:
    """What the text says. Heading, byline, dateline and credits are left out where 50 words stand without them."""
    whole = text.replace("’", "'").replace("per cent", "percent").replace("%", " percent")
    whole = _ACRONYM.sub(lambda match: match[0].replace(".", ""), whole)
    read = _read(body(whole))
    if sum(word != STOP for word, _ in read) < LEAST:
        read = _read(whole)
    words = [word for word, _ in read]
    around = zip([STOP, *words], read, [*words[1:], STOP], strict=False)
    telling = {
        f"{word} {(before if after == STOP else after)[:2]}" if kind == NUMBER else word
        for before, (word, kind), after in around
        if kind
    }
    return Details(tuple(word for word in words if word != STOP), frozenset(telling))


def _read(text: str) -> list[tuple[str, str]]:
    """The words of the text and whether each is a number or a name; a stop for each run of marks."""
    table, tens = lists(), 0
    read: list[tuple[str, str]] = []
    for token in _TOKEN.findall(text):
        low = token.casefold().removesuffix("'s")
        spelt = table.numbers.get(low, 0)
        if tens and 0 < spelt < 10:  # 'twenty-five'
            read[-1] = (str(tens + spelt), NUMBER)
        elif low in table.numbers or low[0].isdigit():
            read.append((_figure(low, table), NUMBER))
        elif not low[0].isalpha():
            read.append((STOP, ""))
        elif low in table.vague:
            read.append((low, NUMBER))
        else:
            named = token[0].isupper() and low.partition("'")[0] not in table.plain
            read.append((low, NAME if named else ""))
        tens = spelt if spelt >= 20 else 0
    return read


def body(text: str) -> str:
    """The text without the lines above and below it that tell a heading, who wrote it, and whose it is."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    for _ in range(EDGE):
        if lines and (_is_frame(lines[0]) or _is_heading(lines[0])):
            del lines[0]
        if lines and _is_frame(lines[-1]):
            del lines[-1]
    whole = "\n".join(lines)
    dateline = _DATELINE.match(whole)
    return whole[dateline.end() :] if dateline else whole


def _is_frame(line: str) -> bool:
    return is_clutter(line) or lists().frame.fullmatch(line.strip("()[]*_ ")) is not None


def _is_heading(line: str) -> bool:
    return not _ENDED.search(line) and line.count(" ") < HEADING


def _figure(word: str, table: Words) -> str:
    """The figures of a number, without what only sets them: 'twelve', '1,200', '08'."""
    if word in table.numbers:
        return str(table.numbers[word])
    return _THOUSANDS.sub("", word).lstrip("0") or "0"
