"""The quads that a template makes of each solution, and terms as Oxigraph stores them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.sparql.change import UNNAMED, Change
from kg.sparql.operations import Operation
from kg.sparql.parts import marked

Term = NamedNode | BlankNode | Literal | Triple
_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
Row = Sequence[Term | None]


def changed(step: Operation, rows: Iterable[Row]) -> Change:
    """What an operation's templates remove and add, with each row's terms in place of the variables."""
    graph = NamedNode(step.with_graph) if step.with_graph else UNNAMED
    removed: set[Quad] = set()
    added: set[Quad] = set()
    for row in rows:
        blanks: dict[BlankNode, BlankNode] = {}
        for template, quads in ((step.delete, removed), (step.insert, added)):
            for quad in template:
                made = _quad(quad, row, blanks, graph)
                if made is not None:
                    quads.add(made)
    return Change(removed=canonical(removed), added=canonical(added))


def _quad(quad: Quad, row: Row, blanks: dict[BlankNode, BlankNode], default: NamedNode) -> Quad | None:
    graph = default if isinstance(quad.graph_name, DefaultGraph) else _term(quad.graph_name, row, blanks)
    triple = _triple(quad.triple, row, blanks)
    if triple is None or not isinstance(graph, NamedNode):
        return None
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _triple(triple: Triple, row: Row, blanks: dict[BlankNode, BlankNode]) -> Triple | None:
    """The triple; None where a variable has no value, or one that may not stand there."""
    subject, predicate, object = (_term(t, row, blanks) for t in (triple.subject, triple.predicate, triple.object))
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or object is None:
        return None
    return Triple(subject, predicate, object)


def _term(term: Term, row: Row, blanks: dict[BlankNode, BlankNode]) -> Term | None:
    if isinstance(term, NamedNode):
        index = marked(term.value)
        return term if index is None or index >= len(row) else row[index]
    if isinstance(term, BlankNode):
        return blanks.setdefault(term, BlankNode())
    return _triple(term, row, blanks) if isinstance(term, Triple) else term


def fresh(triples: Iterable[Triple]) -> list[Triple]:
    """The triples with blank nodes that are nowhere else."""
    blanks: dict[BlankNode, BlankNode] = {}
    return [made for triple in triples if (made := _triple(triple, (), blanks))]


def with_graph(triples: Iterable[Triple], graph: NamedNode) -> frozenset[Quad]:
    return frozenset(Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as a store gives them back, which writes 1.50 as 1.5: so they compare equal to those in it."""
    plain, typed = set(), []
    for quad in quads:
        if isinstance(quad.object, NamedNode | BlankNode) or getattr(quad.object, "datatype", None) == _STRING:
            plain.add(quad)
        else:
            typed.append(quad)
    if typed:
        store = Store()
        store.extend(typed)
        plain.update(store)
    return frozenset(plain)
