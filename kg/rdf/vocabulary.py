"""The ontology as a graph of the store, because queries over `skos:broader*` and superclasses need it there."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

import ontology
from kg.rdf.terms import PREFIXES

ONTOLOGY_GRAPH = PREFIXES["ckg"].rstrip("#")


def ontology_quads() -> list[Quad]:
    """The ontology as sorted quads of the graph that its namespace names, its blank nodes given IRIs."""
    # Two documents, each with prefixes of its own, may be read as one: Turtle allows a prefix to be declared again.
    triples = Dataset(parse(ontology.turtle(), RdfFormat.TURTLE))
    triples.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    graph = NamedNode(ONTOLOGY_GRAPH)
    return sorted((Quad(_named(t.subject), t.predicate, _named(t.object), graph) for t in triples), key=str)


def _named(term: Any) -> Any:
    """The term, or a stable IRI in place of a canonically labelled blank node (RDF 1.1, section 3.5)."""
    return NamedNode(f"{ONTOLOGY_GRAPH}/.well-known/genid/{term.value}") if isinstance(term, BlankNode) else term
