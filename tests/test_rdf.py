"""What an extraction looks like as quads."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg import rdf
from kg.errors import ExtractError, UsageError
from kg.model import Claim, Entity, Extraction, Link, Mention
from kg.rdf.graph import renamed
from kg.rdf.read import unlinked
from kg.rdf.terms import decimal, moment
from tests.samples import DRONES, LINKED, RIVER, TWO

KEY = "drones-over-odesa-a14e75c5bbfd"
NAMES = rdf.PREFIXES | {"": rdf.BASE}
DRONE_QUADS = rdf.quads(TWO[0])
LINKED_QUADS = rdf.quads(LINKED)


def iri(curie: str) -> NamedNode:
    prefix, _, local = curie.partition(":")
    return NamedNode(NAMES[prefix] + local)


def said(subject: str, predicate: str, quads: list[Quad] = DRONE_QUADS) -> set[str]:
    """What a node has for a property: literals by their text, IRIs cut to a prefixed name."""
    found = {q.object for q in quads if q.subject == iri(subject) and q.predicate == iri(predicate)}
    return {short(term.value) if isinstance(term, NamedNode) else term.value for term in found}


def short(value: str) -> str:
    prefix = max((p for p in NAMES if value.startswith(NAMES[p])), key=lambda p: len(NAMES[p]), default=None)
    return value if prefix is None else f"{prefix}:{value.removeprefix(NAMES[prefix])}"


@pytest.mark.parametrize(
    ("subject", "predicate", "objects"),
    [
        (f":article/{KEY}", "rdf:type", {"ckg:Article"}),
        (f":article/{KEY}", "dcterms:identifier", {"drones-over-odesa"}),
        (f":article/{KEY}", "dcterms:issued", {"2025-06-03T09:30:00+06:00"}),
        (f":article/{KEY}", "dcterms:publisher", {":entity/harbour-post"}),
        (f":article/{KEY}", "dcterms:language", {"en"}),
        (f":article/{KEY}", "dcterms:license", {"CC BY 4.0"}),
        (f":article/{KEY}", "schema:url", {"https://example.org/news/drones?id=1"}),
        (f":article/{KEY}", "ckg:text", {DRONES.text}),
        (f":extraction/{KEY}", "prov:used", {f":article/{KEY}"}),
        (f":extraction/{KEY}", "rdfs:label", {"conflictkg 0.1.0, ontology 0.1.0, en_core_web_sm 3.8.0"}),
        (":entity/russia", "rdf:type", {"ckg:State", "ckg:Organization", "ckg:Agent", "ckg:Place"}),
        (":entity/russia", "rdfs:label", {"Russia"}),
        (":entity/russia", "skos:altLabel", {"Russian Federation"}),
        (":entity/russia", "skos:exactMatch", {"wd:Q159"}),
        (":entity/odesa", "ckg:within", {":entity/ukraine"}),
        (":entity/odesa", "skos:exactMatch", {"wd:Q1874", "https://sws.geonames.org/698740/"}),
        (":entity/odesa", "geo:hasGeometry", {":geometry/odesa"}),
        (":geometry/odesa", "geo:asWKT", {"POINT(30.74383 46.48572)"}),
        (":geometry/istanbul", "geo:asWKT", {"POINT(0 41)"}),
        (":entity/trukhanov", "ckg:role", {"Mayor"}),
        (":entity/trukhanov", "ckg:memberOf", {":entity/ukraine"}),
        (":entity/residents", "ckg:kind", {"ckg:Civilians"}),
        (":entity/kiper", "skos:exactMatch", set()),
        (":event/attack", "ckg:eventType", {"ckg:DroneAttack"}),
        (":event/attack", "ckg:weapon", {"ckg:Drones"}),
        (":event/attack", "ckg:startDate", {"2025-06-02"}),
        (":event/attack", "ckg:endDate", {"2025-06-03"}),
        (":event/attack", "ckg:precision", {"time:unitDay"}),
        (":event/attack", "ckg:trigger", {f":mention/{KEY}-7-15"}),
        (":event/attack", "ckg:mention", {f":mention/{KEY}-7-15", f":mention/{KEY}-231-237"}),
        (":event/attack", "prov:wasGeneratedBy", {f":extraction/{KEY}"}),
        (":event/attack", "rdfs:comment", {"verb 'attack' as DroneAttack\nactor 'Russia' by nsubj of 'attack'"}),
        (":event/shot", "rdfs:comment", set()),
        (":event/talks", "ckg:actor", {":entity/russia", ":entity/ukraine"}),
        (":event/talks", "ckg:mediator", {":entity/turkey"}),
        (":event/talks", "ckg:confidence", {"1"}),
        (":claim/c-52", "rdf:type", {"ckg:CountClaim", "ckg:Claim"}),
        (":claim/c-52", "ckg:about", {":event/shot"}),
        (":claim/c-52", "ckg:claimant", {":entity/air-force"}),
        (":claim/c-52", "ckg:count", {"52"}),
        (":claim/c-52", "ckg:total", {"80"}),
        (":claim/c-0", "ckg:count", {"0"}),
        (":claim/c-three", "ckg:low", {"3"}),
        (":claim/c-three", "ckg:count", set()),
        (":claim/c-three", "ckg:affected", {":entity/residents"}),
        (":claim/c-talks", "rdf:type", {"ckg:Claim"}),
        (f":mention/{KEY}-7-15", "ckg:exact", {"attacked"}),
        (f":mention/{KEY}-7-15", "ckg:start", {"7"}),
        (f":mention/{KEY}-7-15", "ckg:inArticle", {f":article/{KEY}"}),
    ],
)
def test_a_node_has(subject: str, predicate: str, objects: set[str]) -> None:
    assert said(subject, predicate) == objects


def test_a_link_is_a_decision_with_a_score_and_a_reason() -> None:
    (link,) = {q.subject for q in DRONE_QUADS if q.object == iri("wd:Q1874") and q.predicate == iri("rdf:object")}
    name = short(link.value)
    assert said(name, "rdf:subject") == {":entity/odesa"}
    assert said(name, "rdf:predicate") == {"skos:exactMatch"}
    assert said(name, "rdf:value") == {"0.97"}
    assert said(name, "rdfs:comment") == {"label Odesa"}
    assert said(name, "prov:wasGeneratedBy") == {f":extraction/{KEY}"}


@pytest.mark.parametrize(
    ("subject", "predicate", "objects"),
    [
        (":entity/odesa", "ckg:within", {":entity/ukraine", ":entity/oblast"}),
        (":entity/oblast", "ckg:within", {":entity/ukraine"}),
        (":entity/oblast", "rdf:type", {"ckg:Place"}),
        (":entity/oblast", "ckg:mention", set()),
        (":entity/oblast", "skos:exactMatch", {"wd:Q900010", "https://sws.geonames.org/698738/"}),
        (":entity/harbour-post", "ckg:country", {":entity/turkey"}),
        (":entity/trukhanov", "skos:exactMatch", {"wd:Q900001", ":entity/hennadiy-trukhanov"}),
        (":entity/kiper", "skos:exactMatch", set()),
        (":entity/russia", "geo:hasGeometry", {":geometry/russia"}),
        (":geometry/russia", "geo:asWKT", {"POINT(100 60)"}),
        (":geometry/russia", "rdf:type", {"geo:Geometry"}),
    ],
)
def test_a_linked_node_has(subject: str, predicate: str, objects: set[str]) -> None:
    assert said(subject, predicate, LINKED_QUADS) == objects


def test_labels_of_an_item_have_their_language_and_the_name_in_the_text_has_none() -> None:
    labels = [
        q.object for q in LINKED_QUADS if (q.subject, q.predicate) == (iri(":entity/odesa"), iri("skos:prefLabel"))
    ]
    assert {(label.value, label.language) for label in labels if isinstance(label, Literal)} == {
        ("Odesa", None),
        ("Odesa", "en"),
        ("Одеса", "uk"),
    }


def decisions(entity: str) -> list[tuple[str, str, str, str, str]]:
    """Each decision on an entity: predicate, object, score, reason, and the id that the extraction gave the entity."""
    nodes = {q.subject for q in LINKED_QUADS if q.predicate == iri("rdf:subject") and q.object == iri(entity)}
    parts = ("rdf:predicate", "rdf:object", "rdf:value", "rdfs:comment", "dcterms:identifier")
    every = [[said(short(node.value), part, LINKED_QUADS) for part in parts] for node in nodes]
    assert all(len(values) <= 1 for values in sum(every, []))
    return sorted(tuple("".join(values) for values in one) for one in every)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("entity", "made"),
    [
        (
            ":entity/odesa",
            [
                ("ckg:within", ":entity/oblast", "0.97", "follows from its item", ""),
                ("skos:exactMatch", "https://sws.geonames.org/698737/", "0.009", "Odesa Bay, not chosen", ""),
                ("skos:exactMatch", "https://sws.geonames.org/698740/", "0.97", "label of Odesa; 2 candidates", ""),
                ("skos:exactMatch", "wd:Q128361", "0.021", "Odessa, Texas, not chosen", ""),
                ("skos:exactMatch", "wd:Q1874", "0.97", "label of Odesa; 2 candidates", "odesa-as-read"),
            ],
        ),
        (
            ":entity/oblast",
            [
                ("ckg:within", ":entity/ukraine", "0.97", "follows from its item", ""),
                ("skos:exactMatch", "https://sws.geonames.org/698738/", "0.97", "contains Odesa", ""),
                ("skos:exactMatch", "wd:Q900010", "0.97", "contains Odesa", ""),
            ],
        ),
        (
            ":entity/trukhanov",
            [
                ("skos:exactMatch", ":entity/hennadiy-trukhanov", "1", "label of Hennadii Trukhanov", ""),
                ("skos:exactMatch", "wd:Q900001", "0.9", "label of Hennadii Trukhanov", "trukhanov"),
            ],
        ),
        (
            ":entity/kiper",
            [
                ("skos:exactMatch", "rdf:nil", "0.31", "too unlikely: surname of Kiper", "kiper"),
                ("skos:exactMatch", "wd:Q900002", "0.31", "Kiper, not chosen", ""),
            ],
        ),
        (
            ":entity/harbour-post",
            [
                ("ckg:country", ":entity/turkey", "0.85", "follows from its item", ""),
                ("skos:exactMatch", "wd:Q900012", "0.85", "label of Harbour Post", "harbour-post"),
            ],
        ),
        (":entity/residents", []),
    ],
)
def test_every_decision_has_a_score_and_a_reason(entity: str, made: list[tuple[str, ...]]) -> None:
    assert decisions(entity) == made


def test_a_rival_is_no_match() -> None:
    matches = {q.object for q in LINKED_QUADS if q.predicate == iri("skos:exactMatch")}
    assert not matches & {iri("wd:Q128361"), iri("wd:Q900002"), iri("rdf:nil")}


def test_without_its_links_an_article_is_as_it_was_read_and_each_entity_has_its_first_id() -> None:
    plain = rdf.quads(replace(LINKED, entities=LINKED.entities[:-1], links=()))
    named = NamedNode(rdf.BASE + "entity/odesa-as-read")
    assert unlinked(LINKED_QUADS) == sorted(renamed(plain, {iri(":entity/odesa"): named}), key=str)


def test_links_put_back_are_those_that_were_taken_out() -> None:
    assert rdf.linked(unlinked(LINKED_QUADS), LINKED) == LINKED_QUADS


def test_a_link_to_what_people_say_is_the_same_need_not_be_in_the_article() -> None:
    assert "hennadiy-trukhanov" not in {entity.id for entity in LINKED.entities}
    subjects = {q.subject for q in LINKED_QUADS}
    assert iri(":entity/hennadiy-trukhanov") not in subjects


def test_all_quads_stand_in_the_articles_graph() -> None:
    graph = "https://w3id.org/conflictkg/graph/drones-over-odesa-a14e75c5bbfd"
    assert {quad.graph_name for quad in DRONE_QUADS} == {NamedNode(graph)}
    assert rdf.graph_iri("drones-over-odesa") == graph


def test_the_text_can_be_left_out() -> None:
    left_out = set(DRONE_QUADS) - set(rdf.quads(TWO[0], store_text=False))
    assert [short(quad.predicate.value) for quad in left_out] == ["ckg:text"]


def test_the_hash_is_that_of_the_text_as_utf8() -> None:
    # printf '%s' 'Élan' | sha256sum
    article = replace(RIVER, text="Élan")
    quads = rdf.quads(Extraction(article, TWO[0].run, ""))
    (found,) = {q.object.value for q in quads if q.predicate == iri("schema:sha256")}
    assert found == "0dce8e03808c422516eb8e7a13b39fdbe0647922d7e36058def9e954480c9fe0"


def test_an_entity_has_one_node_in_every_article_and_the_rest_does_not() -> None:
    shared = {q.subject for q in DRONE_QUADS} & {q.subject for q in rdf.quads(TWO[1])}
    assert {short(node.value) for node in shared} == {
        ":entity/russia",
        ":entity/ukraine",
        ":entity/odesa",
        ":entity/air-force",
    }


@pytest.mark.parametrize("extraction", TWO, ids=lambda extraction: extraction.article.id)
def test_the_store_gives_back_what_was_put_in(extraction: Extraction) -> None:
    quads = rdf.quads(extraction)
    store = Store()
    store.extend(quads)
    assert sorted(map(str, store)) == [str(quad) for quad in quads]


def test_another_process_makes_the_same_bytes() -> None:
    program = "from kg import rdf; from tests.samples import TWO; print(*rdf.quads(TWO[0]), sep='\\n')"
    runs = {
        subprocess.check_output([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")
    }
    assert runs == {"".join(f"{quad}\n" for quad in DRONE_QUADS).encode()}


def test_another_base_names_everything_else() -> None:
    base = "https://kg.example.net/id/"
    ours = {q.subject.value for q in rdf.quads(TWO[0], base=base)}
    assert all(value.startswith(base) for value in ours)
    assert rdf.graph_iri("a", base).startswith("https://kg.example.net/graph/a-")
    assert rdf.graph_iri("a", "http://localhost/x#").startswith("http://localhost/x#graph/a-")


@pytest.mark.parametrize("base", ["", "id/", "https://example.org/id", "https://example.org/a b/"])
def test_a_base_that_can_not_be_one_is_told(base: str) -> None:
    with pytest.raises(UsageError, match="can't be a base"):
        rdf.quads(TWO[0], base=base)


@given(first=st.text(), second=st.text())
def test_any_article_id_gives_an_iri_of_its_own(first: str, second: str) -> None:
    one, other = rdf.graph_iri(first), rdf.graph_iri(second)
    assert NamedNode(one).value == one
    assert (one == other) == (first == second)


@given(name=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_name_and_id_of_an_entity_can_be_written_and_read(name: str) -> None:
    extraction = replace(
        TWO[1], entities=(Entity(name, ("Person",), name),), events=(), claims=(), links=(), publisher=""
    )
    quads = rdf.quads(extraction)
    text = "".join(f"{quad} .\n" for quad in quads)
    assert sorted(map(str, parse(text.encode(), RdfFormat.N_QUADS))) == [str(quad) for quad in quads]
    assert name in {quad.object.value for quad in quads}


@pytest.mark.parametrize(
    "broken",
    [
        replace(TWO[0], publisher="nobody"),
        replace(TWO[0], claims=(Claim("c", "no-event", ("kiper",), "Asserted", (), 0.5),)),
        replace(TWO[0], claims=(Claim("c", "attack", ("nobody",), "Asserted", (), 0.5),)),
        replace(TWO[0], links=(Link("nobody", "Q1", 1.0, "label"),)),
    ],
)
def test_what_the_extraction_lacks_can_not_be_referred_to(broken: Extraction) -> None:
    with pytest.raises(ExtractError, match="drones-over-odesa: the extraction refers to .* which it lacks"):
        rdf.quads(broken)


def test_a_span_is_what_the_text_has_there() -> None:
    moved = replace(TWO[0].events[0], mentions=(Mention(6, 14, "attacked"),))
    with pytest.raises(ExtractError, match="is not what the text has there"):
        rdf.quads(replace(TWO[0], events=(moved, *TWO[0].events[1:])))


def test_a_name_the_ontology_lacks_is_told() -> None:
    wrong = replace(TWO[0].events[0], type="DronAttack")
    with pytest.raises(AttributeError, match="did you mean DroneAttack"):
        rdf.quads(replace(TWO[0], events=(wrong, *TWO[0].events[1:])))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a b/é?q=1&r=%20#x", NamedNode("https://example.org/a%20b/%C3%A9?q=1&r=%20#x")),
        ("not an address", Literal("not an address")),
        ("http://[broken", Literal("http://[broken")),
    ],
)
def test_an_address_is_an_iri_where_it_can_be(url: str, written: NamedNode | Literal) -> None:
    quads = rdf.quads(replace(TWO[0], article=replace(DRONES, url=url)))
    assert [q.object for q in quads if q.predicate == iri("schema:url")] == [written]


@given(st.floats(0, 1))
def test_a_decimal_is_as_oxigraph_keeps_it(number: float) -> None:
    written = decimal(number)
    assert kept(written) == written
    assert abs(Decimal(written.value) - Decimal(number)) <= Decimal("0.00001")


zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
days = st.dates() | st.datetimes(timezones=zones)


@given(days)
def test_a_day_is_as_oxigraph_keeps_it(day: date) -> None:
    assert kept(moment(day)) == moment(day)


def test_utc_is_written_z() -> None:
    assert moment(datetime(2025, 6, 3, 9, 30, 0, 500_000, UTC)).value == "2025-06-03T09:30:00.5Z"


def kept(literal: Literal) -> Literal:
    store = Store()
    store.add(Quad(iri(":s"), iri(":p"), literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


def test_the_ontology_has_no_blank_node_and_is_the_same_each_time() -> None:
    quads = rdf.ontology_quads()
    assert quads == rdf.ontology_quads()
    assert not [quad for quad in quads if str(quad.subject).startswith("_:") or str(quad.object).startswith("_:")]
    broader = {(short(q.subject.value), short(q.object.value)) for q in quads if q.predicate == iri("skos:broader")}
    assert ("ckg:DroneAttack", "ckg:Violence") in broader
