"""What an update changes, told without changing anything: as Oxigraph itself does it, but for the default graph."""

import socket

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.errors import QueryError
from kg.sparql import UNNAMED, Change, apply, evaluate

E = "https://example.org/"
A, B, C = (NamedNode(f"{E}{name}") for name in "abc")
PREFIX = f"PREFIX : <{E}> "


def quads(text: str) -> list[Quad]:
    """The quads of a text; those of its default graph stand in UNNAMED."""
    store = Store()
    store.update(f"{PREFIX} INSERT DATA {{ {text} }}")
    return [renamed(quad) for quad in store]


def renamed(quad: Quad) -> Quad:
    graph = UNNAMED if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def filled(text: str, *empty: NamedNode) -> Store:
    store = Store()
    apply(store, Change(added=frozenset(quads(text)), created=frozenset(empty)))
    return store


def copied(store: Store, change: Change) -> Store:
    copy = Store()
    copy.extend(store)
    for graph in store.named_graphs():
        copy.add_graph(graph)
    apply(copy, change)
    return copy


def changed(store: Store, text: str, **options: object) -> Change:
    return evaluate(PREFIX + text, store, scratch=lambda change: copied(store, change), **options)  # type: ignore[arg-type]


def after(before: str, text: str, **options: object) -> list[str]:
    """What the graphs hold after an update, one line a quad."""
    store = filled(before)
    apply(store, changed(store, text, **options))
    return sorted(
        f"{q.graph_name} {q.subject} {q.predicate} {q.object}".replace(E, "").replace(UNNAMED.value, "")
        for q in store
        if not isinstance(q.graph_name, DefaultGraph)
    )


@pytest.mark.parametrize(
    ("before", "update", "expected"),
    [
        ("", "INSERT DATA { :x :p 'one' }", ['<> <x> <p> "one"']),
        ("", "INSERT DATA { GRAPH :a { :x :p 'one' . } :y :p 'two' }", ['<> <y> <p> "two"', '<a> <x> <p> "one"']),
        (":x :p :y . GRAPH :a { :x :p :y }", "DELETE DATA { :x :p :y }", ["<a> <x> <p> <y>"]),
        (":x :p :y . GRAPH :a { :x :p :y }", "DELETE WHERE { :x ?p ?o }", ["<a> <x> <p> <y>"]),
        (":x :p :y . GRAPH :a { :x :p :y }", "DELETE WHERE { GRAPH ?g { :x ?p ?o } }", []),
        # A WHERE asks the union, and what has no GRAPH is written to the unnamed graph.
        ("GRAPH :a { :x :p :y }", "INSERT { ?o :q ?s } WHERE { ?s :p ?o }", ["<> <y> <q> <x>", "<a> <x> <p> <y>"]),
        ("GRAPH :a { :x :p :y }", "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["<a> <x> <p> <y>"]),
        # WITH, USING and USING NAMED
        ("GRAPH :a { :x :p :y } GRAPH :b { :z :p :y }", "WITH :a DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
         ["<b> <z> <p> <y>"]),
        ("GRAPH :a { :x :p :y } GRAPH :b { :z :p :y }", "WITH :a INSERT { ?s :q 'b' } USING :b WHERE { ?s :p ?o }",
         ['<a> <x> <p> <y>', '<a> <z> <q> "b"', "<b> <z> <p> <y>"]),
        ("GRAPH :a { :x :p :y } GRAPH :b { :z :p :y }", "WITH :a INSERT { ?s :q 'b' } WHERE { GRAPH :b { ?s :p ?o } }",
         ['<a> <x> <p> <y>', '<a> <z> <q> "b"', "<b> <z> <p> <y>"]),
        ("GRAPH :a { :x :p :y }", "INSERT { ?s :q 'b' } USING :b WHERE { GRAPH :a { ?s :p ?o } }", ["<a> <x> <p> <y>"]),
        ("GRAPH :a { :x :p :y }", "INSERT { ?s :q 'b' } USING NAMED :a WHERE { ?s :p ?o }", ["<a> <x> <p> <y>"]),
        ("GRAPH :a { :x :p :y }", "INSERT { ?s :q 'b' } USING NAMED :a WHERE { GRAPH ?g { ?s :p ?o } }",
         ['<> <x> <q> "b"', "<a> <x> <p> <y>"]),
        # What can't be a triple is left out.
        (":x :p 'one', :y", "INSERT { ?o :q ?s } WHERE { ?s :p ?o }",
         ['<> <x> <p> "one"', "<> <x> <p> <y>", "<> <y> <q> <x>"]),
        (":x :p 'one'", "INSERT { :x ?no ?s ; ?o :y } WHERE { ?s :p ?o }", ['<> <x> <p> "one"']),
        (":x :p 'one'", "INSERT { GRAPH ?o { :x :p :y } } WHERE { ?s :p ?o }", ['<> <x> <p> "one"']),
        (":x :p 'one'", "INSERT { :x :q <<( :x :p ?o )>>, <<( ?o :p ?o )>> } WHERE { ?s :p ?o }",
         ['<> <x> <p> "one"', '<> <x> <q> <x> <p> "one"']),
        # Later operations see what earlier ones have done.
        ("", "INSERT DATA { :x :p :y } ; INSERT { ?o :q ?s } WHERE { ?s :p ?o } ; DELETE WHERE { ?s :p ?o }",
         ["<> <y> <q> <x>"]),
        (":x :p :y", "CLEAR ALL ; INSERT { :x :q ?o } WHERE { ?s :p ?o }", []),
        ("GRAPH :a { :x :p :y } :x :p :z", "CLEAR NAMED", ["<> <x> <p> <z>"]),
        ("GRAPH :a { :x :p :y } :x :p :z", "DROP DEFAULT", ["<a> <x> <p> <y>"]),
        ("GRAPH :a { :x :p :y }", "COPY :a TO DEFAULT ; MOVE :a TO :b", ["<> <x> <p> <y>", "<b> <x> <p> <y>"]),
        ("GRAPH :a { :x :p :y } GRAPH :b { :z :p :y }", "ADD GRAPH :a TO :b ; COPY :a TO :a ; DROP GRAPH :a",
         ["<b> <x> <p> <y>", "<b> <z> <p> <y>"]),
    ],
)  # fmt: skip
def test_what_an_update_leaves(before: str, update: str, expected: list[str]) -> None:
    assert after(before, update) == expected


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT DATA { GRAPH :a { :x :p :y } }", Change()),
        ("INSERT DATA { :x :p 1 } ; DELETE DATA { :x :p 1 }", Change()),
        ("DELETE DATA { GRAPH :a { :x :p :y } } ; INSERT DATA { GRAPH :a { :x :p :y } }", Change()),
        ("DELETE { GRAPH :a { ?s ?p ?o } } INSERT { GRAPH :a { ?s ?p ?o } } WHERE { ?s ?p :y }", Change()),
        ("DELETE DATA { GRAPH :a { :x :p :z } }", Change()),
        ("DELETE DATA { GRAPH :n { :x :p 1.50 } } ; INSERT { GRAPH :n { :x :p 1.50 } } WHERE {}", Change()),
        ("INSERT DATA { GRAPH :b { :x :p :y } } ; CLEAR ALL", Change(emptied=True)),
        ("DROP ALL", Change(emptied=True)),
        ("CLEAR GRAPH :a", Change(removed=frozenset(quads("GRAPH :a { :x :p :y }")))),
        ("CLEAR GRAPH :c", Change()),
        ("DROP GRAPH :a", Change(removed=frozenset(quads("GRAPH :a { :x :p :y }")), dropped=frozenset({A}))),
        ("INSERT DATA { GRAPH :b { :x :p :y } } ; CLEAR GRAPH :b", Change(created=frozenset({B}))),
        ("CREATE GRAPH :b ; CREATE SILENT GRAPH :a", Change(created=frozenset({B}))),
        ("CREATE GRAPH :b ; DROP GRAPH :b", Change()),
        ("INSERT DATA { :x :p 1 } ; DELETE WHERE { :x :p ?n }", Change()),
    ],
)
def test_the_change_is_the_net_of_all_operations(update: str, expected: Change) -> None:
    assert changed(filled("GRAPH :a { :x :p :y } GRAPH :n { :x :p 1.5 }"), update) == expected


def test_nothing_is_written_to_the_store() -> None:
    store = filled("GRAPH :a { :x :p :y } :z :p :y")
    before = set(store)
    changed(store, "INSERT { ?s :q 1 } WHERE { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o } ; DROP ALL")
    assert set(store) == before


def test_a_blank_node_is_a_new_one_for_each_solution() -> None:
    store = filled("_:x :p 'one', 'two'")
    added = changed(store, "INSERT { _:x :q ?o ; :r [ :s ?o ] } WHERE { ?b :p ?o }").added
    nodes = {q.subject for q in added} | {q.object for q in added if isinstance(q.object, BlankNode)}
    assert (len(added), len(nodes)) == (6, 4)
    assert not nodes & {q.subject for q in store}
    assert len(changed(store, "INSERT { [] :q :x } WHERE { ?b :p ?o }").added) == 2


def test_a_blank_node_of_the_store_can_be_deleted_and_said_more_of() -> None:
    store = filled("GRAPH :a { _:x :p 'one' }")
    (node,) = {quad.subject for quad in store}
    change = changed(store, "WITH :a DELETE { ?s ?p ?o } INSERT { ?s ?p 'two' } WHERE { ?s ?p ?o }")
    assert {(q.subject, q.object) for q in change.removed} == {(node, Literal("one"))}
    assert {(q.subject, q.object) for q in change.added} == {(node, Literal("two"))}


@pytest.mark.parametrize(
    ("update", "problem"),
    [
        ("DROP GRAPH :c", "there is no graph https://example.org/c to drop"),
        ("COPY :c TO :a", "there is no graph https://example.org/c to copy"),
        ("MOVE :c TO :a", "there is no graph https://example.org/c to move"),
        ("ADD :c TO :a", "there is no graph https://example.org/c to add"),
        ("CREATE GRAPH :a", "there is a graph https://example.org/a already"),
        ("DROP GRAPH :a ; DROP GRAPH :a", "there is no graph https://example.org/a to drop"),
        ("LOAD :doc", "LOAD is switched off here"),
        ("LOAD SILENT :doc", "LOAD is switched off here"),
        ("INSERT DATA { :x :p :y", r"the update is not SPARQL 1.1: error at 1:\d+: expected }"),
    ],
)
def test_what_fails(update: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        changed(filled("GRAPH :a { :x :p :y }"), update)


@pytest.mark.parametrize("verb", ["CLEAR SILENT GRAPH :c", "DROP SILENT GRAPH :c", "ADD SILENT :c TO :a"])
def test_silent_makes_nothing_of_what_is_not_there(verb: str) -> None:
    assert changed(filled("GRAPH :a { :x :p :y }"), verb) == Change()


def test_the_protocols_dataset_stands_for_using() -> None:
    before = "GRAPH :a { :x :p :y } GRAPH :b { :z :p :y }"
    update = "INSERT { ?s :q 'new' } WHERE { ?s :p ?o }"
    assert '<> <x> <q> "new"' in after(before, update, using=[A.value])
    assert '<> <z> <q> "new"' not in after(before, update, using=[A.value])
    assert after(before, update, using_named=[A.value]) == ["<a> <x> <p> <y>", "<b> <z> <p> <y>"]
    for clause in ("WITH :a INSERT {} WHERE {}", "INSERT {} USING :a WHERE {}", "INSERT {} USING NAMED :a WHERE {}"):
        with pytest.raises(QueryError, match="can't have using-graph-uri"):
            after(before, clause, using=[A.value])
    with pytest.raises(QueryError, match="'b' can't name a graph"):
        after(before, update, using=["b"])


def test_load_puts_what_a_document_says_where_it_is_told() -> None:
    def load(iri: str) -> list[Triple]:
        if iri != f"{E}doc":
            raise QueryError(f"{iri} can't be read")
        return [Triple(BlankNode("x"), NamedNode(f"{E}p"), Literal(iri))]

    (quad,) = changed(filled(""), "LOAD :doc INTO GRAPH :a", load=load).added
    assert (quad.graph_name, quad.object) == (A, Literal(f"{E}doc"))
    assert quad.subject != BlankNode("x")
    (quad,) = changed(filled(""), "LOAD :doc", load=load).added
    assert quad.graph_name == UNNAMED
    assert changed(filled(""), "LOAD SILENT :none", load=load) == Change()
    with pytest.raises(QueryError, match="none can't be read"):
        changed(filled(""), "LOAD :none", load=load)


def test_data_needs_no_scratch_copy() -> None:
    def scratch(_change: Change) -> Store:
        raise AssertionError("a copy was asked for")

    text = (
        PREFIX + "INSERT { ?s :p 1 } WHERE { ?s ?p ?o } ; INSERT DATA { :x :p 2 } ; COPY DEFAULT TO :b ; CLEAR GRAPH :b"
    )
    assert evaluate(text, filled(":x :p :y"), scratch=scratch).created == {B}


def test_no_server_is_asked_while_an_update_is_proved() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        service = f"SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }}"
        with pytest.raises(QueryError, match="there is no graph"):
            changed(filled(""), f"DROP GRAPH :a ; INSERT {{ ?s ?p ?o }} WHERE {{ {service} }}")
        with pytest.raises(TimeoutError):
            server.accept()
