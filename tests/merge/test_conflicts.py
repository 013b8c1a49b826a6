"""Which wars incidents belong to, and the table of them."""

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from kg.merge import merge
from kg.merge.conflicts import conflicts
from kg.store import Store
from tests.merge.world import Told, article, put, table, values

SENTENCE = "Guns shelled a place, and there were talks on it."
INVASION, WAR = "conflict/Q110999040", "conflict/Q15860072"
ISRAEL_AND_PALESTINE, GAZA_AND_ISRAEL, GAZA_WAR = "conflict/Q151622", "conflict/Q553184", "conflict/Q122962941"


def told(type: str = "Shelling", day: date = date(2025, 6, 2), **fields: Any) -> Told:
    return Told(SENTENCE, "shelled", type, day, **{"places": ()} | fields)


def belongs(store: Store, one: Told) -> list[str]:
    put(store, article("a", one, published=date(2025, 6, 2)))
    merge(store)
    return values(store, "incident/a-0", "ckg:partOf")


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(told("Talks", actors=("Russia", "Ukraine"), places=("Istanbul",)), id="both sides meet anywhere"),
        pytest.param(told(actors=("Russia",), places=("Kyiv",)), id="one side where it is fought"),
        pytest.param(told(targets=("Ukraine",), places=("Moscow",)), id="on whom it is done, in the other's country"),
        pytest.param(told(places=("Kyiv",)), id="an act of war without parties"),
        pytest.param(told(actors=("gunmen",), places=("Kyiv",)), id="an act of war by some without a name"),
    ],
)
def test_it_is_of_the_war_and_of_the_greater_one(store: Store, one: Told) -> None:
    assert belongs(store, one) == [INVASION, WAR]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(told("Talks", actors=("Russia",), places=("Istanbul",)), id="one side elsewhere"),
        pytest.param(told("Visit", actors=("Ukraine",), places=("Kyiv",)), id="no act of war by one side"),
        pytest.param(told("Protest", places=("Kyiv",)), id="no act of war, and no side"),
        pytest.param(told(actors=("River Front",), places=("Kyiv",)), id="an act of war by others"),
        pytest.param(told(actors=("Ukraine",), places=("Kyiv",)), id="only the state that the place is in"),
        pytest.param(told(places=("Israel",)), id="an act of war without parties where there are several wars"),
        pytest.param(told(actors=("Russia",)), id="one side and no place"),
        pytest.param(told(places=("Aster",)), id="a place without war"),
        pytest.param(told(day=date(2013, 6, 2), actors=("Russia",), targets=("Ukraine",)), id="before it began"),
    ],
)
def test_it_is_of_no_war(store: Store, one: Told) -> None:
    assert belongs(store, one) == []


def test_of_an_older_day_it_is_of_the_war_that_was(store: Store) -> None:
    assert belongs(store, told(day=date(2014, 3, 1), actors=("Russia",), places=("Ukraine",))) == [
        "conflict/Q15833607", WAR,
    ]  # fmt: skip


def test_without_a_day_that_of_the_article_counts(store: Store) -> None:
    one = Told(SENTENCE, "shelled", "Shelling", None, places=("Kyiv",))
    assert belongs(store, one) == [INVASION, WAR]


def test_most_sides_win_and_parents_of_parents_are_there(store: Store) -> None:
    found = belongs(store, told("Talks", actors=("Israel", "Hamas"), places=("Istanbul",)))
    assert {GAZA_WAR, GAZA_AND_ISRAEL, ISRAEL_AND_PALESTINE, "conflict/Q8669"} <= set(found)
    assert "conflict/Q134900605" not in found  # Israel is a side of it, Hamas is none


def test_a_conflict_is_a_node_with_name_item_and_days(store: Store) -> None:
    belongs(store, told(day=date(2014, 3, 1), actors=("Russia",), places=("Ukraine",)))
    where = "?c a ckg:Conflict ; rdfs:label ?name ; skos:exactMatch ?item ; ckg:startDate ?start ; ckg:endDate ?end"
    assert table(store, where, ("c", "name", "item", "start", "end")) == [
        (
            "conflict/Q15833607", "Russian annexation of Crimea", "http://www.wikidata.org/entity/Q15833607",
            "2014-02-20", "2014-03-26",
        )
    ]  # fmt: skip
    assert values(store, WAR, "rdfs:label") == ["Russo-Ukrainian war"]
    assert values(store, WAR, "ckg:endDate") == []


ROWS: list[dict[str, Any]] = tomllib.loads(files("kg.merge").joinpath("conflicts.toml").read_text("utf8"))["conflict"]
ITEM = re.compile(r"Q[1-9]\d*")


def test_the_table_has_each_item_and_name_once_sorted_by_start() -> None:
    assert len({row["item"] for row in ROWS}) == len({row["name"] for row in ROWS}) == len(ROWS) == len(conflicts())
    assert [row["start"] for row in ROWS] == sorted(row["start"] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_a_row_of_the_table_is_well_formed(row: dict[str, Any]) -> None:
    assert {"item", "name", "start", "places", "sides"} <= row.keys()
    assert row.keys() <= {"item", "name", "start", "end", "places", "sides", "part_of"}
    assert row["name"] == row["name"].strip() != ""
    named = [row["item"], *row["places"], *(item for side in row["sides"] for item in side)]
    assert all(ITEM.fullmatch(item) for item in named)
    assert row["places"]
    assert type(row["start"]) is date
    assert row["start"] <= row.get("end", date.max)
    parties = [item for side in row["sides"] for item in side]
    assert len(row["sides"]) > 1
    assert len(parties) == len(set(parties)) > 0


@pytest.mark.parametrize("row", [row for row in ROWS if "part_of" in row], ids=lambda row: str(row["name"]))
def test_a_greater_conflict_is_in_the_table_lasts_as_long_and_has_an_end(row: dict[str, Any]) -> None:
    greater, seen = conflicts()[row["part_of"]], {row["item"]}
    assert greater.start <= row["start"]
    assert greater.end is None or row.get("end", date.max) <= greater.end
    while greater.part_of:
        assert greater.item not in seen
        seen.add(greater.item)
        greater = conflicts()[greater.part_of]
