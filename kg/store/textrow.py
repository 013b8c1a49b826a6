"""What of a triple is kept in a text index, if anything."""

from __future__ import annotations

from hashlib import blake2b

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.store import textquery

INDEXED = frozenset(
    NamedNode(iri)
    for iri in (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2004/02/skos/core#altLabel",
        "http://purl.org/dc/terms/title",
        "https://w3id.org/conflictkg/ns#exact",
    )
)
"""The predicates whose literals are indexed, by IRIs only. A change of them needs a new `textfile.VERSION`."""

Row = tuple[bytes, str, str]
"""16 bytes that stand for the triple, the IRI of its subject, and its text as it is indexed."""


def row(triple: Triple) -> Row | None:
    """The row of a triple; None where it isn't indexed."""
    node, said = triple.subject, triple.object
    if triple.predicate not in INDEXED or not isinstance(node, NamedNode) or not isinstance(said, Literal):
        return None
    # The same name under two predicates or in two languages is two triples, and one may go without the other.
    tag = f"{said.language}{said.direction or ''}" if said.language else said.datatype.value
    parts = (node.value, triple.predicate.value, tag, said.value)
    return blake2b("\0".join(parts).encode(), digest_size=16).digest(), node.value, textquery.folded(said.value)


def read(line: str) -> Triple:
    """The triple that `str` has made a line of."""
    (quad,) = parse(f"{line} .", RdfFormat.N_TRIPLES)
    return Triple(quad.subject, quad.predicate, quad.object)
