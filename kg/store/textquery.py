"""What somebody typed, as an expression of SQLite's FTS5. No input is an error, none is read as FTS5's own syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category, combining, normalize

_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"]+))')
_NEVER = re.compile("[\0\ud800-\udfff]")
"""What SQLite takes for the end of a text, and what UTF-8 can't hold."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a phrase to look for, which may be only `begun`, or must be `absent`. Its `str` is how it is typed."""

    words: str
    begun: bool
    absent: bool

    def __str__(self) -> str:
        return f"{'-' if self.absent else ''}{self.expression}"

    @property
    def expression(self) -> str:
        """The part for FTS5, whether it is wanted or not."""
        return f'"{self.words}"{"*" if self.begun else ""}'


def parts(typed: str, *, prefix: bool = False) -> tuple[Part, ...]:
    """The words and phrases that were typed, each once; of what no word is in there is none.

    `"two words"` is a phrase, `word*` whatever begins so, and `-word` must be absent. With `prefix` the last word
    stands for all that begins so, unless it must be absent. Words joined by a mark ("cease-fire") are a phrase.
    """
    found: list[Part] = []
    read = [part for part in _PART.finditer(folded(typed)) if _has_word(part[0])]
    for part in read:
        words, absent = part["word"] or part["phrase"], bool(part["minus"])
        begun = bool(part["star"]) or words.endswith("*") or (prefix and not absent and part is read[-1])
        found.append(Part(words.rstrip("*"), begun, absent))
    return tuple(dict.fromkeys(found))


def expression(typed: str, *, fields: Sequence[str] = (), prefix: bool = False) -> str:
    """The FTS5 expression for all of the words typed, in one of the fields; '' where there are none to look for.

    Without fields a text may be in any. `parts` says what may be typed.
    """
    read = parts(typed, prefix=prefix)
    wanted = " ".join(part.expression for part in read if not part.absent)
    unwanted = " OR ".join(part.expression for part in read if part.absent)
    if not wanted:
        return ""
    found = f"({wanted}) NOT ({unwanted})" if unwanted else wanted
    return f"{{{' '.join(fields)}}} : ({found})" if fields else found


def folded(text: str) -> str:
    """The text as it is indexed and looked for: composed, since FTS5 takes 'й' in two characters for another letter."""
    if text.isascii() and "\0" not in text:
        return text
    return normalize("NFC", _NEVER.sub(" ", text))


def bare(text: str) -> str:
    """The words of a text without case, accents and marks: two texts with the same are one name to a reader."""
    if not text.isascii():
        text = "".join(c for c in normalize("NFD", text) if not combining(c))
    return " ".join(WORD.findall(text.casefold()))


def _has_word(text: str) -> bool:
    """Whether FTS5 finds a word in it: letters, numbers or private characters, for its tokenizer `unicode61`."""
    return any(kind[0] in "LN" or kind == "Co" for kind in map(category, text))
