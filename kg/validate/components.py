"""The components of SHACL core that the quick look knows, as functions of a node and what is said in the graph."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import RDF, SH, XSD, URIRef
from rdflib.term import Node

Term = NamedNode | BlankNode | Literal | Triple
_NONE: set[Term] = set()
_TYPE = NamedNode(str(RDF.type))


class Unknown(Exception):
    """The shapes use what is not known here."""


class Facts:
    """What is said in a graph."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[NamedNode, dict[Term, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for quad in quads:
            self._said[quad.predicate][quad.subject].add(quad.object)
        self._having: dict[NamedNode, dict[Term, set[Term]]] = {}

    def values(self, node: Term, path: NamedNode) -> set[Term]:
        """What the node has for a property."""
        there = self._said.get(path)
        return there.get(node, _NONE) if there else _NONE

    def subjects(self, path: NamedNode) -> list[Term]:
        """The nodes that have the property."""
        return list(self._said.get(path, ()))

    def having(self, value: Term, path: NamedNode) -> set[Term]:
        """The nodes that have the value for a property."""
        if path not in self._having:
            turned: dict[Term, set[Term]] = defaultdict(set)
            for node in self.subjects(path):
                for each in self.values(node, path):
                    turned[each].add(node)
            self._having[path] = turned
        return self._having[path].get(value, _NONE)

    def of_class(self, kind: Term) -> set[Term]:
        """The nodes that are said to be of a class."""
        return self.having(kind, _TYPE)


Test = Callable[[Facts, Term], bool]
"""Whether a node meets a shape, or a component of one."""
Comparison = Callable[[Facts, Term, set[Term]], bool]
"""Whether a node and its values for a property meet a component that looks at all of them, or at other values."""


def iri(node: Node) -> NamedNode:
    """The IRI. Raises Unknown for a path of several steps and the like."""
    if not isinstance(node, URIRef):
        raise Unknown(node)
    return NamedNode(str(node))


def term(node: Node) -> Term:
    """The IRI or literal."""
    if not isinstance(node, rdflib.Literal):
        return iri(node)
    datatype = NamedNode(str(node.datatype)) if node.datatype else None
    return Literal(str(node), language=node.language, datatype=datatype)


def _class(parameter: Node) -> Test:
    kind = iri(parameter)
    return lambda facts, node: kind in facts.values(node, _TYPE)


def _datatype(parameter: Node) -> Test:
    wanted, well_formed = iri(parameter), _WELL_FORMED.get(str(parameter))
    if well_formed is None:
        raise Unknown(parameter)
    return lambda _, node: isinstance(node, Literal) and node.datatype == wanted and well_formed(node.value)


def _node_kind(parameter: Node) -> Test:
    if parameter != SH.IRI:
        raise Unknown(parameter)
    return lambda _, node: isinstance(node, NamedNode)


def _pattern(parameter: Node) -> Test:
    search = re.compile(str(parameter)).search
    return lambda _, node: isinstance(node, NamedNode | Literal) and search(node.value) is not None


def _min_length(parameter: Node) -> Test:
    least = int(str(parameter))
    return lambda _, node: isinstance(node, NamedNode | Literal) and len(node.value) >= least


def _min_inclusive(parameter: Node) -> Test:
    bound = Decimal(str(parameter))
    return lambda _, node: (number := _number(node)) is not None and number >= bound


def _max_inclusive(parameter: Node) -> Test:
    bound = Decimal(str(parameter))
    return lambda _, node: (number := _number(node)) is not None and number <= bound


def _min_count(parameter: Node) -> Comparison:
    least = int(str(parameter))
    return lambda _facts, _node, found: len(found) >= least


def _max_count(parameter: Node) -> Comparison:
    most = int(str(parameter))
    return lambda _facts, _node, found: len(found) <= most


def _less_than(parameter: Node) -> Comparison:
    other = iri(parameter)
    return lambda facts, node, found: all(_order(a, b) == -1 for b in facts.values(node, other) for a in found)


def _less_than_or_equals(parameter: Node) -> Comparison:
    other = iri(parameter)
    return lambda facts, node, found: all(_order(a, b) in (-1, 0) for b in facts.values(node, other) for a in found)


def _order(a: Term, b: Term) -> int | None:
    """-1, 0 or 1 as a is below b, the same or above; None for what is not compared here."""
    if not isinstance(a, Literal) or not isinstance(b, Literal) or a.datatype != b.datatype:
        return None
    first, second = _number(a), _number(b)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if a.datatype.value == str(XSD.date) and _is_date(a.value) and _is_date(b.value):
        return (a.value > b.value) - (a.value < b.value)
    return None


def _number(node: Term) -> Decimal | None:
    if isinstance(node, Literal) and (pattern := _NUMBERS.get(node.datatype.value)) and pattern.fullmatch(node.value):
        return Decimal(node.value)
    return None


def _is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and _fails_not(date.fromisoformat, text)


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text)) and _fails_not(datetime.fromisoformat, text)


def _is_base64(text: str) -> bool:
    return bool(text) and _fails_not(lambda packed: base64.b64decode(packed, validate=True), text)


def _fails_not(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_NUMBERS = {
    str(XSD.integer): re.compile(r"[+-]?[0-9]{1,18}"),
    str(XSD.decimal): re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?"),
}
_WELL_FORMED: Mapping[str, Callable[[str], bool]] = {
    str(XSD.string): lambda _: True,
    "http://www.opengis.net/ont/geosparql#wktLiteral": lambda _: True,  # pyshacl does not look into it either
    str(XSD.date): _is_date,
    str(XSD.dateTime): _is_moment,
    str(XSD.base64Binary): _is_base64,
} | {name: lambda text, whole=pattern.fullmatch: bool(whole(text)) for name, pattern in _NUMBERS.items()}

TESTS: Mapping[Node, Callable[[Node], Test]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    SH.minLength: _min_length,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
}
COMPARISONS: Mapping[Node, Callable[[Node], Comparison]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.lessThan: _less_than,
    SH.lessThanOrEquals: _less_than_or_equals,
}
SILENT = frozenset({RDF.type, SH.path, SH.message, SH.targetClass, SH.targetSubjectsOf})
"""What a shape has beside its components."""
