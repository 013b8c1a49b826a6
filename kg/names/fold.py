"""The forms under which names are compared: spelling variants of one name fold to one key."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʹ′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)
_POSSESSIVE = re.compile(r"(?:'s|(?<=[sS])')$|(?<=[A-Z])'S$")
_SPACES = re.compile(r"[\s\-_/,]+")
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+(?=\S)")


def surface(name: str) -> str:
    """The name, its case kept, without diacritics, apostrophes, dots, hyphens, possessive ending or leading 'the'."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return _ARTICLE.sub("", name) if name[0] in "tT" else name
    name = name.strip().translate(_QUOTES)
    name = _POSSESSIVE.sub("", name)
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_PLAIN))
        name = "".join(c for c in name if not unicodedata.combining(c))
    name = _SPACES.sub(" ", name.replace(".", "").replace("'", "")).strip()
    return _ARTICLE.sub("", name)


def fold(name: str) -> str:
    """The key under which a name is found: its surface in lower case."""
    return surface(name).casefold()
