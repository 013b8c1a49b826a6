"""What of a triple is kept in a text index, if anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.store import textquery

FIELDS = ("label", "name", "title", "sentence", "span")
"""The kinds of text that can be searched apart, each a column. A change of what follows needs a new `textfile.VERSION`.

A label is what any node is called; a name, what a thing with names of its own is called. A name in a sentence is a
span: there are hundreds of the same, and among them no sentence would be found.
"""

INDEXED = {
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"): "label",
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"): "name",
    NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"): "name",
    NamedNode("http://purl.org/dc/terms/title"): "title",
    NamedNode("https://w3id.org/conflictkg/ns#exact"): "sentence",
}
"""The predicates whose literals are indexed, if an IRI has them, and the field of each."""

SHORTEST_SENTENCE = 4
"""A quotation of fewer words is a span."""

MENTION = NamedNode("https://w3id.org/conflictkg/ns#mention")
"""The predicate whose triples are counted: a name that is mentioned often is looked for often."""


PREDICATES = frozenset({MENTION, *INDEXED})
"""The predicates of all triples that the index looks at."""


class Row(NamedTuple):
    """What is kept of a triple: 16 bytes that stand for it, the IRI of its subject, and its text as it is indexed.

    `field` is one of FIELDS; of a mention, which has no text, it is ''.
    """

    key: bytes
    node: str
    field: str = ""
    text: str = ""


def row(triple: Triple) -> Row | None:
    """The row of a triple; None where it isn't indexed."""
    node, said = triple.subject, triple.object
    if not isinstance(node, NamedNode):
        return None
    if triple.predicate == MENTION and isinstance(said, NamedNode):
        return Row(_key(node.value, said.value), node.value)
    field = INDEXED.get(triple.predicate)
    if field is None or not isinstance(said, Literal):
        return None
    # The same name under two predicates or in two languages is two triples, and one may go without the other.
    tag = f"{said.language}{said.direction or ''}" if said.language else said.datatype.value
    text = textquery.folded(said.value)
    if field == "sentence" and len(text.split()) < SHORTEST_SENTENCE:
        field = "span"
    return Row(_key(node.value, triple.predicate.value, tag, said.value), node.value, field, text)


def _key(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode(), digest_size=16).digest()


def read(lines: Sequence[str]) -> dict[str, Triple]:
    """The triples of lines that `str` has made, or that were taken for such unread; of what is no triple there is none.

    No store has taken the latter, so they are nothing to index.
    """
    try:
        return {line: quad.triple for line, quad in zip(lines, _parsed(lines), strict=True)}
    except SyntaxError:
        if len(lines) == 1:
            return {}
        middle = len(lines) // 2
        return read(lines[:middle]) | read(lines[middle:])


def _parsed(lines: Iterable[str]) -> list[Quad]:
    return list(parse("".join(f"{line} .\n" for line in lines), RdfFormat.N_TRIPLES))
