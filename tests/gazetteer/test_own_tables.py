"""The project's own tables as rows: names, priors and offices are those that extraction was tuned with."""

from datetime import date

import pytest

from kg.errors import GazetteerError
from kg.gazetteer import Row, tables

PEOPLE = {"UA": 40_000_000, "TW": 23_451_837}


def thing(table: str, label: str) -> Row:
    return next(row for row in tables.entries(table, PEOPLE) if row.label == label)


@pytest.mark.parametrize(
    ("table", "label", "form", "how"),
    [
        ("states", "Ukraine", "Ukrainians", "demonym"),
        ("states", "Ukraine", "Kyiv", "metonym"),
        ("states", "Taiwan", "ROC", "alias"),
        ("states", "Turkey", "Türkiye", "alias"),
        ("regions", "Aleppo Governorate", "Aleppo", "bare"),
        ("regions", "Aleppo Governorate", "Aleppo Province", "alias"),
        ("regions", "Aleppo Governorate", "Province of Aleppo", "alias"),
        ("regions", "Luhansk Oblast", "Lugansk Region", "alias"),
        ("regions", "Africa", "Africans", "demonym"),
        ("organizations", "Security Service of Ukraine", "SBU", "alias"),
        ("organizations", "Houthis", "Houthi", "demonym"),
        ("persons", "Barack Obama", "Obama", "alias"),
    ],
)
def test_a_name_refers_in_its_way(table: str, label: str, form: str, how: str) -> None:
    row = thing(table, label)
    assert dict(reversed(row.names))[form] == how
    assert row.core


@pytest.mark.parametrize(
    ("table", "label", "classes", "prior", "word_loss"),
    [
        ("states", "Ukraine", ("State", "Place"), 0.9504, 0.0),
        ("states", "Taiwan", ("State", "Place"), 0.95023451837, 0.0),
        ("regions", "Aleppo Governorate", ("Place",), 0.75, 0.0),
        ("organizations", "Security Service of Ukraine", ("ArmedForce", "Organization"), 0.85, 0.3),
        ("persons", "Barack Obama", ("Person",), 0.7, 0.3),
    ],
)
def test_priors_are_those_of_the_table(
    table: str, label: str, classes: tuple[str, ...], prior: float, word_loss: float
) -> None:
    row = thing(table, label)
    assert (row.classes, row.word_loss) == (classes, word_loss)
    assert row.prior == pytest.approx(prior, abs=1e-12)


def test_a_state_is_found_by_its_code_and_a_region_lies_in_its_state() -> None:
    assert thing("states", "Ukraine").keys == ("UA",)
    assert thing("regions", "Luhansk Oblast").within == thing("states", "Ukraine").qid == "Q212"


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-02-24", date(2022, 2, 24), date(2022, 2, 24)),
        ("", None, None),
    ],
)
def test_a_day_is_as_exact_as_the_cell(cell: str, first: date | None, last: date | None) -> None:
    assert tables.day(cell, where="here") == first
    assert tables.day(cell, where="here", last=True) == last


def test_what_is_no_date_is_named_with_its_row() -> None:
    with pytest.raises(GazetteerError, match="President Nobody: 'May 2014' is no date"):
        tables.day("May 2014", where="President Nobody")


def test_every_office_in_the_tables_can_be_read_and_ends_after_it_began() -> None:
    for row in tables.entries("persons", {}):
        for office in row.offices:
            assert office.start is None or office.end is None or office.start <= office.end, row.label
