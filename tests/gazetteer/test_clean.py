"""Names of open data as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import clean


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  River  Town ", "River Town"),
        ("#River", "River"),
        ("News &amp; Views", "News & Views"),
        ("Luz de Am%C3%A9rica", "Luz de América"),
        ("«Ривертаун»", "Ривертаун"),
        ("Батальйон «Річка»", "Батальйон «Річка»"),
        ("Re\u0301gion", "Région"),
        ("Category:Rivers", ""),
        ("https://river.example", ""),
        ("123", ""),
        ("x" * 91, ""),
    ],
)
def test_tidy(raw: str, name: str) -> None:
    assert clean.tidy(raw) == name


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("Jane Doe (politician, born 1958)", ("Jane Doe", "politician, born 1958")),
        ("River (Creek) Nation", ("River (Creek) Nation", "")),
        ('(*"river")', ("", "")),
        ("River (Land) (town)", ("River", "town")),
    ],
)
def test_parted(raw: str, parts: tuple[str, str]) -> None:
    assert clean.parted(raw) == parts


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Васильев, Юрий Викторович", "Юрий Викторович Васильев"),
        ("George Doe, Jr.", "George Doe, Jr."),
        ("A, B, C", "A, B, C"),
    ],
)
def test_turned(name: str, turned: str) -> None:
    assert clean.turned(name) == turned


@pytest.mark.parametrize(
    ("name", "label", "bare"),
    [("Moscow", "Moscow Oblast", True), ("Aleppo", "Province of Aleppo", True), ("New", "New York", False)],
)
def test_bare(name: str, label: str, bare: bool) -> None:
    assert clean.bare(name, label) is bare


def test_capitals_give_way_to_the_usual_spelling() -> None:
    found = clean.names("River Town", ["RIVER TOWN", "RIVERSIDE"], person=False, codes=True)
    assert found.others == ("RIVERSIDE",)


def test_label_of_two_names_is_parted() -> None:
    found = clean.names("River / Stream", [], person=False, codes=False)
    assert (found.label, found.others) == ("River", ("Stream",))


@given(st.text(), st.lists(st.text()), st.booleans(), st.booleans())
def test_any_text_is_taken(label: str, others: list[str], person: bool, codes: bool) -> None:
    found = clean.names(label, others, person=person, codes=codes)
    assert found.label not in found.others
    assert all(name.strip() == name and name for name in found.others)
