"""The ontology as a graph of the store, because queries over `skos:broader*` and superclasses need it there."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse
from rdflib.compare import to_canonical_graph

import ontology
from kg.rdf.terms import PREFIXES, Term

ONTOLOGY_GRAPH = PREFIXES["ckg"].rstrip("#")


def ontology_quads() -> list[Quad]:
    """The ontology as sorted quads of the graph that its namespace names."""
    graph = NamedNode(ONTOLOGY_GRAPH)
    triples = parse(to_canonical_graph(ontology.graph()).serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES)
    return sorted((Quad(_named(t.subject), t.predicate, _named(t.object), graph) for t in triples), key=str)


def _named(term: Term | BlankNode) -> Term:
    """The term, or a stable IRI in place of a canonically labelled blank node (RDF 1.1, section 3.5)."""
    return NamedNode(f"{ONTOLOGY_GRAPH}/.well-known/genid/{term.value}") if isinstance(term, BlankNode) else term
