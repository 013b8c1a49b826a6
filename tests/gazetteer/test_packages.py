"""Rows from the packages that hold States, territories, regions, and the states and counties of America."""

from collections import Counter

import pytest

from kg.gazetteer import Row, america, packages


def of(qid: str, source: str) -> list[Row]:
    return [row for row in packages.entries() if row.qid == qid and row.source == source]


def test_a_country_has_labels_in_many_languages() -> None:
    [row] = of("Q212", "pycountry")
    labels = dict(row.labels)
    assert (labels["uk"], labels["ru"], labels["ar"], labels["zh"]) == ("Україна", "Украина", "أوكرانيا", "乌克兰")
    assert labels["de"] == "Ukraine"  # the same as in English, but the catalogue says so
    assert row.keys == ("UA", "UKR")
    assert (row.source, row.licence) == ("pycountry", "LGPL-2.1-only")


def test_the_name_in_use_is_translated_not_the_formal_one() -> None:
    [taiwan] = of("Q865", "pycountry")
    assert dict(taiwan.labels)["es"] == "Taiwán"


@pytest.mark.parametrize("tag", ["am", "ha", "ps", "so", "sw"])
def test_a_doubtful_label_is_one_that_rigour_knows_too(tag: str) -> None:
    known = {record["qid"]: record for record in packages._territories().values()}
    for row in packages.states():
        if text := dict(row.labels).get(tag):
            assert text in [*known[row.qid or ""]["names_weak"], *known[row.qid or ""]["names_strong"]]


def test_a_region_lies_in_its_country_and_has_its_iso_code() -> None:
    [row] = of("Q171334", "rigour")
    assert (row.label, row.country, row.within, row.keys) == ("Zaporizhzhia Oblast", "Q212", "Q212", ("UA-23",))
    assert row.licence == "MIT"


def test_regions_take_their_code_from_iso_where_the_name_is_unmistakable() -> None:
    rows = list(packages.regions())
    assert max(Counter(row.qid for row in rows).values()) == 1
    assert max(Counter(row.keys for row in rows).values()) == 1
    assert next(row.keys for row in rows if row.qid == "Q173821") == ("AF-HEL",)
    assert next(row.keys for row in rows if row.qid == "Q1439") == ("US-TX",)


@pytest.mark.parametrize("code", ["eu", "un", "zz"])
def test_what_is_no_territory_is_left_out(code: str) -> None:
    qid = packages._territories()[code]["qid"]
    assert qid not in [row.qid for row in packages.territories()]


@pytest.mark.parametrize(
    ("form", "types", "core"),
    [
        ("Aleppo Governorate", "Governorate|Province", "aleppo"),
        ("Federation of Bosnia and Herzegovina", "", "federation bosnia and herzegovina"),
        ("State", "", "state"),
    ],
)
def test_the_core_of_a_regions_name(form: str, types: str, core: str) -> None:
    assert packages.core(form, types) == core


def test_a_state_of_america_has_its_short_forms_and_its_counties() -> None:
    rows = list(america.entries())
    texas = next(row for row in rows if "US.TX" in row.keys)
    assert (texas.label, texas.qid, texas.within, texas.core) == ("Texas", "Q1439", "US", False)
    assert {("TX", "alias"), ("Tex.", "alias")} <= set(texas.names)
    waco = next(row for row in rows if row.label == "McLennan County")
    assert (waco.within, waco.keys) == ("US.TX", ("US.TX.309",))
    assert len(rows) > 3000


def test_every_state_of_america_has_an_item() -> None:
    states = [row for row in america.entries() if row.within == "US"]
    assert len(states) == 51
    assert [row.label for row in states if not row.qid] == []
