"""The shapes: a valid graph conforms, and each rule, broken alone, fails alone."""

from collections.abc import Callable

import pytest
from pyshacl import validate
from rdflib import SH, Graph, Namespace

import ontology
from tests.ontology.shape_cases import CASES, PREFIXES, TEXT, VALID, Case

X = Namespace("urn:x:")


def graph_of(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def changed(*, removed: str = "", added: str = "") -> Graph:
    graph, gone = graph_of(VALID), graph_of(removed)
    assert all(triple in graph for triple in gone), "the case removes what isn't there"
    return graph - gone + graph_of(added)


def results(graph: Graph, shapes: Graph) -> list[tuple[str, str | None, str]]:
    """Focus, path and constraint of each result, by local name."""
    _, report, _ = validate(graph, shacl_graph=shapes)
    found = []
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        if path is not None and (inverse := report.value(path, SH.inversePath)):
            name: str | None = "^" + inverse.fragment
        else:
            name = None if path is None else str(path).replace("#", "/").rsplit("/", 1)[1]
        constraint = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        found.append((str(report.value(result, SH.focusNode)).removeprefix(str(X)), name,
                      constraint.removesuffix("ConstraintComponent")))  # fmt: skip
    return sorted(found, key=str)


def test_a_valid_graph_conforms() -> None:
    assert results(graph_of(VALID), ontology.shapes()) == []


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_broken_rule_fails_alone(case: Case) -> None:
    graph = changed(removed=case.removed, added=case.added)
    assert results(graph, ontology.shapes()) == [(case.focus, case.path, case.constraint)]


def test_a_low_or_a_high_alone_is_a_number() -> None:
    for number in ("ckg:low 40", "ckg:high 40"):
        graph = changed(removed=":claim ckg:count 52 .", added=f":claim {number} .")
        assert results(graph, ontology.shapes()) == []


@pytest.mark.parametrize(
    ("point", "valid"),
    [
        ("POINT(180 -90)", True), ("POINT (-180.0 90.00)", True), ("POINT(179.99 89.9)", True), ("POINT(0 -0.5)", True),
        ("POINT(180.1 0)", False), ("POINT(0 90.1)", False), ("POINT(50.45 130)", False), ("POINT(200 0)", False),
        ("POINT(30.5,50.4)", False), ("POINT(30.5)", False), ("POLYGON((0 0, 1 1, 1 0, 0 0))", False), ("30 50", False),
    ],
)  # fmt: skip
def test_a_point_lies_on_the_earth(point: str, valid: bool) -> None:
    old, new = (f':point geo:asWKT "{text}"^^geo:wktLiteral .' for text in ("POINT(30.5 50.45)", point))
    found = results(changed(removed=old, added=new), ontology.shapes())
    assert found == ([] if valid else [("point", "asWKT", "Pattern")])


@pytest.mark.parametrize(
    ("added", "broken"),
    [
        (":kyiv ckg:within :kyiv .", [("kyiv", None, "SPARQL")]),
        (":ukraine ckg:within :kyiv .", [("kyiv", None, "SPARQL"), ("ukraine", None, "SPARQL")]),
        (":kyiv skos:exactMatch wd:Q3 .", [("kyiv", "exactMatch", "QualifiedMaxCount")]),
        (':kyiv skos:prefLabel "Kiev"@en .', [("kyiv", "prefLabel", "UniqueLang")]),
    ],
    ids=["within itself", "within one another", "two items", "two labels of a language"],
)
def test_what_takes_long_to_judge_is_reported(added: str, broken: list[tuple[str, str | None, str]]) -> None:
    assert results(changed(added=added), ontology.span_shapes()) == broken


def test_spans_are_counted_in_code_points() -> None:
    assert results(graph_of(VALID), ontology.span_shapes()) == []


@pytest.mark.parametrize(
    ("removed", "added"),
    [
        (":trigger ckg:start 33 . :trigger ckg:end 42 .", ":trigger ckg:start 34 ; ckg:end 43 ."),
        (':trigger ckg:exact "shot down" .', ':trigger ckg:exact "Shot down" .'),
        (":trigger ckg:end 42 .", ":trigger ckg:end 4200 ."),
    ],
    ids=["shifted", "other words", "past the end"],
)
def test_a_wrong_span_is_reported(removed: str, added: str) -> None:
    assert results(changed(removed=removed, added=added), ontology.span_shapes()) == [("article", None, "SPARQL")]


def test_an_article_without_text_has_no_spans_to_check() -> None:
    graph = changed(removed=f':article ckg:text "{TEXT}" .')
    assert results(graph, ontology.span_shapes()) == []


@pytest.mark.parametrize("shapes", [ontology.shapes, ontology.span_shapes], ids=["shapes", "spans"])
def test_the_shapes_are_shapes(shapes: Callable[[], Graph]) -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_the_lists_of_codes_are_the_codes(scheme: str) -> None:
    graph = ontology.shapes()
    lists = [
        {str(term).removeprefix(ontology.NAMESPACE) for term in graph.items(head)}
        for head in graph.objects(None, SH["in"])
    ]
    assert set(ontology.codes(scheme)) in lists
