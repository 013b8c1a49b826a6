"""The conflict ontology: its terms, its codes and their words, its shapes, all read from the Turtle beside this."""

from __future__ import annotations

from .concepts import SCHEMES, Code, ancestors, codes
from .lexicon import Trigger, lexicon
from .namespace import CKG, Namespace, terms
from .source import NAMESPACE, VERSION, graph, shapes, span_shapes, turtle

__all__ = [
    "CKG",
    "NAMESPACE",
    "SCHEMES",
    "VERSION",
    "Code",
    "Namespace",
    "Trigger",
    "ancestors",
    "codes",
    "graph",
    "lexicon",
    "shapes",
    "span_shapes",
    "terms",
    "turtle",
]
