"""The classes and properties of the ontology as data: what is below what, and what a property joins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions, RdfFormat, Store

from .source import NAMESPACE, VOCABULARY

_PREFIXES = """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_CLASSES = "SELECT ?class ?label ?above { ?class a owl:Class ; rdfs:label ?label ; rdfs:subClassOf* ?above }"
_PROPERTIES = """SELECT ?property ?label ?kind ?side ?class {
  VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty }
  ?property a ?kind ; rdfs:label ?label .
  OPTIONAL {
    { ?property rdfs:domain/((owl:unionOf/rdf:rest*/rdf:first)?) ?class BIND("domain" AS ?side) }
    UNION { ?property rdfs:range/((owl:unionOf/rdf:rest*/rdf:first)?) ?class BIND("range" AS ?side) }
    FILTER(isIRI(?class))
  }
}"""


@dataclass(frozen=True, slots=True)
class Class:
    """A class by its local name. `above` has it and all classes of ours that it is a subclass of."""

    name: str
    label: str
    above: frozenset[str]


@dataclass(frozen=True, slots=True)
class Property:
    """A property by its local name. An empty domain or range is one that the ontology leaves open.

    `links` says that its values are nodes. Classes of other vocabularies stand in `range` by their IRI.
    """

    name: str
    label: str
    links: bool
    domain: frozenset[str]
    range: frozenset[str]

    @property
    def iri(self) -> str:
        return NAMESPACE + self.name


@cache
def classes() -> dict[str, Class]:
    """Every class by its local name, in alphabetical order."""
    found: dict[str, tuple[str, set[str]]] = {}
    for iri, label, above in _rows(_CLASSES):
        if iri.startswith(NAMESPACE) and above.startswith(NAMESPACE):
            found.setdefault(_local(iri), (label, set()))[1].add(_local(above))
    return {name: Class(name, label, frozenset(above)) for name, (label, above) in sorted(found.items())}


@cache
def properties() -> dict[str, Property]:
    """Every property by its local name, in alphabetical order."""
    found: dict[str, tuple[str, bool, dict[str, set[str]]]] = {}
    for iri, label, kind, side, name in _rows(_PROPERTIES):
        _, _, sides = found.setdefault(_local(iri), (label, kind.endswith("ObjectProperty"), {}))
        sides.setdefault(side, set()).add(_local(name))
    return {
        name: Property(name, label, links, frozenset(sides.get("domain", ())), frozenset(sides.get("range", ())))
        for name, (label, links, sides) in sorted(found.items())
    }


def narrower(*names: str) -> frozenset[str]:
    """The local names of these classes and of all that are below one of them. An unknown name raises KeyError."""
    for name in names:
        classes()[name]
    return frozenset(each.name for each in classes().values() if each.above & set(names))


def narrowest(iris: Iterable[str]) -> str:
    """The local name of the narrowest of these classes, given by IRI; empty where none is of the ontology.

    A country is a State and a Place: where neither class is below the other, an agent comes before what is none.
    """
    ours = [classes()[name] for name in map(_local, iris) if name in classes()]
    found = max(ours, key=lambda each: ("Agent" in each.above, len(each.above), each.name), default=None)
    return found.name if found else ""


@cache
def _vocabulary() -> Store:
    store = Store()
    store.load(path=VOCABULARY, format=RdfFormat.TURTLE)
    return store


def _rows(query: str) -> list[tuple[str, ...]]:
    solutions = _vocabulary().query(_PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in solutions]


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)
