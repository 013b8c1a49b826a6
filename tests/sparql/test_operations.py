"""The operations of an update request."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.sparql import Operation, loads, operations

G, H = "https://example.org/g", "https://example.org/h"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("PREFIX x: <urn:x:>", []),
        (f"LOAD SILENT <{G}> INTO GRAPH <{H}>", [Operation("load", silent=True, source=G, destination=H)]),
        (f"load <{G}>;", [Operation("load", source=G, destination="DEFAULT")]),
        (f"CLEAR GRAPH <{G}>", [Operation("clear", source=G)]),
        ("DROP SILENT ALL; CLEAR NAMED",
         [Operation("drop", silent=True, source="ALL"), Operation("clear", source="NAMED")]),
        (f"CREATE GRAPH <{G}>", [Operation("create", source=G)]),
        (f"COPY DEFAULT TO <{H}>", [Operation("copy", source="DEFAULT", destination=H)]),
        (f"MOVE SILENT GRAPH <{G}> TO DEFAULT", [Operation("move", silent=True, source=G, destination="DEFAULT")]),
        (f"ADD <{G}> TO GRAPH <{H}>", [Operation("add", source=G, destination=H)]),
        ("BASE <https://example.org/> PREFIX : <x/../> DROP GRAPH <g> ; BASE <a/> DROP GRAPH <../h> ; DROP GRAPH :g",
         [Operation("drop", source=G), Operation("drop", source=H), Operation("drop", source=G)]),
        ("PREFIX x: <urn:x:> DROP GRAPH x:a ; PREFIX x: <urn:y:> DROP GRAPH x:a",
         [Operation("drop", source="urn:x:a"), Operation("drop", source="urn:y:a")]),
    ],
)  # fmt: skip
def test_operations_on_graphs(text: str, expected: list[Operation]) -> None:
    assert operations(text) == expected


def test_iris_are_resolved_against_the_base_that_is_given() -> None:
    (operation,) = operations("DROP GRAPH <g>", base_iri="https://example.org/x")
    assert operation.source == G


def test_a_modification_has_all_that_it_needs() -> None:
    text = f"""PREFIX x: <urn:x:> PREFIX other: <urn:other:>
        WITH <{G}> DELETE {{ ?s x:p ?o }} INSERT {{ GRAPH ?g {{ $s x:q [] }} }}
        USING <{G}> USING NAMED <{H}> USING x:d WHERE {{ ?s ?p "}}" }}"""
    (found,) = operations(text)
    assert (found.kind, found.with_graph) == ("modify", G)
    assert (found.using, found.using_named) == ((G, "urn:x:d"), (H,))
    assert (found.where, found.prologue) == ('{ ?s ?p "}" }', "PREFIX x: <urn:x:>")
    assert found.variables == ("s", "o", "g")
    assert [str(quad) for quad in found.delete] == [
        "<urn:x-conflictkg:variable:0> <urn:x:p> <urn:x-conflictkg:variable:1>"
    ]
    assert found.insert[0].graph_name.value == "urn:x-conflictkg:variable:2"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("INSERT DATA {} ; DELETE DATA {} ; DELETE WHERE {}", "insert-data delete-data delete-where"),
        ("DELETE {} WHERE {} ; INSERT {} WHERE { SELECT * { ?s ?p ?o } }", "modify modify"),
        ("INSERT DATA { _:a <urn:p> 1 . GRAPH <urn:g> { _:a <urn:p> 2 } }", "insert-data"),
        ("INSERT { _:a <urn:p> 1 } WHERE { _:a <urn:p> 2 }", "modify"),
        ("DELETE DATA { <urn:s> <urn:p> () } ; DELETE WHERE { GRAPH ?g { ?s a?p } }", "delete-data delete-where"),
        ("INSERT { ?s <urn:p> '?not' } WHERE { FILTER(?a<?b&&?c>?d) ?s ?p ?o }", "modify"),
    ],
)
def test_the_kinds_of_operations_on_quads(text: str, kinds: str) -> None:
    assert " ".join(operation.kind for operation in operations(text)) == kinds


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT * { ?s ?p ?o }", "1:1: expected an operation"),
        ("INSERT DATA {} INSERT DATA {}", "1:16: expected ; or the end"),
        ("INSERT DATA {} ; ; INSERT DATA {}", "1:18: expected an operation"),
        ("INSERTDATA {}", "1:1: expected an operation"),
        ("INSERT DATA {\n <urn:s> <urn:p> 'x }", "2:18: the string is not closed"),
        ("INSERT DATA {\n <urn:s> <urn:p> 1", r"2:19: expected \}"),
        ("INSERT DATA {} ;\nINSERT DATA { <urn:s> <urn:p>\n 1 1 }", "3:7: expected"),
        ("INSERT DATA {} ; INSERT DATA { <urn:s> 1 }", "1:40: expected"),
        ("INSERT DATA {\n ?s <urn:p> 1 }", "2:2: a variable can't stand in INSERT DATA"),
        ("DELETE DATA { <urn:s> <urn:p> $o }", "1:31: a variable can't stand in DELETE DATA"),
        ("DELETE DATA { _:s <urn:p> 1 }", "1:15: a blank node can't stand in DELETE DATA"),
        ("DELETE WHERE { ?s ?p [] }", "1:22: a blank node can't stand in DELETE WHERE"),
        ("DELETE { _:s ?p ?o } WHERE { ?s ?p ?o }", "1:10: a blank node can't stand in DELETE"),
        ("DELETE { (1 2) ?p ?o } WHERE { ?s ?p ?o }", r"1:\d+: expected"),
        ("DELETE WHERE { ?s ?p ?o FILTER(?o) }", r"1:\d+: expected"),
        ("INSERT { ?s ?p ?o } WHERE {\n ?s ?p ?o ?o }", r"2:\d+: expected"),
        ("INSERT { ?s ?p ?o } WHERE { SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s }", r"1:\d+: expected"),
        ("INSERT { ?s ?p ?o }", "1:20: expected WHERE"),
        ("INSERT { 'x' ?p ?o } WHERE { ?s ?p ?o }", "1:8: a literal can't be a subject"),
        ("WITH <urn:g> DELETE WHERE { ?s ?p ?o }", "1:21: expected {"),
        ("WITH <urn:g> INSERT DATA {}", "1:21: expected {"),
        ("INSERT DATA { _:a <urn:p> 1 } ; INSERT { _:a <urn:p> 2 } WHERE {}", "1:42: the blank node _:a stands in two"),
        ("INSERT DATA { x:a x:b 1 }", "1:15: the prefix x: is not declared"),
        ("DROP GRAPH x:g", "1:12: the prefix x: is not declared"),
        ("DROP GRAPH <g>", "1:12: <g> is no absolute IRI"),
        ("INSERT DATA { <s> <urn:p> 1 }", r"1:\d+: expected"),
        ("CREATE GRAPH DEFAULT", "1:14: expected an IRI"),
        ("CREATE DEFAULT", "1:8: expected GRAPH"),
        ("LOAD <urn:x> INTO <urn:g>", "1:19: expected GRAPH"),
        ("COPY ALL TO DEFAULT", "1:6: expected an IRI"),
        ("COPY DEFAULT", "1:13: expected TO"),
        ("PREFIX x <urn:x:> DROP ALL", "1:8: expected a prefix with its colon"),
        ("INSERT {} WHERE { SERVICEx:y { ?s ?p ?o } }", "1:19: the prefix SERVICEx: is not declared"),
        ("DROP GRAPH <urn:\\u0020x>", r"1:12: <urn:\\u0020x> is no absolute IRI"),
    ],
)
def test_what_is_no_update(text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=f"^the update is not SPARQL 1.1: error at {problem}"):
        operations(text)


def test_the_documents_that_an_update_loads() -> None:
    text = f"PREFIX : <https://example.org/> LOAD :g ; INSERT DATA {{ :g :p 'x' }} ; LOAD SILENT <{H}> INTO GRAPH :x"
    assert loads(text) == (G, H)
    assert loads("INSERT DATA { <urn:load> <urn:p> 'LOAD <urn:x>' }") == ()
    assert loads("LOAD <http:\\u002F/127.0.0.1/x>") == ("http://127.0.0.1/x",)
    assert loads("DROP ALL") == ()


WORDS = (
    "INSERT DELETE DATA WHERE WITH USING NAMED GRAPH CLEAR DROP COPY TO DEFAULT ALL SILENT { } { } ; . , ?s <urn:p> "
    "x:y _:b 'z' 1 [ ] ( ) a PREFIX x: <urn:x:>"
).split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(lambda words: "PREFIX x: <urn:> " + " ".join(words)))
def test_what_is_taken_oxigraph_takes_too(text: str) -> None:
    try:
        operations(text)
    except QueryError:
        return
    # Oxigraph has no declarations after the first operation, which SPARQL allows.
    if text.count("PREFIX") == 1:
        with contextlib.suppress(RuntimeError):  # a graph that is not there
            Store().update(text)
