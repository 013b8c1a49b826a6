"""What a valid graph is, and that the fast way of judging it says what pyshacl says of the shapes as they stand."""

from dataclasses import replace

import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph

import ontology
from kg import rdf
from kg.errors import InvalidGraph
from kg.model import Count
from kg.validate import check
from kg.validate.quick import surely_valid
from tests.samples import LINKED, TWO

CKG = rdf.PREFIXES["ckg"]
QUADS = rdf.quads(TWO[0])
KEY = rdf.article_key(TWO[0].article.id)


def node(name: str) -> NamedNode:
    return NamedNode(name if name.startswith("http") else rdf.BASE + name)


def without(subject: str, predicate: str) -> list[Quad]:
    """The quads but for what a node has for a property."""
    term = predicate if predicate.startswith("http") else CKG + predicate
    left = [q for q in QUADS if (q.subject, q.predicate.value) != (node(subject), term)]
    assert len(left) < len(QUADS)
    return left


def changed(subject: str, predicate: str, value: NamedNode | Literal) -> list[Quad]:
    """The quads with another value for a node's property."""
    return [*without(subject, predicate), *added(subject, predicate, value)[len(QUADS) :]]


def added(subject: str, predicate: str, value: NamedNode | Literal) -> list[Quad]:
    """The quads and one more value for a node's property."""
    return [*QUADS, Quad(node(subject), NamedNode(CKG + predicate), value, QUADS[0].graph_name)]


def wkt(text: str) -> Literal:
    return Literal(text, datatype=term("geo:wktLiteral"))


def term(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(rdf.PREFIXES[prefix] + local)


def linked(subject: str, predicate: str, value: NamedNode | Literal, *, instead: bool = False) -> list[Quad]:
    """The quads of the linked article with one more value, or with another one, for a node's property."""
    quads = rdf.quads(LINKED)
    if instead:
        left = [q for q in quads if (q.subject, q.predicate) != (node(subject), term(predicate))]
        assert len(left) < len(quads)
        quads = left
    return [*quads, Quad(node(subject), term(predicate), value, quads[0].graph_name)]


DECISION = next(
    quad.subject.value.removeprefix(rdf.BASE)  # type: ignore[union-attr]
    for quad in rdf.quads(LINKED)
    if quad.predicate == term("rdf:object") and quad.object == term("wd:Q1874")
)


@pytest.mark.parametrize(
    ("quads", "told"),
    [
        (linked(DECISION, "rdf:value", Literal("1.01", datatype=term("xsd:decimal")), instead=True), "one decimal"),
        (linked(DECISION, "rdf:value", Literal("-1", datatype=term("xsd:decimal")), instead=True), "one decimal"),
        (linked(DECISION, "rdfs:comment", Literal(""), instead=True), f"{DECISION}.*has a reason"),
        (linked(DECISION, "rdf:predicate", term("rdfs:label"), instead=True), "decision is on a match.*label"),
        (linked("entity/odesa", "skos:exactMatch", term("wd:P17")), "entity/odesa.*match is a Wikidata item.*P17"),
        (linked("entity/kiper", "skos:exactMatch", node("event/attack")), "entity/kiper.*match is.*event/attack"),
        (linked("entity/kiper", "skos:exactMatch", term("rdf:nil")), "entity/kiper.*match is.*nil"),
        (linked("entity/odesa", "skos:exactMatch", term("wd:Q2")), "entity/odesa.*one Wikidata item at most.*Q2"),
        (linked("entity/odesa", "skos:prefLabel", Literal("Odessa", language="uk")), "entity/odesa.*one preferred"),
        (linked("entity/ukraine", "ckg:within", node("entity/odesa")), "entity/ukraine.*lies within itself"),
        (linked("entity/oblast", "ckg:within", node("entity/oblast")), "entity/oblast.*lies within itself"),
        (linked("geometry/odesa", "geo:asWKT", wkt("POINT(46 130)"), instead=True), "geometry/odesa.*is a POINT"),
        (linked("geometry/odesa", "geo:asWKT", Literal("POINT(30 46)"), instead=True), "geometry/odesa.*is a POINT"),
        (linked("entity/odesa", "geo:hasGeometry", node("geometry/istanbul")), "entity/odesa.*one geometry"),
    ],
)  # fmt: skip
def test_a_link_that_breaks_a_rule_is_told(quads: list[Quad], told: str) -> None:
    with pytest.raises(InvalidGraph, match=told):
        check(quads)


def number(value: int) -> Literal:
    return Literal(value)


@pytest.mark.parametrize("extraction", [*TWO, LINKED], ids=["drones", "river", "linked"])
@pytest.mark.parametrize("store_text", [True, False])
def test_what_rdf_makes_is_valid(extraction: object, store_text: bool) -> None:
    check(rdf.quads(extraction, store_text=store_text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quads", "told"),
    [
        (without("claim/c-52", "about"), "claim/c-52.*exactly one event"),
        (added("claim/c-52", "about", node("event/talks")), "claim/c-52.*exactly one event"),
        (without("claim/c-52", "reportedIn"), "claim/c-52.*exactly one article"),
        (without("claim/c-52", "factuality"), "claim/c-52.*exactly one factuality"),
        (changed("claim/c-52", "factuality", node(CKG + "Talks")), "claim/c-52.*exactly one factuality.*Talks"),
        (without("claim/c-52", "claimant"), "claim/c-52.*has a claimant"),
        (changed("claim/c-52", "claimant", node("entity/odesa")), "claim/c-52.*claimant is an agent.*odesa"),
        (without("claim/c-52", "mention"), "claim/c-52.*has a mention"),
        (without("claim/c-52", "count"), "claim/c-52.*a count, a low or a high"),
        (changed("claim/c-52", "count", number(90)), "claim/c-52.*not above the total"),
        (changed("claim/c-52", "count", number(-1)), "claim/c-52.*not negative"),
        (added("claim/c-three", "high", number(2)), "claim/c-three.*not above the high"),
        (without("claim/c-52", "measure"), "claim/c-52.*exactly one measure"),
        (changed("claim/c-52", "counted", node(CKG + "Killed")), "claim/c-52.*exactly one kind"),
        (changed("claim/c-52", "confidence", number(2)), "claim/c-52.*from 0 to 1"),
        (without("event/talks", "eventType"), "event/talks.*exactly one event type"),
        (without("event/talks", "trigger"), "event/talks.*has a trigger"),
        (without("claim/c-talks", "about"), "event/talks.*because a claim is about it"),
        (changed("event/talks", "place", node("entity/kiper")), "event/talks.*place is a place.*kiper"),
        (changed("event/attack", "weapon", node(CKG + "Killed")), "event/attack.*weapon is a kind"),
        (changed("event/attack", "endDate", Literal("x")), "event/attack.*end date is one day"),
        (without(f"article/{KEY}", "https://schema.org/sha256"), "SHA-256"),
        (without("entity/kiper", rdf.PREFIXES["rdfs"] + "label"), "entity/kiper.*has a label"),
        (without(f"mention/{KEY}-7-15", "start"), f"mention/{KEY}-7-15.*starts at one offset"),
        (changed(f"mention/{KEY}-7-15", "end", number(7)), f"mention/{KEY}-7-15.*before its end"),
        (changed(f"mention/{KEY}-7-15", "exact", Literal("Attacked")), "'Attacked', and the text has 'attacked' there"),
        (changed(f"mention/{KEY}-7-15", "end", number(16)), "'attacked', and the text has 'attacked ' there"),
    ],
)
def test_a_graph_that_breaks_a_rule_is_told(quads: list[Quad], told: str) -> None:
    with pytest.raises(InvalidGraph, match=told):
        check(quads)


def test_the_report_has_the_graph_and_a_line_for_each_violation() -> None:
    with pytest.raises(InvalidGraph) as caught:
        check([quad for quad in QUADS if quad.predicate.value != CKG + "factuality"])
    assert rdf.graph_iri(TWO[0].article.id) in caught.value.graph
    assert len(caught.value.report.splitlines()) == len(TWO[0].claims)


def test_a_long_report_is_cut() -> None:
    with pytest.raises(InvalidGraph) as caught:
        check([quad for quad in QUADS if quad.predicate.value not in (CKG + "start", CKG + "end")])
    lines = caught.value.report.splitlines()
    mentions = {quad.subject for quad in QUADS if quad.predicate.value == CKG + "exact"}
    assert len(lines) == 21
    assert lines[-1] == f"and {2 * len(mentions) - 20} more"


def test_a_count_above_its_total_never_gets_through() -> None:
    claim = replace(TWO[0].claims[1], count=Count("Intercepted", "Drones", count=81, total=80))
    with pytest.raises(InvalidGraph, match="not above the total"):
        check(rdf.quads(replace(TWO[0], claims=(TWO[0].claims[0], claim, *TWO[0].claims[2:]))))


@pytest.mark.parametrize("quads", [QUADS, rdf.quads(TWO[1]), rdf.quads(LINKED)])
def test_what_is_right_is_seen_so_at_a_quick_look(quads: list[Quad]) -> None:
    assert surely_valid(quads)


def test_a_quick_look_is_not_sure_of_what_is_right_in_an_unusual_way() -> None:
    quads = changed("claim/c-52", "count", Literal("5" * 30, datatype=term("xsd:integer")))
    assert not surely_valid([quad for quad in quads if quad.predicate.value != CKG + "total"])
    check([quad for quad in quads if quad.predicate.value != CKG + "total"])


def as_it_stands(quads: list[Quad]) -> bool:
    """What pyshacl says of the quads by the shapes as the ontology has them."""
    graph = Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")
    shapes = ontology.shapes() + ontology.span_shapes()
    try:
        return bool(pyshacl.validate(graph, shacl_graph=shapes, inference=None, advanced=False)[0])
    except TypeError:  # rdflib's SUBSTR stumbles over what is no whole number, which no shape allows
        return False


FEW = [quad for quad in rdf.quads(TWO[1]) if quad.predicate.value.startswith((CKG, rdf.PREFIXES["rdf"]))]
VALUES = sorted({quad.object for quad in FEW + QUADS}, key=str)


LINKS = [quad for quad in rdf.quads(LINKED) if "/link/" in str(quad.subject) or "/entity/" in str(quad.subject)]
MORE = sorted({quad.object for quad in LINKS} | {wkt("POINT(0 99)"), Literal("2"), term("wd:Q2")}, key=str)


@given(st.sampled_from(LINKS), st.sampled_from(MORE), st.sampled_from(["drop", "add", "swap"]))
@settings(max_examples=25, deadline=None)
def test_the_fast_way_says_of_links_what_the_shapes_say(quad: Quad, value: NamedNode | Literal, how: str) -> None:
    _judged_alike(rdf.quads(LINKED), quad, value, how)


@given(st.sampled_from(FEW), st.sampled_from(VALUES), st.sampled_from(["drop", "add", "swap"]))
@settings(max_examples=25, deadline=None)
def test_the_fast_way_says_what_the_shapes_say(quad: Quad, value: NamedNode | Literal, how: str) -> None:
    _judged_alike(rdf.quads(TWO[1]), quad, value, how)


def _judged_alike(every: list[Quad], quad: Quad, value: NamedNode | Literal, how: str) -> None:
    quads = [q for q in every if q != quad] if how in ("drop", "swap") else every
    if how in ("add", "swap"):
        quads.append(Quad(quad.subject, quad.predicate, value, quad.graph_name))
    try:
        check(quads)
        valid = True
    except InvalidGraph:
        valid = False
    assert valid == as_it_stands(quads)
