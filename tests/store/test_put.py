"""Many graphs put at once, as lines, over every backend."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.store import Store, embedded, open_store
from tests.store.test_store import HOSTILE, LABEL, PLACE, A, B, C, count, labels, names


def lines(*said: str, graph: str = A) -> bytes:
    """The N-Quads of a graph that gives one place these names."""
    return written(labels(*said, graph=graph))


def written(quads: list[Quad]) -> bytes:
    return "".join(f"{quad} .\n" for quad in quads).encode()


def test_graphs_hold_what_was_put_in(store: Store) -> None:
    store.put({A: lines("Odesa", "Odessa"), B: lines("Odesa", graph=B)})
    assert store.quads(A) == labels("Odesa", "Odessa")
    assert store.quads(B) == labels("Odesa", graph=B)
    assert count(store) == 2


def test_what_was_there_is_replaced_and_what_is_empty_goes(store: Store) -> None:
    store.put({A: lines("Odesa"), B: lines("Odesa", "Odessa", graph=B)})
    store.put({A: b"", B: lines("Одеса", graph=B), C: lines("Odesa", graph=C)})
    assert store.graphs() == [B, C]
    assert names(store, "SELECT ?name { ?s ?p ?name }") == ["Odesa", "Одеса"]
    store.put({B: b"", C: b"", "https://example.org/graph/never": b""})
    assert store.graphs() == []
    assert count(store) == 0


@pytest.mark.parametrize("graph", [B, None])
def test_the_lines_graph_name_does_not_matter(store: Store, graph: str | None) -> None:
    plain = [Quad(quad.subject, quad.predicate, quad.object) for quad in labels("Odesa", "Odessa")]
    store.put({A: written(plain) if graph is None else lines("Odesa", "Odessa", graph=graph)})
    assert store.graphs() == [A]
    assert store.quads(A) == labels("Odesa", "Odessa")


def test_what_is_stated_of_the_graph_is_not_taken_for_its_name(store: Store) -> None:
    made = Quad(PLACE, NamedNode("https://example.org/in"), NamedNode(A))
    store.put({A: written([made])})
    assert store.quads(A) == [Quad(made.subject, made.predicate, made.object, NamedNode(A))]


@pytest.mark.parametrize("text", [*HOSTILE, f"in <{A}> .", "_:b 'blank'"])
def test_any_text_comes_back_as_it_was_put_in(store: Store, text: str) -> None:
    store.put({A: lines(text), B: lines(text, graph=B)})
    assert store.quads(A) == labels(text)
    assert store.graphs() == [A, B]
    assert count(store) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f'_:x {LABEL} "Odessa" <{A}> .\n'.encode(), "blank node"),
        (lines("Odessa") + b"<no statement> .\n", "no RDF"),
    ],
)
def test_what_can_not_be_stored_is_refused_and_nothing_changes(store: Store, content: bytes, told: str) -> None:
    store.put({A: lines("Odesa")})
    for graph in (A, C):
        with pytest.raises(StoreError, match=told):
            store.put({B: lines("Odessa", graph=B), graph: content})
        assert b"".join(store.dump()) == lines("Odesa")


def test_a_graph_has_an_absolute_iri(store: Store) -> None:
    with pytest.raises(StoreError, match="can't name a graph"):
        store.put({B: lines("Odesa", graph=B), "not an iri": lines("Odesa")})
    assert store.graphs() == []


def test_one_opened_for_reading_is_not_put_into(where: str) -> None:
    with open_store(where) as store:
        store.put({A: lines("Odesa")})
    with open_store(where, read_only=True) as store, pytest.raises(StoreError, match="for reading only"):
        store.put({A: lines("Odessa"), B: lines("Odesa", graph=B)})


steps = st.lists(
    st.tuples(st.booleans(), st.dictionaries(st.sampled_from([A, B, C]), st.sets(st.sampled_from("klmn")), max_size=3)),
    max_size=4,
)


@pytest.mark.parametrize("bulk", [0, embedded.BULK])
@given(steps=steps)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_put_and_replace_leave_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, bulk: int, steps: list[tuple[bool, dict[str, set[str]]]]
) -> None:
    monkeypatch.setattr(embedded, "BULK", bulk)
    store.put(dict.fromkeys(store.graphs(), b""))
    kept: dict[str, set[str]] = {}
    for at_once, step in steps:
        if at_once:
            store.put({graph: lines(*found, graph=graph) for graph, found in step.items()})
        else:
            for graph, found in step.items():
                store.replace(graph, labels(*found, graph=graph))
        kept |= step
    assert b"".join(store.dump()) == b"".join(lines(*kept[graph], graph=graph) for graph in sorted(kept))
    assert names(store, "SELECT ?name { ?s ?p ?name }") == sorted(set().union(*kept.values()))
