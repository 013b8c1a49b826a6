"""The SPARQL updates that keep a store's default graph the union of its named graphs, as a set.

Oxigraph can take the union while it asks, but then returns a triple once for each graph it stands in, so that counts
come out wrong, and overrides FROM. So the default graph holds a copy of each distinct triple: it goes when the last
named graph that holds it lets it go. Written as one update each, because a store runs an update as one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import StoreError


def remove(graph: NamedNode) -> str:
    """The update that takes a graph away, and from the default graph what no other graph holds."""
    return f"""DELETE {{ ?s ?p ?o }} WHERE {{
  GRAPH {graph} {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }}
}} ;
DROP SILENT GRAPH {graph}"""


def replace(graph: NamedNode, triples: Iterable[Triple]) -> str:
    """The update that leaves in a graph these triples and no others, whatever it holds."""
    added = list(triples)
    return f"{remove(graph)} ;\n{insert(graph, added)}" if added else remove(graph)


def insert(graph: NamedNode, triples: Iterable[Triple]) -> str:
    """The update that adds these triples to a graph."""
    body = _body(triples)
    return f"INSERT DATA {{\n{body}GRAPH {graph} {{\n{body}}} }}"


def name(graph: str) -> NamedNode:
    """The graph's name; raises StoreError where it is no absolute IRI."""
    try:
        return NamedNode(graph)
    except ValueError as error:
        raise StoreError(f"{graph!r} can't name a graph: {error}") from error


def named(quads: Iterable[Quad]) -> set[Triple]:
    """The triples of the quads; raises StoreError where one has a blank node."""
    triples = {quad.triple for quad in quads}
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            raise StoreError(f"a graph to be stored can't have blank nodes: {triple}")
    return triples


def written(term: object) -> str:
    """The term or triple as SPARQL writes it, safe to put into a query or an update whatever the text it holds."""
    text = str(term)
    # SPARQL resolves \uXXXX before it looks at quotes (section 19.2), so a text's own backslash followed by a u must
    # not read as such an escape, or a text could break out of its literal.
    if "\\\\" in text:
        return re.sub(r"\\\\([uU])|\\.", lambda m: rf"\\\u{ord(m[1]):04X}" if m[1] else m[0], text)
    return text


def _body(triples: Iterable[Triple]) -> str:
    return "".join(f"{line} .\n" for line in sorted(map(written, triples)))
