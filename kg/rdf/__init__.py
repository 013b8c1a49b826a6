"""The one place where triples are made: an Extraction becomes the quads of one named graph.

Classes are written with their ancestors within the ontology; what they align with (SEM, PROV-O, schema.org) stands in
the ontology's own graph, as rdfs:subClassOf.
"""

from kg.rdf.graph import linked, quads
from kg.rdf.iris import BASE, article_key, graph_iri, graphs
from kg.rdf.terms import PREFIXES, nquads
from kg.rdf.vocabulary import ONTOLOGY_GRAPH, ontology_quads

__all__ = [
    "BASE", "ONTOLOGY_GRAPH", "PREFIXES", "article_key", "graph_iri", "graphs", "linked", "nquads", "ontology_quads",
    "quads",
]  # fmt: skip
