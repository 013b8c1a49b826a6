"""The Turtle files of the ontology, and the graphs they hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph

NAMESPACE = "https://w3id.org/conflictkg/ns#"
VERSION = "0.1.0"  # a test holds it to owl:versionInfo
FOLDER = Path(__file__).parent
VOCABULARY = FOLDER / "conflict.ttl"
CODES = FOLDER / "codes.ttl"
SHAPES = FOLDER / "shapes.ttl"
SPAN_SHAPES = FOLDER / "spans.ttl"


def turtle() -> str:
    """The vocabulary and its codes as one Turtle document."""
    return VOCABULARY.read_text("utf8") + "\n" + CODES.read_text("utf8")


@cache
def graph() -> Graph:
    """The vocabulary and its codes. Shared by all callers: copy it before changing it."""
    return Graph().parse(data=turtle(), format="turtle")


@cache
def shapes() -> Graph:
    """The SHACL shapes that an article's graph must meet. Shared by all callers: copy it before changing it."""
    return Graph().parse(SHAPES, format="turtle")


@cache
def span_shapes() -> Graph:
    """The shapes of spans, of places within themselves and of doubles, kept apart because they cost much time."""
    return Graph().parse(SPAN_SHAPES, format="turtle")
