"""The rows that the shipped gazetteer is built from."""

from collections import Counter
from functools import cache

import pytest

import ontology
from kg.gazetteer import Row
from kg.gazetteer.starter import starter
from kg.names import HOW


@cache
def rows() -> tuple[Row, ...]:
    return tuple(starter())


@cache
def keys() -> dict[str, Row]:
    known: dict[str, Row] = {}
    for row in rows():
        for key in (*row.keys, row.qid, row.geonames and str(row.geonames)):
            if key:
                known.setdefault(key, row)
    return known


def chain(label: str) -> list[str]:
    row = max((row for row in rows() if row.label == label and row.geonames), key=lambda row: row.population)
    labels = []
    while row.within and row.within in keys():
        row = keys()[row.within]
        labels.append(row.label)
    return labels


def test_own_facts_come_before_those_of_packages() -> None:
    ukraine = [row.source for row in rows() if row.qid == "Q212"]
    assert ukraine[-2:] == ["rigour", "pycountry"]
    assert ukraine[0].startswith("country-coder")


def test_every_row_says_where_it_is_from() -> None:
    assert {row.licence for row in rows()} == {"Apache-2.0", "CC BY 4.0", "MIT", "LGPL-2.1-only"}
    assert all(row.source for row in rows() if row.qid and row.licence != "Apache-2.0")


def test_classes_are_the_ontologys_and_names_refer_in_known_ways() -> None:
    for name in {name for row in rows() for name in row.classes}:
        assert getattr(ontology.CKG, name)
    assert {how for row in rows() for _, how in (*row.names, *row.others)} <= set(HOW)


@pytest.mark.parametrize(
    ("city", "containers"),
    [
        ("Bakhmut", ["Donetsk Oblast", "Ukraine"]),
        ("Zaporizhzhia", ["Zaporizhzhia Oblast", "Ukraine"]),
        ("Mosul", ["Nineveh Governorate", "Iraq"]),
        ("Idlib", ["Idlib Governorate", "Syria"]),
        ("Khan Younis", ["Gaza Strip", "Palestine"]),
        ("Maiduguri", ["Borno State", "Nigeria"]),
        ("Goma", ["North Kivu Province", "Democratic Republic of the Congo"]),
        ("El Fasher", ["Nord-Darfur State", "Sudan"]),
        ("Belgorod", ["Belgorod Oblast", "Russia"]),
        ("Austin", ["Texas", "United States"]),
    ],
)
def test_a_city_lies_in_its_region_and_that_in_its_state(city: str, containers: list[str]) -> None:
    assert chain(city) == containers


def test_a_code_of_geonames_is_one_region() -> None:
    codes = Counter(key for row in rows() if row.licence == "Apache-2.0" for key in row.keys)
    assert [code for code, count in codes.items() if count > 1] == []


def test_a_person_has_the_offices_of_both_tables_with_their_terms() -> None:
    putin = next(row for row in rows() if row.qid == "Q7747")
    held = {(office.role, str(office.start), str(office.end)) for office in putin.offices}
    assert ("President", "2012-05-07", "None") in held
    assert ("Prime Minister", "2008-05-08", "2012-05-07") in held


def test_terms_of_office_are_many() -> None:
    assert sum(office.start is not None for row in rows() for office in row.offices) >= 400
