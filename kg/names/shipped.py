"""The gazetteer that comes with the package: what extraction looks names up in."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from kg.errors import GazetteerError
from kg.names.gazetteer import Gazetteer
from kg.names.name import Name

FOLDER = Path(__file__).parent / "starter"


@cache
def shipped() -> Gazetteer:
    """The starter gazetteer. Raises GazetteerError where the package was not installed but only copied."""
    try:
        return Gazetteer(FOLDER)
    except GazetteerError as error:
        raise GazetteerError(
            error.problem, where=error.where, remedy="install the package, or run `python hatch_build.py`"
        ) from error


@lru_cache(maxsize=65536)
def lookup(name: str) -> tuple[Name, ...]:
    """What the name can stand for among the things that texts are searched for, the likeliest first.

    Case, diacritics, apostrophes, hyphens, dots, a possessive ending and a leading 'the' don't matter, but names of up
    to three letters, and names that are ordinary words or given names too, must be written in their exact case.
    """
    return shipped().lookup(name, core=True)


def known(name: str) -> bool:
    """Whether the shipped gazetteer has anything of that name, though texts may not be searched for it."""
    return bool(shipped().lookup(name))


def longest() -> int:
    """The number of words in the longest name that texts are searched for, after folding (hyphens part words)."""
    return shipped().longest


class _FirstWords:
    """The folded first words of all names that texts are searched for."""

    def __contains__(self, word: str) -> bool:
        return shipped().starts_name(word)


def first_words() -> _FirstWords:
    """The folded first words of all names, as something to ask with `in`: elsewhere no name starts."""
    return _FirstWords()
