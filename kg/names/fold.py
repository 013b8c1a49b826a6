"""The forms under which names are compared: spelling variants of one name fold to one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Indel

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


_SOUNDS = {
    "sch": "s", "sh": "s", "kh": "k", "zh": "z", "ch": "k", "ph": "v", "gh": "k", "dh": "d", "th": "t", "dj": "y",
    "dz": "z", "tz": "z", "ts": "z", "ck": "k", "q": "k", "c": "k", "x": "ks", "w": "v", "f": "v", "g": "k", "j": "y",
}  # fmt: skip
"""What a sound of one spelling is in all of them; longer spellings go first."""
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_ARABIC_ARTICLE = frozenset(
    ["al", "el", "ad", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "en", "er", "es", "ez"]
)
_SOFT = re.compile(r"[aeiouyh]+")
_TWICE = re.compile(r"(.)\1+")
_LATIN_WORDS = re.compile(r"[a-z ]+")


def skeleton(name: str) -> str:
    """The consonants of a name, alike for its transliterations: 'Zelenskiy' and 'Zelensky', 'Sergei' and
    'Sergey', 'Khadafy' and 'Gaddafi'. Empty where too little is left to tell names apart, or the letters aren't Latin.
    """
    return bones(fold(name))


def bones(folded: str) -> str:
    """The skeleton of a name that is folded already."""
    if not _LATIN_WORDS.fullmatch(folded):
        return ""
    words = folded.split()
    kept = [word for word in words if word not in _ARABIC_ARTICLE] or words
    # Without spaces: 'Khan Younis' is 'Khanyounis' too.
    left = "".join(map(_bones, kept))
    return left if len(left) > 2 else ""


@lru_cache(maxsize=1 << 16)
def _bones(word: str) -> str:
    word = _SOUND.sub(lambda sound: _SOUNDS[sound.group()], word)
    # A vowel in front tells names apart ('Aden', 'Den'); which vowel it is doesn't.
    first = "a" if word[:1] in "aeiou" and word else ""
    return first + _TWICE.sub(r"\1", _SOFT.sub("", word))


_INITIALS = {"c": "k", "q": "k", "g": "k", "j": "y", "w": "v", "f": "v", "e": "y", "i": "y"}
"""Letters that one sound begins with in different spellings: 'Gaddafi' and 'Qaddafi', 'Yelena' and 'Elena'."""


def likeness(folded: str, other: str) -> float:
    """How alike two folded names are that may be spellings of one: 0 to 1, the least of any of their words.

    0 where they have different numbers of words, or a word begins with another sound.
    """
    words, others = _words(folded), _words(other)
    if len(words) != len(others):
        # 'Khan Younis' and 'Khanyounis'
        joined, other_joined = "".join(words), "".join(others)
        return Indel.normalized_similarity(joined, other_joined) - 0.05 if joined[:1] == other_joined[:1] else 0.0
    return min((_word_likeness(word, another) for word, another in zip(words, others, strict=True)), default=0.0)


def _words(folded: str) -> list[str]:
    words = folded.split()
    return [word for word in words if word not in _ARABIC_ARTICLE] or words


def _word_likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    first, other_first = word[0], other[0]
    if first != other_first and _INITIALS.get(first, first) != _INITIALS.get(other_first, other_first):
        return 0.0
    # A name of few letters is another name as soon as one of them differs.
    return Indel.normalized_similarity(word, other) - (0.1 if min(len(word), len(other)) < 5 else 0.0)
