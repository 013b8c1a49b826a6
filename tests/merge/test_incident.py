"""What an incident is, as all who tell of it have it together."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kg import rdf
from kg.merge import merge
from kg.merge.incident import Incident, incident
from kg.merge.telling import Party
from kg.store import Store
from tests.merge.tellings import place, telling, word
from tests.merge.world import DAY, Told, article, derived, put, table, values

SUNDAY = DAY - timedelta(1)
JUNE: dict[str, Any] = {"start": date(2025, 6, 1), "end": date(2025, 6, 30), "precision": "Month"}


def of(*types: str) -> Incident:
    return incident([telling(f"a{n}", type=type) for n, type in enumerate(types)])


@pytest.mark.parametrize(
    ("types", "type"),
    [
        (("Shelling",), "Shelling"),
        (("Shelling", "AirStrike", "AirStrike"), "AirStrike"),
        (("Violence", "Violence", "Shelling"), "Shelling"),
        (("Violence", "AirStrike", "Shelling", "Shelling"), "Shelling"),
        (("Violence", "Violence"), "Violence"),
    ],
)
def test_the_type_that_most_give_where_a_vague_one_counts_for_all(types: tuple[str, ...], type: str) -> None:
    assert of(*types).type == type


def test_a_near_copy_has_no_vote_of_its_own() -> None:
    copies = [telling(id, type="Shelling", source="b") for id in "bcd"]
    others = [telling(id, type="AirStrike") for id in "ef"]
    found = incident([*copies, *others])
    assert (found.type, found.sources) == ("AirStrike", 3)


UPSHIRE, ASTER, QUAY = place("Upshire", "Norland"), place("Aster", "Upshire", "Norland"), place("Quay", "Aster")


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ([(UPSHIRE,), (UPSHIRE,), (ASTER,)], {"Aster": 1}),
        ([(UPSHIRE,), (UPSHIRE,)], {"Upshire": 2}),
        ([(ASTER, UPSHIRE), (QUAY,)], {"Quay": 1}),
        ([(ASTER,), (), (place("Birch", "Upshire"),), (ASTER,)], {"Aster": 2, "Birch": 1}),
        ([(), ()], {}),
    ],
)
def test_the_inner_place_wins(places: list[tuple[Party, ...]], left: dict[str, int]) -> None:
    found = incident([telling(f"a{n}", places=each) for n, each in enumerate(places)])
    assert found.roles["place"] == {f"https://e.org/id/entity/{name}": sources for name, sources in left.items()}


@pytest.mark.parametrize(
    ("spans", "when"),
    [
        ([JUNE, JUNE, {"start": DAY, "end": DAY}], (DAY, DAY, "Day")),
        ([{}, {"start": SUNDAY}, {"start": SUNDAY}], (SUNDAY, DAY, "Day")),
        ([{"start": SUNDAY}, {}], (DAY, DAY, "Day")),
        ([{"start": None, "end": None}, JUNE], (date(2025, 6, 1), date(2025, 6, 30), "Month")),
        ([{"start": None, "end": None}], (None, None, "")),
    ],
)  # fmt: skip
def test_the_finest_days_that_most_give(spans: list[dict[str, Any]], when: tuple[object, ...]) -> None:
    found = incident([telling(f"a{n}", **span) for n, span in enumerate(spans)])
    assert (found.start, found.end, found.precision) == when


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"places": (ASTER,)}, "Shelling, Aster, 2025-06-02"),
        ({"start": SUNDAY}, "Shelling, 2025-06-01 to 2025-06-02"),
        (JUNE | {"places": (ASTER,), "type": "AirStrike"}, "Air strike, Aster, 2025-06"),
        ({"start": date(2025, 1, 1), "end": date(2025, 12, 31), "precision": "Year"}, "Shelling, 2025"),
        ({"start": None, "end": None}, "Shelling"),
    ],
)
def test_label(fields: dict[str, Any], label: str) -> None:
    assert incident([telling("a", **fields)]).label == label


def test_the_first_to_tell_names_it_and_its_shard() -> None:
    found = incident([telling("a", issued=DAY + timedelta(1)), telling("b"), telling("c", issued=None)])
    assert (found.key, found.shard, [each.article for each in found.tellings]) == ("b", "2025-06-02", ["b", "a", "c"])


def test_what_only_undated_articles_tell_stands_with_the_undated() -> None:
    assert incident([telling("a", issued=None)]).shard == "undated"


def test_outlets_and_claimants() -> None:
    said = telling("a", word("c1", 5), word("c2", 9, by="ministry"), outlet="pier")
    found = incident([said, telling("b", word("c3"), outlet=""), telling("c", outlet="quay")])
    assert (found.outlets, found.claimants, found.sources) == (("pier", "quay"), ("mayor", "ministry"), 3)


SHELLED = Told(
    "Guns shelled the grain harbour of Aster, killing villagers.",
    actors=("River Front",), targets=("villagers",), weapons=("Artillery",),
)  # fmt: skip


def test_who_takes_part_by_how_many_articles(store: Store) -> None:
    put(
        store,
        article("a", SHELLED),
        article("b", replace(SHELLED, actors=("gunmen",), places=("Upshire",)), outlet="The Pier"),
        article("c", replace(SHELLED, weapons=()), outlet="The Mole"),
    )
    merge(store)
    assert values(store, "incident/a-0", "ckg:actor") == ["entity/gunmen-in-b", "entity/river-front"]
    assert values(store, "incident/a-0", "ckg:target") == ["entity/villagers-in-a"]
    assert values(store, "incident/a-0", "ckg:place") == ["entity/aster"]
    assert values(store, "incident/a-0", "ckg:reports") == ["3"]
    assert values(store, "incident/a-0", "dcterms:publisher") == [
        "entity/the-mole", "entity/the-pier", "entity/the-quay",
    ]  # fmt: skip
    where = (
        "?s a rdf:Statement ; rdf:subject ?incident ; rdf:predicate ?role ; rdf:object ?who ; ckg:reports ?n . "
        "?incident a ckg:Incident"
    )
    assert table(store, where, ("incident", "role", "who", "n")) == [
        ("incident/a-0", "actor", "entity/gunmen-in-b", "1"),
        ("incident/a-0", "actor", "entity/river-front", "2"),
        ("incident/a-0", "place", "entity/aster", "2"),
        ("incident/a-0", "target", "entity/villagers-in-a", "3"),
        ("incident/a-0", "weapon", "Artillery", "2"),
    ]


def test_what_one_article_tells_has_no_weights(store: Store) -> None:
    put(store, article("a", SHELLED))
    merge(store)
    assert values(store, "incident/a-0", "ckg:actor") == ["entity/river-front"]
    assert table(store, "?s rdf:subject <https://w3id.org/conflictkg/id/incident/a-0>", ("s",)) == []


def test_every_event_is_of_an_incident_in_the_shard_of_its_first_report(store: Store) -> None:
    later = DAY + timedelta(1)
    put(
        store,
        article("b", SHELLED, replace(SHELLED, type="Talks", factuality="Planned"), published=later),
        article("a", SHELLED),
        article("c", SHELLED, published=None),
        article("d", replace(SHELLED, places=("Elm",), start=None), published=None),
    )
    merge(store)
    shards = {graph.rpartition("/")[2]: [str(quad) for quad in each] for graph, each in derived(store).items()}
    keys = {
        shard: sorted({line.partition("/incident/")[2].partition(">")[0] for line in lines if "#Incident>" in line})
        for shard, lines in shards.items()
    }
    assert keys == {"2025-06-02": ["a-0"], "2025-06-03": ["b-1"], "undated": ["d-0"]}


def test_a_near_copy_has_no_events_and_is_not_counted(store: Store) -> None:
    put(store, article("a", SHELLED), article("b", SHELLED, outlet="The Pier"))
    graph = rdf.graph_iri("c")
    store.replace(graph, rdf.quads(article("c", outlet="The Mole"), mark="m", original="a"))
    merge(store)
    assert values(store, "incident/a-0", "ckg:reports") == ["2"]
