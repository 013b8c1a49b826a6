"""The SPARQL updates that keep a store's default graph the union of its named graphs, as a set.

Oxigraph can take the union while it asks, but then returns a triple once for each graph it stands in, so that counts
come out wrong, and overrides FROM. So the default graph holds a copy of each distinct triple: it goes when the last
named graph that holds it lets it go. Written as one update each, because a store runs an update as one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.errors import StoreError

_DROP = """DELETE {{ ?s ?p ?o }} WHERE {{
  GRAPH {graph} {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }}
}} ;
DROP SILENT GRAPH {graph}"""
_INSERT = """INSERT DATA {{
{triples}
GRAPH {graph} {{
{triples}
}} }}"""


def remove(graph: str) -> str:
    """The update that takes a graph away, and from the default graph what no other graph holds."""
    return _DROP.format(graph=name(graph))


def replace(graph: str, quads: Iterable[Quad]) -> str:
    """The update that leaves in a graph these quads and no others. Raises StoreError for a blank node."""
    triples = sorted({_triple(quad) for quad in quads})
    insert = _INSERT.format(graph=name(graph), triples="\n".join(triples))
    return f"{remove(graph)} ;\n{insert}" if triples else remove(graph)


def name(graph: str) -> NamedNode:
    """The graph's name; raises StoreError where it is no absolute IRI."""
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise StoreError(f"{graph!r} can't name a graph: {error}") from error


def named(quad: Quad) -> Quad:
    """The quad itself; raises StoreError where it has a blank node."""
    if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        raise StoreError(f"a graph to be stored can't have blank nodes: {quad.triple}")
    return quad


def _triple(quad: Quad) -> str:
    triple = named(quad).triple
    return " ".join(written(term) for term in (triple.subject, triple.predicate, triple.object)) + " ."


def written(term: object) -> str:
    """The term as SPARQL writes it, safe to put into a query or an update whatever the text it holds."""
    # SPARQL resolves \uXXXX before it looks at quotes (section 19.2), so a text's own backslash followed by a u must
    # not read as such an escape, or a text could break out of its literal.
    return re.sub(r"\\\\([uU])|\\.", lambda m: rf"\\\u{ord(m[1]):04X}" if m[1] else m[0], str(term))
