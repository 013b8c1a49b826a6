"""The check of an article's graph against the shapes of the ontology, before it is stored.

The shapes are SHACL and pyshacl judges by them, unless a quick look says that all is well, which takes a tenth of the
time. Two rewritings that mean the same make pyshacl four times as fast: a property shape takes over the target of its
node shape, so that pyshacl reads it once and not once a node; and a node shape that is only a list of values moves into
the property shapes that name it, which also tells better what is wrong. What the shapes of `ontology.span_shapes` say
is judged in Python, because they cost queries or many more triples to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyshacl
from pyoxigraph import BlankNode, NamedNode, Quad
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

import ontology
from kg.errors import InvalidGraph
from kg.rdf import PREFIXES
from kg.validate.quick import surely_valid

_CKG = PREFIXES["ckg"]
_MATCH, _LABEL = PREFIXES["skos"] + "exactMatch", PREFIXES["skos"] + "prefLabel"
_MOST = 20


def check(quads: Iterable[Quad]) -> None:
    """Returns where the quads of one article's graph are valid. Raises InvalidGraph with a line for each violation."""
    found = list(quads)
    # The shapes first: they see to it that a mention has one start, one end and one article, and numbers as offsets.
    violations = _shapes(found) or [*_spans(found), *_circles(found), *_doubles(found)]
    if violations:
        rest = [f"and {len(violations) - _MOST} more"] if len(violations) > _MOST else []
        raise InvalidGraph(str(found[0].graph_name), "\n".join([*violations[:_MOST], *rest]))


def _spans(quads: list[Quad]) -> list[str]:
    """A line for each mention whose words are not what stands in the text between its offsets."""
    said: dict[str, dict[str, str]] = {}
    for quad in quads:
        term = quad.predicate.value.removeprefix(_CKG)
        if term in ("text", "inArticle", "start", "end", "exact"):
            said.setdefault(str(quad.subject), {})[term] = getattr(quad.object, "value", "")
    wrong = []
    for mention, terms in sorted(said.items()):
        text = said.get(f"<{terms.get('inArticle')}>", {}).get("text")
        if text is None:
            continue
        there = text[int(terms["start"]) : int(terms["end"])]
        if there != terms["exact"]:
            wrong.append(f"{mention}: its words are {terms['exact']!r}, and the text has {there!r} there")
    return wrong


def _circles(quads: list[Quad]) -> list[str]:
    """A line for each place that lies within itself, by whatever way."""
    within: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == f"{_CKG}within":
            within.setdefault(str(quad.subject), set()).add(str(quad.object))
    wrong = []
    for place in sorted(within):
        outer, ahead = set[str](), [place]
        while ahead:
            new = within.get(ahead.pop(), set()) - outer
            outer |= new
            ahead.extend(new)
        if place in outer:
            wrong.append(f"{place.strip('<>')}: No place lies within itself, nor within what lies within it.")
    return wrong


def _doubles(quads: list[Quad]) -> list[str]:
    """A line for each second Wikidata item of an entity, and for each second preferred label in one language."""
    first: dict[tuple[str, str], str] = {}
    wrong = []
    for quad in quads:
        if quad.predicate.value == _MATCH and quad.object.value.startswith(PREFIXES["wd"]):  # type: ignore[union-attr]
            key, told = "", "An entity is one Wikidata item at most."
        elif quad.predicate.value == _LABEL and isinstance(quad.object, OxLiteral) and quad.object.language:
            key, told = quad.object.language.lower(), "An entity has one preferred label a language."
        else:
            continue
        value = quad.object.value  # type: ignore[union-attr]
        if first.setdefault((str(quad.subject), key), value) != value:
            wrong.append(f"{str(quad.subject).strip('<>')}: {told} It has {value}")
    return wrong


def _shapes(quads: list[Quad]) -> list[str]:
    """A line for each violation of a shape."""
    if surely_valid(quads):
        return []
    shapes, predicates = _compiled()
    graph, node = Graph(), cache(_node)
    try:
        for quad in quads:
            if quad.predicate.value in predicates:
                graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    except TypeError as error:
        return [str(error)]
    valid, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference=None, advanced=False, inplace=True)
    if valid or not isinstance(report, Graph):
        return []
    lines = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        message = report.value(result, SH.resultMessage)
        lines.append(f"{focus}: {message}" + (f" It has {value}" if value not in (None, focus) else ""))
    return sorted(lines)


def _node(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if not isinstance(term, OxLiteral):
        raise TypeError(f"An article's graph has no triples in triples, and this has {term}")
    return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))


@cache
def _compiled() -> tuple[Graph, frozenset[str]]:
    """The shapes, rewritten to be fast, and the IRIs of all predicates they look at."""
    given, shapes = ontology.shapes(), Graph()
    for triple in given:
        shapes.add(triple)
    for kind in (SH.targetClass, SH.targetSubjectsOf):
        for shape, target in given.subject_objects(kind):
            for nested in given.objects(shape, SH.property):
                shapes.add((nested, RDF.type, SH.PropertyShape))
                shapes.add((nested, kind, target))
                shapes.remove((shape, SH.property, nested))
    for shape, node in given.subject_objects(SH.node):
        if set(given.predicates(node)) <= {RDF.type, SH["in"]}:
            for values in given.objects(node, SH["in"]):
                shapes.add((shape, SH["in"], values))
            shapes.remove((shape, SH.node, node))
    named = {str(term) for triple in given for term in triple if isinstance(term, URIRef)}
    return shapes, frozenset(named | {str(RDF.type)})
