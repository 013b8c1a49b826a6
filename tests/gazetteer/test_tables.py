"""What every row of the tables has to hold."""

import re
from collections import Counter

import pytest

import ontology
from kg.gazetteer.tables import CLASSES, parts, rows

THINGS = ("states", "organizations", "regions", "persons", "places")
STATES = {row["label"] for row in rows("states")} | {row["label"] for row in rows("regions")}


@pytest.mark.parametrize("table", THINGS)
def test_items_are_written_as_such_and_name_a_source(table: str) -> None:
    for row in rows(table):
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["qid"]), row
        assert not row["qid"] or row["source"], row


@pytest.mark.parametrize("table", THINGS)
def test_an_item_is_one_thing(table: str) -> None:
    counts = Counter(row["qid"] for row in rows(table) if row["qid"])
    assert [qid for qid, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("table", THINGS)
def test_lists_have_no_empty_or_padded_parts(table: str) -> None:
    for row in rows(table):
        for column in ("aliases", "demonyms", "bare", "types"):
            cell = row.get(column, "")
            assert not cell or all(part and part == part.strip() for part in cell.split("|")), row


@pytest.mark.parametrize("table", ["organizations", "persons"])
def test_classes_are_the_ontologys(table: str) -> None:
    for row in rows(table):
        for name in CLASSES.get(table) or parts(row["classes"]):
            assert getattr(ontology.CKG, name)


@pytest.mark.parametrize("table", ["organizations", "regions", "persons", "places"])
def test_a_country_is_a_known_state(table: str) -> None:
    assert {row["country"] for row in rows(table)} - STATES - {""} == set()


def test_cities_have_one_item_each() -> None:
    cities = list(rows("city_qids"))
    assert len({row["geonames"] for row in cities}) == len({row["qid"] for row in cities}) == len(cities)


def test_offices_are_those_of_persons_in_the_other_table() -> None:
    persons = {(row["label"], row["qid"]) for row in rows("persons")}
    assert {(row["person"], row["qid"]) for row in rows("offices")} - persons == set()
    assert all(row["role"] and row["source"] and (row["start"] or row["end"]) for row in rows("offices"))
    assert {row["country"] for row in rows("offices")} - STATES - {""} == set()


def test_a_code_of_geonames_is_written_with_its_country() -> None:
    countries = {row["label"]: row["iso2"] for row in rows("states")}
    for row in rows("regions"):
        assert not row["admin1"] or re.fullmatch(rf"{countries[row['country']]}\.\w+", row["admin1"]), row
