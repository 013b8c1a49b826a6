"""The closed namespace: only terms that the Turtle defines can be named."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import URIRef

from .source import CODES, NAMESPACE, VOCABULARY


@cache
def terms() -> frozenset[str]:
    """The local names of all classes, properties, datatypes, schemes and codes."""
    return frozenset(
        quad.subject.value.removeprefix(NAMESPACE)
        for path in (VOCABULARY, CODES)
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(NAMESPACE)
    )


class Namespace:
    """`CKG.Event` is the IRI of Event; a name that the ontology doesn't define raises AttributeError."""

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("__"):  # copy, pickle and doctest probe for these
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> URIRef:
        if name in terms():
            return URIRef(NAMESPACE + name)
        near = get_close_matches(name, terms(), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"the ontology has no term {name!r}{hint}")

    def __contains__(self, name: object) -> bool:
        return name in terms()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(terms()))

    def __dir__(self) -> list[str]:
        return sorted(terms())

    def __str__(self) -> str:
        return NAMESPACE


CKG = Namespace()
