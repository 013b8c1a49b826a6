"""Names: the gazetteer that says what a name in a text can stand for, before anything is known about the text."""

from kg.names.earth import kilometres
from kg.names.fold import fold, skeleton, surface
from kg.names.gazetteer import Gazetteer
from kg.names.name import HOW, Name, Office
from kg.names.shipped import first_words, known, longest, lookup, shipped

__all__ = [
    "HOW", "Gazetteer", "Name", "Office", "first_words", "fold", "kilometres", "known", "longest", "lookup", "shipped",
    "skeleton", "surface",
]  # fmt: skip
