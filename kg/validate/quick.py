"""Whether a graph surely meets the shapes of the ontology: a quick look, so that pyshacl need judge few graphs.

The shapes are turned into functions once. What one of them is not sure of (an unusual way to write a number, a class
that may follow from another) counts as not met, and so does all where the shapes use what is not known here. Then
pyshacl judges, and what it says counts. The components are those of SHACL core, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad
from rdflib import SH, Graph
from rdflib.collection import Collection
from rdflib.term import Node

import ontology
from kg.validate.components import COMPARISONS, SILENT, TESTS, Comparison, Facts, Term, Test, Unknown, iri, term


def surely_valid(quads: Iterable[Quad]) -> bool:
    """Whether it takes no closer look to see that the quads of a graph meet all shapes."""
    shapes = _shapes()
    if shapes is None:
        return False
    facts = Facts(quads)
    return all(test(facts, node) for targets, test in shapes for node in targets(facts))


Targets = Callable[[Facts], Iterable[Term]]


@cache
def _shapes() -> list[tuple[Targets, Test]] | None:
    """How the targets of each shape are found, and what must hold of each; None where a shape is not known here."""
    graph = ontology.shapes()
    try:
        return [
            (targets, _shape(graph, shape))
            for shape in {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
            for targets in [
                *(_of_class(iri(each)) for each in graph.objects(shape, SH.targetClass)),
                *(_subjects_of(iri(each)) for each in graph.objects(shape, SH.targetSubjectsOf)),
            ]
        ]
    except Unknown:
        return None


def _of_class(kind: NamedNode) -> Targets:
    return lambda facts: facts.of_class(kind)


def _subjects_of(path: NamedNode) -> Targets:
    return lambda facts: facts.subjects(path)


def _shape(graph: Graph, shape: Node) -> Test:
    """What must hold of a node so that it meets the shape."""
    tests: list[Test] = []
    comparisons: list[Comparison] = []
    for component, parameter in graph.predicate_objects(shape):
        if component in (SH.property, SH.node):
            tests.append(_shape(graph, parameter))
        elif component == SH["or"]:
            tests.append(_any([_shape(graph, each) for each in Collection(graph, parameter)]))
        elif component == SH["in"]:
            tests.append(_one_of(frozenset(term(each) for each in Collection(graph, parameter))))
        elif component in TESTS:
            tests.append(TESTS[component](parameter))
        elif component in COMPARISONS:
            comparisons.append(COMPARISONS[component](parameter))
        elif component not in SILENT:
            raise Unknown(component)
    path = graph.value(shape, SH.path)
    if path is None:
        return lambda facts, node: all(test(facts, node) for test in tests)
    values = _values(graph, path)

    def meets(facts: Facts, node: Term) -> bool:
        found = values(facts, node)
        return all(compare(facts, node, found) for compare in comparisons) and all(
            test(facts, value) for value in found for test in tests
        )

    return meets


def _any(tests: list[Test]) -> Test:
    return lambda facts, node: any(test(facts, node) for test in tests)


def _one_of(terms: frozenset[Term]) -> Test:
    return lambda _, node: node in terms


def _values(graph: Graph, path: Node) -> Callable[[Facts, Term], set[Term]]:
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        behind = iri(inverse)
        return lambda facts, node: facts.having(node, behind)
    ahead = iri(path)
    return lambda facts, node: facts.values(node, ahead)
