"""What every row of the project's own tables of facts has to hold."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

import ontology
from kg.gazetteer.tables import FOLDER, day, parts, rows

TABLES = ("states", "regions", "organizations", "persons", "places", "city_qids", "weapons", "conflicts")
STATES = {row["label"] for row in rows("states")}
LANDS = STATES | {row["label"] for row in rows("regions")}
PARTIES = STATES | {row["label"] for row in rows("organizations")}
DATA_SETS = frozenset("country-coder ep eps histevents horizonwatch os-igo reviewed rigour ruua triad wmc wof".split())
"""Data sets that the shared table of items was merged from, without the year in their names."""
NEWEST = date(2026, 12, 31)


@pytest.mark.parametrize("table", TABLES)
def test_every_line_has_every_column(table: str) -> None:
    with (FOLDER / f"{table}.tsv").open(encoding="utf8", newline="") as lines:
        header, *records = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert [record for record in records if len(record) != len(header)] == []
    assert [record for record in records if any(cell != cell.strip() for cell in record)] == []


@pytest.mark.parametrize("table", TABLES)
def test_a_label_is_given_and_an_item_names_its_source(table: str) -> None:
    for row in rows(table):
        assert row["label"], row
        assert re.fullmatch(r"(Q[1-9]\d*)?", row["qid"]), row
        assert not row["qid"] or row["source"], row


@pytest.mark.parametrize("table", TABLES)
def test_no_two_rows_share_an_item(table: str) -> None:
    counts = Counter(row["qid"] for row in rows(table) if row["qid"])
    assert [qid for qid, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("table", ["states", "organizations", "weapons", "conflicts"])
def test_no_two_rows_share_a_label(table: str) -> None:
    counts = Counter(row["label"] for row in rows(table))
    assert [label for label, count in counts.items() if count > 1] == []


def test_one_item_is_one_thing_in_all_tables_of_things_that_act_or_are_used() -> None:
    several = [row for table in ("organizations", "persons", "weapons", "conflicts") for row in rows(table)]
    counts = Counter(row["qid"] for row in several if row["qid"])
    assert [qid for qid, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("table", ["organizations", "weapons", "conflicts"])
def test_a_list_has_no_empty_padded_or_repeated_part(table: str) -> None:
    for row in rows(table):
        for column in ("aliases", "demonyms", "participants", "classes"):
            if cell := row.get(column, ""):
                several = cell.split("|")
                assert all(part and part == part.strip() for part in several), row
                assert len(set(several)) == len(several), row


@pytest.mark.parametrize("table", TABLES)
def test_sources_are_listed_once_each(table: str) -> None:
    for row in rows(table):
        several = row["source"].split(";")
        assert len(set(several)) == len(several), row


@pytest.mark.parametrize("table", ["weapons", "conflicts"])
def test_a_row_without_an_item_names_no_source(table: str) -> None:
    assert [row["label"] for row in rows(table) if row["source"] and not row["qid"]] == []


@pytest.mark.parametrize("table", ["organizations", "persons"])
def test_classes_are_the_ontologys(table: str) -> None:
    for row in rows(table):
        assert parts(row["classes"]), row
        for name in parts(row["classes"]):
            assert getattr(ontology.CKG, name)


def test_an_organization_lies_in_a_known_land() -> None:
    assert {row["country"] for row in rows("organizations")} - LANDS - {""} == set()


def test_a_weapon_is_of_a_kind_of_the_ontology() -> None:
    assert {row["kind"] for row in rows("weapons")} - set(ontology.codes("Kind")) == set()


def test_participants_and_places_of_a_conflict_are_in_the_tables() -> None:
    for row in rows("conflicts"):
        assert set(parts(row["participants"])) <= PARTIES, row
        assert set(parts(row["country"])) <= STATES, row


def test_a_conflict_begins_before_it_ends() -> None:
    for row in rows("conflicts"):
        start = day(row["start"], where=row["label"])
        end = day(row["end"], where=row["label"], last=True)
        assert start is None or start <= (end or NEWEST) <= NEWEST, row


@pytest.mark.parametrize(
    ("table", "label", "qid"),
    [
        ("organizations", "Hamas", "Q38799"),
        ("organizations", "Kurdistan Workers' Party", "Q152220"),
        ("organizations", "Federal Security Service", "Q58792"),
        ("organizations", "Reuters", "Q130879"),
        ("weapons", "M142 HIMARS", "Q2495802"),
        ("conflicts", "Gaza war", "Q122962941"),
    ],
)
def test_well_known_things_have_the_item_that_several_sources_give(table: str, label: str, qid: str) -> None:
    assert {row["label"]: row["qid"] for row in rows(table)}[label] == qid


def test_every_source_that_is_no_data_set_is_explained() -> None:
    section = (FOLDER / "README.md").read_text(encoding="utf8").split("## Sources of items")[1]
    explained = set(re.findall(r"`([a-z-]+)`", section))
    named = {
        source.rstrip("0123456789")
        for table in ("organizations", "weapons", "conflicts")
        for row in rows(table)
        for source in row["source"].split(";")
        if source
    }
    assert named - explained - DATA_SETS == set()
