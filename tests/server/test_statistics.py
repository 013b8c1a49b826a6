"""What is counted in a store, and when it is counted anew."""

import threading

import pyoxigraph as ox
import pytest
from pyoxigraph import RdfFormat

from server.statistics import Latest, Statistics, statistics

EX = "https://example.org/"
TRIG = f"""PREFIX ex: <{EX}>
GRAPH ex:one {{ ex:a a ex:Town, ex:Place ; ex:near ex:b, ex:c . ex:b a ex:Town }}
GRAPH ex:two {{ ex:a a ex:Town ; ex:near ex:b . ex:c a [] }}
"""


def counted(trig: str, *, largest: int = 200) -> Statistics:
    """The statistics of a store with these graphs, an empty one and their union."""
    store = ox.Store()
    store.load(trig.encode(), RdfFormat.TRIG)
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store])
    if trig:
        store.add_graph(ox.NamedNode(EX + "empty"))

    def ask(query: str) -> list[dict[str, str]]:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: term.value for name, term in zip(names, row, strict=True)} for row in found]

    return statistics(ask, largest=largest)


def test_triples_are_those_of_the_union() -> None:
    assert counted(TRIG).triples == 6


def test_empty_graphs_are_graphs() -> None:
    assert counted(TRIG).graphs == 3


def test_classes_have_their_instances_and_blank_ones_are_left_out() -> None:
    assert dict(counted(TRIG).classes) == {EX + "Place": 1, EX + "Town": 2}


def test_properties_have_their_uses() -> None:
    assert dict(counted(TRIG).properties) == {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": 4,
        EX + "near": 2,
    }


def test_of_many_the_largest_are_told() -> None:
    assert dict(counted(TRIG, largest=1).classes) == {EX + "Town": 2}


def test_an_empty_store_has_numbers_too() -> None:
    assert counted("") == Statistics(0, 0, {}, {})


def test_the_latest_count_is_held_until_the_store_changes() -> None:
    counts: list[int] = []
    now = [0.0]

    def count() -> Statistics:
        counts.append(len(counts))
        return Statistics(len(counts), 0, {}, {})

    latest = Latest(count, pause=60, clock=lambda: now[0])
    assert latest.get("one") is None
    latest.wait()
    assert latest.get("one") == Statistics(1, 0, {}, {})
    now[0] = 61
    assert latest.get("one") == Statistics(1, 0, {}, {})
    assert latest.get("two") == Statistics(1, 0, {}, {}), "the one before is better than none"
    latest.wait()
    assert latest.get("two") == Statistics(2, 0, {}, {})
    assert latest.get("three") == Statistics(2, 0, {}, {}), "too soon for another"
    latest.wait()
    assert counts == [0, 1]


def test_one_count_runs_at_a_time() -> None:
    begun: list[int] = []
    go = threading.Event()

    def count() -> Statistics:
        begun.append(1)
        go.wait(10)
        return Statistics(1, 0, {}, {})

    latest = Latest(count, pause=0)
    assert [latest.get(version) for version in range(5)] == [None] * 5
    go.set()
    latest.wait()
    assert begun == [1]


def test_a_count_that_fails_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    failures = [OSError("the store went away")]

    def count() -> Statistics:
        if failures:
            raise failures.pop()
        return Statistics(1, 0, {}, {})

    latest = Latest(count, pause=0)
    latest.get(1)
    latest.wait()
    assert "could not be counted" in caplog.text
    assert latest.get(1) is None
    latest.wait()
    assert latest.get(1) == Statistics(1, 0, {}, {})
