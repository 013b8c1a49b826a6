"""The conflict ontology: its terms, its codes and their words, its shapes, all read from the Turtle beside this."""

from __future__ import annotations

from .concepts import SCHEMES, Code, ancestors, codes
from .lexicon import Trigger, lexicon
from .namespace import CKG, Namespace, terms
from .schema import Class, Property, classes, narrower, narrowest, properties
from .source import NAMESPACE, VERSION, graph, shapes, span_shapes, turtle

__all__ = [
    "CKG",
    "NAMESPACE",
    "SCHEMES",
    "VERSION",
    "Class",
    "Code",
    "Namespace",
    "Property",
    "Trigger",
    "ancestors",
    "classes",
    "codes",
    "graph",
    "lexicon",
    "narrower",
    "narrowest",
    "properties",
    "shapes",
    "span_shapes",
    "terms",
    "turtle",
]
