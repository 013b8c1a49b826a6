"""However the articles came, went and were judged, the incidents are those of a store that was built at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg import rdf
from kg.merge import VERBS, judge, judgements, merge, undo
from kg.model import Extraction
from kg.store import Store, open_store
from tests.merge.world import CKG, DAY, Told, Toll, article, derived, event, put, quads, take

SENTENCES = (
    ("Guns shelled the grain harbour, killing villagers.", "shelled"),
    ("Guns shelled the grain harbour for a second time.", "shelled"),
    ("Drones struck the bridge at night, the mayor said.", "struck"),
    ("The harbour was struck by guns and drones.", "struck"),
)
DAYS = st.integers(0, 3).map(lambda n: DAY + timedelta(n))
SPANS = st.one_of(
    DAYS.map(lambda day: (day, day, "Day")),
    DAYS.map(lambda day: (day, day + timedelta(1), "Day")),
    st.just((date(2025, 6, 1), date(2025, 6, 30), "Month")),
    st.just((None, None, "Day")),
)
TOLLS = st.builds(
    Toll,
    st.sampled_from([3, 5, 31, None]),
    st.just(2),
    measure=st.sampled_from(["Killed", "Wounded"]),
    by=st.sampled_from(["", "Jan Reed", "Ministry of Health"]),
    affected=st.sampled_from(["", "Norland"]),
).map(lambda toll: replace(toll, low=None) if toll.count is not None else toll)


@st.composite
def told(draw: st.DrawFn) -> Told:
    """An event of the small world."""
    sentence, trigger = draw(st.sampled_from(SENTENCES))
    start, end, precision = draw(SPANS)
    return Told(
        sentence, trigger, draw(st.sampled_from(["Shelling", "DroneAttack", "Violence", "Talks"])), start, end,
        precision, draw(st.sampled_from([(), ("Aster",), ("Cedar",), ("Birch",), ("Upshire",), ("Norland",)])),
        draw(st.sampled_from([(), ("River Front",), ("gunmen",)])),
        draw(st.sampled_from([(), ("villagers",), ("Norland Army",)])), (), (),
        draw(st.sampled_from(["Asserted", "Denied"])), "", tuple(draw(st.lists(TOLLS, max_size=2))),
    )  # fmt: skip


IDS = "abcd"
ARTICLES = st.builds(
    lambda id, those, day, outlet: article(id, *those, published=day, outlet=outlet),
    st.sampled_from(IDS),
    st.lists(told(), min_size=1, max_size=3),
    DAYS | st.none(),
    st.sampled_from(["The Quay", "The Pier"]),
)
EVENTS = st.builds("{}-{}".format, st.sampled_from(IDS), st.integers(0, 1))
STEPS = st.one_of(
    ARTICLES,
    ARTICLES,
    st.sampled_from(IDS),
    st.tuples(EVENTS, EVENTS, st.sampled_from(VERBS)),
    st.integers(0, 3),
    st.none(),
)
"""An article comes, by an id that may be there already, or goes; a judgement is made or undone; a merge is done."""


def done(store: Store, step: Extraction | str | tuple[str, str, str] | int | None) -> None:
    if step is None:
        merge(store)
    elif isinstance(step, Extraction):
        put(store, step)
    elif isinstance(step, str):
        take(store, step)
    elif isinstance(step, int):
        for made in [each for each in judgements(store) if not each.undone][step : step + 1]:
            undo(store, made.name, who="ben")
    else:
        one, other, verb = step
        there = {str(quad.subject) for id in IDS for quad in store.quads(rdf.graph_iri(id))}
        if one != other and {f"<{event(one)}>", f"<{event(other)}>"} <= there:
            judge(store, event(one), event(other), verb, who="ana")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for all examples, since to open one takes longer than an example."""
    with open_store(tmp_path_factory.mktemp("steps") / "store") as store:
        yield store


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(STEPS, min_size=2, max_size=12))
def test_any_way_to_a_store_gives_the_incidents_of_one_that_was_built_at_once(
    opened: Store, steps: Sequence[Extraction | str | tuple[str, str, str] | int | None]
) -> None:
    for graph in opened.graphs():
        opened.remove(graph)
    merge(opened, anew=True)
    assert opened.graphs() == []
    for step in steps:
        done(opened, step)
    report = merge(opened)
    updated = derived(opened)
    again = merge(opened)
    assert (again.read, again.gone, derived(opened)) == (0, 0, updated)
    for graph in updated:
        opened.remove(graph)
    anew = merge(opened, anew=True)
    assert derived(opened) == updated
    assert (anew.events, anew.incidents, anew.shared) == (report.events, report.incidents, report.shared)


SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))


def test_merge_tells_what_it_did(store: Store) -> None:
    put(store, article("a", SHELLED), article("b", SHELLED, outlet="The Pier"), article("c"))
    report = merge(store)
    assert (report.read, report.gone, report.events, report.incidents, report.shared) == (3, 0, 2, 1, 1)
    take(store, "b")
    put(store, article("a", SHELLED, replace(SHELLED, places=("Birch",))))
    report = merge(store)
    assert (report.read, report.gone, report.events, report.incidents, report.shared) == (1, 1, 2, 2, 0)


def test_steps_are_told(store: Store) -> None:
    put(store, article("a", SHELLED), article("b", SHELLED))
    steps: list[tuple[str, int, int]] = []
    merge(store, on_step=lambda *step: steps.append(step))
    assert steps == [
        ("reading events", 1, 0), ("reading events", 2, 0), ("comparing events", 1, 2), ("comparing events", 2, 2),
        ("grouping events", 1, 2), ("grouping events", 2, 2), ("writing incidents", 1, 1),
    ]  # fmt: skip


def test_the_last_article_takes_its_derived_graphs_with_it(store: Store) -> None:
    put(store, article("a", SHELLED))
    merge(store)
    assert derived(store)
    take(store, "a")
    merge(store)
    assert store.graphs() == []


def test_a_graph_that_tells_no_mark_is_read_each_time(store: Store) -> None:
    graph = rdf.graph_iri("a")
    store.replace(graph, rdf.quads(article("a", SHELLED)))
    merge(store)
    store.replace(graph, rdf.quads(article("a", replace(SHELLED, type="Bombing"))))
    assert merge(store).read == 1
    assert f"{rdf.PREFIXES['ckg']}Bombing" in str(derived(store))


def test_an_article_changed_by_another_way_is_read_if_told(store: Store) -> None:
    graph = rdf.graph_iri("a")
    put(store, article("a", SHELLED))
    merge(store)
    before = derived(store)
    store.replace(graph, [quad for quad in store.quads(graph) if not quad.predicate.value.endswith("#actor")])
    merge(store)
    assert derived(store) == before
    assert merge(store, changed=[graph]).read == 1
    assert "#actor" not in str(derived(store))


def test_an_article_in_two_graphs_counts_once(store: Store) -> None:
    put(store, article("a", SHELLED))
    merge(store)
    before = derived(store)
    store.replace("https://e.org/graph/copy", store.quads(rdf.graph_iri("a")))
    merge(store)
    assert derived(store) == before
    take(store, "a")
    merge(store)
    assert derived(store) == before


QUAY = "https://quay.example/id/"


def test_incidents_stand_beside_the_articles_whatever_their_base(store: Store) -> None:
    one = article("a", SHELLED)
    store.replace(rdf.graph_iri("a", QUAY), quads(one, base=QUAY))
    merge(store)
    assert list(derived(store)) == ["https://quay.example/graph/incidents/2025-06-02"]
    assert "https://w3id.org/conflictkg/id/" not in str(derived(store))
    store.remove(rdf.graph_iri("a", QUAY))
    merge(store)
    assert store.graphs() == []


@pytest.mark.parametrize("first", [QUAY, rdf.BASE])
def test_articles_of_two_bases_are_brought_together(store: Store, first: str) -> None:
    second = rdf.BASE if first == QUAY else QUAY
    store.replace(rdf.graph_iri("a", first), quads(article("a", SHELLED), base=first))
    merge(store)
    store.replace(rdf.graph_iri("b", second), quads(article("b", SHELLED), base=second))
    merge(store)
    updated = derived(store)
    merge(store, anew=True)
    assert derived(store) == updated
    assert list(updated) == ["https://quay.example/graph/incidents/2025-06-02"]


EXACT, TYPE, COUNT, START = (f"{CKG}{name}" for name in ("exact", "eventType", "count", "startDate"))


@pytest.mark.parametrize(
    ("predicate", "value"),
    [(EXACT, None), (TYPE, None), (TYPE, NamedNode(f"{CKG}Storm")), (COUNT, Literal("many")), (START, Literal("June"))],
)
def test_a_graph_that_is_not_valid_is_told_and_stops_nothing(
    store: Store, predicate: str, value: NamedNode | Literal | None
) -> None:
    put(store, article("a", SHELLED), article("b", SHELLED))
    graph, broken = rdf.graph_iri("b"), []
    for quad in store.quads(graph):
        if quad.predicate.value != predicate:
            broken.append(quad)
        elif value is not None:
            broken.append(Quad(quad.subject, quad.predicate, value, quad.graph_name))
    store.replace(graph, broken)
    report = merge(store)
    assert (report.events, report.incidents) == (1, 1)
    assert [fault.partition(" is not valid")[0] for fault in report.faults] == [f"<{graph}>"]
    put(store, article("b", SHELLED, outlet="The Pier"))
    report = merge(store)
    assert (report.read, report.events, report.incidents, report.faults) == (1, 2, 1, [])
