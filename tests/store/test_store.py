"""What every store does, over every backend."""

import json
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import QueryError, StoreError
from kg.store import Store, open_store

A, B, C = "https://example.org/graph/a", "https://example.org/graph/b", "https://example.org/graph/c"
PLACE = NamedNode("https://example.org/odesa")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def labels(*names: str, graph: str = A) -> list[Quad]:
    """A graph that gives one place these names."""
    return [Quad(PLACE, LABEL, Literal(name), NamedNode(graph)) for name in sorted(names)]


def count(store: Store, query: str = ALL, **graphs: list[str]) -> int:
    (row,) = store.query(query, **graphs).rows()
    return int(row["n"].value)


def names(store: Store, query: str) -> list[str]:
    return sorted(row["name"].value for row in store.query(query).rows())


def test_a_graph_holds_what_was_put_in(store: Store) -> None:
    store.replace(A, labels("Odesa", "Odessa"))
    assert store.quads(A) == labels("Odesa", "Odessa")


def test_replacing_leaves_nothing_of_the_old(store: Store) -> None:
    store.replace(A, labels("Odesa", "Odessa"))
    store.replace(A, labels("Odessa", "Одеса"))
    assert store.quads(A) == labels("Odessa", "Одеса")
    assert names(store, f"SELECT ?name {{ ?s {LABEL} ?name }}") == ["Odessa", "Одеса"]


def test_replacing_by_the_same_changes_nothing(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    before = b"".join(store.dump())
    store.replace(A, labels("Odesa"))
    assert b"".join(store.dump()) == before
    assert count(store) == 1


def test_a_graph_replaced_by_nothing_is_gone(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    store.replace(A, [])
    assert store.graphs() == []
    assert count(store) == 0


def test_removing_says_whether_it_was_there(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    assert store.remove(A) is True
    assert store.remove(A) is False
    assert store.graphs() == []


def test_graphs_are_sorted(store: Store) -> None:
    for graph in (C, A, B):
        store.replace(graph, labels("Odesa", graph=graph))
    assert store.graphs() == [A, B, C]


def test_the_quads_graph_name_does_not_matter(store: Store) -> None:
    store.replace(A, labels("Odesa", graph=B))
    assert store.graphs() == [A]


def test_a_triple_of_two_graphs_counts_once(store: Store) -> None:
    store.replace(A, labels("Odesa", "Odessa"))
    store.replace(B, labels("Odesa", graph=B))
    assert count(store) == 2
    assert count(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 3


def test_a_triple_stays_until_its_last_graph_lets_it_go(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    store.replace(B, labels("Odesa", graph=B))
    store.remove(A)
    assert count(store) == 1
    store.replace(B, labels("Odessa", graph=B))
    assert names(store, f"SELECT ?name {{ ?s {LABEL} ?name }}") == ["Odessa"]
    store.remove(B)
    assert count(store) == 0


def test_from_is_obeyed(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    store.replace(B, labels("Odessa", graph=B))
    assert names(store, f"SELECT ?name FROM <{B}> {{ ?s ?p ?name }}") == ["Odessa"]
    assert names(store, f"SELECT ?name FROM <{A}> FROM <{B}> {{ ?s ?p ?name }}") == ["Odesa", "Odessa"]


def test_from_named_is_obeyed(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    store.replace(B, labels("Odessa", graph=B))
    assert names(store, f"SELECT ?name FROM NAMED <{B}> {{ GRAPH ?g {{ ?s ?p ?name }} }}") == ["Odessa"]
    assert names(store, f"SELECT ?name FROM NAMED <{B}> {{ ?s ?p ?name }}") == []


def test_graphs_given_beside_the_query_are_obeyed(store: Store) -> None:
    store.replace(A, labels("Odesa", "Odessa"))
    store.replace(B, labels("Одеса", graph=B))
    assert count(store, default_graphs=[B]) == 1
    assert count(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", named_graphs=[A]) == 2
    assert count(store, named_graphs=[A]) == 0


def test_a_table_is_written_in_the_standard_formats(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    query = f"SELECT ?name ?none {{ ?s {LABEL} ?name }}"
    assert store.query(query).variables == ("name", "none")
    rows = json.loads(store.query(query).encode("json"))["results"]["bindings"]
    assert rows == [{"name": {"type": "literal", "value": "Odesa"}}]
    assert store.query(query).encode("csv") == b"name,none\r\nOdesa,\r\n"
    assert store.query(query).encode("tsv") == b'?name\t?none\n"Odesa"\t\n'
    assert b"<literal>Odesa</literal>" in store.query(query).encode("xml")


def test_ask_answers_yes_or_no(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    answer = store.query("ASK { ?s ?p 'Odesa' }")
    assert (answer.kind, answer.boolean) == ("boolean", True)
    assert store.query("ASK { ?s ?p 'Lviv' }").boolean is False
    assert json.loads(store.query("ASK { ?s ?p 'Lviv' }").encode("json"))["boolean"] is False


@pytest.mark.parametrize("query", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"DESCRIBE {PLACE}"])
def test_a_graph_is_answered_with_triples(store: Store, query: str) -> None:
    store.replace(A, labels("Odesa"))
    assert [str(triple) for triple in store.query(query).triples()] == [f'{PLACE} {LABEL} "Odesa"']
    assert store.query(query).encode("nt") == f'{PLACE} {LABEL} "Odesa" .\n'.encode()
    assert b'rdfs:label "Odesa"' in store.query(query).encode("ttl")
    assert b"<rdf:RDF" in store.query(query).encode("rdf")
    assert json.loads(store.query(query).encode("jsonld"))


def test_an_answer_can_only_be_written_as_what_it_is(store: Store) -> None:
    with pytest.raises(QueryError, match="a table can't be written as ttl; it can be as json, xml, csv, tsv"):
        store.query("SELECT * { ?s ?p ?o }").encode("ttl")
    with pytest.raises(QueryError, match="a graph can't be written as csv"):
        store.query("DESCRIBE <https://example.org/odesa>").encode("csv")


def test_a_wrong_query_is_told_with_line_and_column(store: Store) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL 1\.1: .*2:9"):
        store.query("SELECT * {\n ?s ?p }")


def test_a_query_can_not_write(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    with pytest.raises(QueryError):
        store.query("CLEAR ALL")
    assert count(store) == 1


def test_a_blank_node_is_refused_and_nothing_changes(store: Store) -> None:
    store.replace(A, labels("Odesa"))
    with pytest.raises(StoreError, match="blank node"):
        store.replace(A, [Quad(BlankNode("x"), LABEL, Literal("Odessa"))])
    assert store.quads(A) == labels("Odesa")


@pytest.mark.parametrize("graph", ["not an iri", "https://example.org/a b", "", "https://e.org/> {} } ; CLEAR ALL #"])
def test_a_graph_has_an_absolute_iri(store: Store, graph: str) -> None:
    with pytest.raises(StoreError, match="can't name a graph"):
        store.replace(graph, labels("Odesa"))


HOSTILE = (
    r"\u0022 } } ; CLEAR ALL ; INSERT DATA { GRAPH <https://example.org/evil> { <a:a> <a:b> \u0022",
    '" } } ; CLEAR ALL #',
    r"\\u0022 \\\u0022 \U00000022 \uD800 \u00e9 \n \t",
    "line\nreturn\r\ttab \x01 \x7f \x85 \u2028 \ufffe é 😀 '''",
    "ends in a backslash \\",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    store.replace(A, labels(text))
    assert store.quads(A) == labels(text)
    assert store.graphs() == [A]
    assert count(store) == 1


@given(texts=st.lists(st.text(st.one_of(st.sampled_from("\\uU\"'0022{}\n"), st.characters(codec="utf-8"))), max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_breaks_out_of_its_literal(store: Store, texts: list[str]) -> None:
    store.replace(A, labels(*texts))
    assert {quad.object.value for quad in store.quads(A)} == set(texts)
    assert count(store) == len(set(texts))


graphs_of_labels = st.dictionaries(st.sampled_from([A, B, C]), st.sets(st.sampled_from("klmn")), max_size=3)


@given(steps=st.lists(graphs_of_labels, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_default_graph_is_always_the_union_as_a_set(store: Store, steps: list[dict[str, set[str]]]) -> None:
    for graph in store.graphs():
        store.remove(graph)
    kept: dict[str, set[str]] = {}
    for step in steps:
        for graph, found in step.items():
            store.replace(graph, labels(*found, graph=graph))
            kept[graph] = found
    union: Iterable[str] = set().union(*kept.values())
    assert names(store, "SELECT ?name { ?s ?p ?name }") == sorted(union)
    assert store.graphs() == sorted(graph for graph, found in kept.items() if found)


def test_a_dump_does_not_depend_on_the_order_of_writing(store: Store) -> None:
    store.replace(A, labels("Odesa", "Odessa"))
    store.replace(B, labels("Odesa", graph=B))
    first = b"".join(store.dump())
    store.remove(A)
    store.replace(A, reversed(labels("Odesa", "Odessa")))
    assert b"".join(store.dump()) == first
    assert first.count(b"\n") == 3


def test_one_opened_for_reading_is_not_written(where: str) -> None:
    with open_store(where) as store:
        store.replace(A, labels("Odesa"))
    with open_store(where, read_only=True) as store:
        with pytest.raises(StoreError, match="for reading only"):
            store.replace(A, labels("Odessa"))
        with pytest.raises(StoreError, match="for reading only"):
            store.remove(A)
        assert store.quads(A) == labels("Odesa")
