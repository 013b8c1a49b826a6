"""What somebody typed, as an expression of SQLite's FTS5. No input is an error, none is read as FTS5's own syntax."""

from __future__ import annotations

import re
from unicodedata import category, normalize

_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"]+))')
_NEVER = re.compile("[\0\ud800-\udfff]")
"""What SQLite takes for the end of a text, and what UTF-8 can't hold."""


def expression(typed: str, *, prefix: bool = False) -> str:
    """The FTS5 expression for all of the words typed; '' where there are none to look for.

    `"two words"` is a phrase, `word*` whatever begins so, and `-word` must be absent. With `prefix` the last word
    stands for all that begins so, unless it must be absent. Words joined by a mark ("cease-fire") are a phrase.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    parts = [part for part in _PART.finditer(folded(typed)) if _has_word(part[0])]
    for part in parts:
        words = part["word"] or part["phrase"]
        starred = part["star"] or words.endswith("*")
        if part["minus"]:
            unwanted.append(f'"{words}"' + ("*" if starred else ""))
        else:
            wanted.append(f'"{words}"' + ("*" if starred or (prefix and part is parts[-1]) else ""))
    if not wanted:
        return ""
    found = " ".join(dict.fromkeys(wanted))
    return f"({found}) NOT ({' OR '.join(dict.fromkeys(unwanted))})" if unwanted else found


def folded(text: str) -> str:
    """The text as it is indexed and looked for: composed, since FTS5 takes 'й' in two characters for another letter."""
    return normalize("NFC", _NEVER.sub(" ", text))


def _has_word(text: str) -> bool:
    """Whether FTS5 finds a word in it: letters, numbers or private characters, for its tokenizer `unicode61`."""
    return any(kind[0] in "LN" or kind == "Co" for kind in map(category, text))
