"""Clusters that people made, and what a store's incidents score against them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.merge import merge
from kg.merge.evaluate import Evaluation, evaluate
from kg.merge.gold import Happening, Placed, Report, placed, read
from kg.store import Store, open_store
from tests.merge.world import Told, Toll, article, event, put


def test_clusters_are_read() -> None:
    lines = [
        '{"id": "quay", "title": "Drones over the quay", "type": "DroneAttack", "date": "2025-06-02",',
    ]
    one = lines[0] + ' "reports": [{"article": "a1", "start": 120, "end": 131}, {"article": "b7", "quote": "drones"}]}'
    assert read([one, "", '{"id": 7, "reports": []}'], "gold") == [
        Happening("quay", (Report("a1", 120, 131), Report("b7", quote="drones")), "DroneAttack", 1),
        Happening("7", (), "", 3),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "Expecting property name"),
        ("[]", "no cluster"),
        ('"quay"', "no cluster"),
        ('{"reports": []}', "it lacks 'id'"),
        ('{"id": "a"}', "it lacks 'reports'"),
        ('{"id": "a", "reports": 5}', "not iterable"),
        ('{"id": "a", "reports": [5]}', "no cluster"),
        ('{"id": "a", "reports": [{"quote": "b"}]}', "it lacks 'article'"),
        ('{"id": "a", "reports": [{"article": "b"}]}', "it lacks 'start'"),
        ('{"id": "a", "reports": [{"article": "b", "quote": ""}]}', "it lacks 'start'"),
        ('{"id": "a", "reports": [{"article": "b", "start": 5, "end": 5}]}', "from 5 to 5 holds nothing"),
        ('{"id": "a", "reports": [{"article": "b", "start": -1, "end": 5}]}', "from -1 to 5 holds nothing"),
        ('{"id": "a", "reports": [{"article": "b", "start": "x", "end": 5}]}', "invalid literal"),
        ('{"id": "a", "type": "Storm", "reports": []}', "'Storm' is no event type"),
        ('{"id": "first", "reports": []}', "'first' is the one of line 1"),
    ],
)
def test_a_line_that_is_no_cluster_is_told_with_its_number(line: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        read(['{"id": "first", "reports": []}', "", line], "gold.jsonl")
    assert str(error.value).startswith("gold.jsonl, line 3: this is no cluster: ")
    assert told in str(error.value)


def test_a_file_without_clusters_is_told() -> None:
    with pytest.raises(UsageError, match="gold: there are no clusters in it"):
        read(["", " "], "gold")


SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))
STRUCK = Told("Later drones struck the bridge of Birch.", "struck", "DroneAttack", places=("Birch",))
HELD = Told("Police held a trader in Elm.", "held", "Arrest", places=("Elm",))


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of four articles: three tell of the shelling, two of the drones."""
    with open_store(tmp_path_factory.mktemp("news") / "store") as store:
        put(
            store,
            article("a", SHELLED, STRUCK),
            article("b", SHELLED, outlet="The Pier"),
            article("c", SHELLED, STRUCK, outlet="The Mole"),
            article("d", HELD),
        )
        merge(store)
        yield store


def cluster(id: str, *reports: dict[str, Any], type: str = "") -> str:
    return json.dumps({"id": id, "type": type, "reports": reports})


def said(article: str, quote: str) -> dict[str, Any]:
    return {"article": article, "quote": quote}


def places(store: Store, *lines: str) -> list[Placed]:
    return placed(store, read(lines, "gold"), "gold")


def test_a_report_is_told_by_the_event_whose_trigger_it_holds(news: Store) -> None:
    found = places(news, cluster("quay", said("a", "shelled"), said("b", "Guns shelled the grain harbour")))
    assert found == [Placed("quay", "a:5", event("a-0")), Placed("quay", "b:0", event("b-0"))]


def test_else_by_an_event_of_its_kind_whose_sentence_it_is_in(news: Store) -> None:
    assert places(news, cluster("quay", said("a", "killing 31"), type="AirStrike")) == [
        Placed("quay", "a:41", event("a-0"))
    ]
    assert places(news, cluster("quay", said("a", "killing 31"), type="Talks")) == [Placed("quay", "a:41", "")]
    assert places(news, cluster("quay", said("a", "killing 31"))) == [Placed("quay", "a:41", "")]


def test_an_event_tells_one_report_only(news: Store) -> None:
    found = places(news, cluster("one", said("a", "shelled")), cluster("two", said("a", "Guns shelled")))
    assert [each.event for each in found] == [event("a-0"), ""]


def test_of_two_events_in_a_span_that_of_the_type_is_taken(news: Store) -> None:
    whole = {"article": "a", "start": 0, "end": 90}
    for type, wanted in (("DroneAttack", "a-1"), ("Shelling", "a-0"), ("", "a-0")):
        assert [each.event for each in places(news, cluster("one", whole, type=type))] == [event(wanted)]


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ([said("x", "shelled")], "gold, line 2: there is no article 'x' with its text in the store"),
        ([said("a", "bombed")], "gold, line 2: 'bombed' stands 0 times in a, not once"),
        ([said("a", "the")], "gold, line 2: 'the' stands 2 times in a, not once"),
        ([{"article": "a", "start": 5, "end": 5000}], "gold, line 2: a ends at 93, before 5000"),
        ([said("d", "held")], "gold, line 2: what d tells at 7 is of first already"),
    ],
)
def test_a_report_that_is_not_in_the_store_is_told(news: Store, reports: list[dict[str, Any]], told: str) -> None:
    with pytest.raises(UsageError) as error:
        places(news, cluster("first", said("d", "held")), cluster("second", *reports))
    assert str(error.value) == told


def evaluated(store: Store, *lines: str) -> Evaluation:
    return evaluate(store, read(lines, "gold"), "gold")


def test_incidents_are_scored_beside_two_simple_rules(news: Store) -> None:
    result = evaluated(
        news,
        cluster("quay", *(said(id, "shelled") for id in "abc")),
        cluster("bridge", said("a", "struck"), said("c", "struck")),
        cluster("trader", said("d", "held")),
    )
    assert (result.clusters, result.reports, result.found, result.wrong, result.missed) == (3, 6, 6, (), ())
    assert list(result.all) == ["incidents", "same type, day and place", "same trigger word"]
    assert {name: scores.conll for name, scores in result.all.items()} == dict.fromkeys(result.all, 1.0)
    assert result.known == result.all


def test_reports_that_nothing_tells_are_alone(news: Store) -> None:
    result = evaluated(news, cluster("quay", said("a", "shelled"), said("b", "shelled"), said("d", "Police")))
    assert (result.reports, result.found) == (3, 2)
    assert result.known["incidents"].conll == 1.0
    assert result.all["incidents"].muc.recall == 0.5  # of the two links one is there


def test_what_is_mixed_up_or_split_is_named(news: Store) -> None:
    result = evaluated(
        news,
        cluster("one", said("a", "shelled"), said("d", "held")),
        cluster("two", said("b", "shelled")),
        cluster("three", said("c", "shelled")),
    )
    assert result.wrong == (("one", "three"), ("one", "two"), ("three", "two"))
    assert result.missed == ("one",)


def test_the_simple_rules_are_as_simple_as_they_say(tmp_path: Path) -> None:
    """Two shellings of one place and day under one word; a third told by another word, on no day."""
    bombarded = Told("Aster was bombarded, killing 31.", "bombarded", actors=("River Front",), tolls=(Toll(31),))
    undated = Told(SHELLED.sentence, "shelled", start=None, actors=("River Front",), tolls=(Toll(31),))
    with open_store(tmp_path / "store") as store:
        put(store, article("a", SHELLED), article("b", bombarded), article("c", undated))
        merge(store)
        found = evaluated(store, cluster("one", said("a", "shelled"), said("b", "bombarded"), said("c", "shelled"))).all
    assert found["incidents"].muc.recall == 1.0
    assert found["same type, day and place"].muc.recall == 0.5  # a and b
    assert found["same trigger word"].muc.recall == 0.5  # a and c
