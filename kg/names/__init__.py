"""Facts about names: what a name in a text can stand for, before anything is known about the text."""

from kg.names.fold import fold, surface
from kg.names.index import first_words, longest, lookup
from kg.names.name import Name

__all__ = ["Name", "first_words", "fold", "longest", "lookup", "surface"]
