"""Rows of one thing become one thing."""

from datetime import date
from pathlib import Path

import pytest

from kg.gazetteer.merge import kind, merged, prior
from kg.gazetteer.row import Row
from kg.names import Office
from tests.gazetteer.made import made, place

STATE = Row("Xandria", ("State", "Place"), (("Xandrians", "demonym"),), qid="Q1", keys=("XA", "XAN"), source="s")


def thing(*rows: Row) -> Row:
    found = merged(rows)
    assert found is not None
    return found.row


def test_what_the_first_row_says_wins_and_gaps_are_filled() -> None:
    one = thing(
        place("Ford", qid="Q5", population=0, lat=1.0, lon=2.0),
        place("Fort", qid="Q5", population=900, lat=8.0, lon=9.0, geonames=7, source="b"),
    )
    assert (one.label, one.population, one.lat, one.lon, one.geonames) == ("Ford", 900, 1.0, 2.0, 7)
    assert (one.source, one.licence) == ("a;b", "CC0-1.0")


def test_names_add_up_and_a_sought_one_stays_sought() -> None:
    first = place("Ford", qid="Q5", names=(("Furt", "alias"),))
    second = place("Fort", qid="Q5", names=(("Furt", "alias"),), others=(("Vad", "alias"),), core=True)
    found = merged([first, second])
    assert found is not None
    assert set(found.names) == {("Furt", "alias", True), ("Fort", "alias", True), ("Vad", "alias", False)}


def test_a_row_of_another_kind_adds_nothing() -> None:
    group = Row("River Army", ("ArmedGroup",), qid="Q9", source="a")
    one = thing(group, place("River", qid="Q9", lat=1.0, lon=1.0, geonames=4, source="b"))
    assert (one.classes, one.lat, one.geonames, one.source) == (("ArmedGroup",), None, None, "a")


@pytest.mark.parametrize(
    ("classes", "expected"),
    [(("State", "Place"), "place"), (("Person",), "person"), (("Kind",), "weapon"), (("Event",), "conflict"),
     (("ArmedForce", "Organization"), "body")],
)  # fmt: skip
def test_kinds(classes: tuple[str, ...], expected: str) -> None:
    assert kind(classes) == expected


def test_a_large_or_famous_place_is_likelier() -> None:
    ford = place("Ford")
    assert prior(ford, 10**7, 0) > prior(ford, 10**4, 0) > prior(ford, 0, 0)
    assert prior(ford, 0, 300) > prior(ford, 0, 3)


def test_alternate_names_join_their_place_by_its_geonames_id_and_bring_its_item(tmp_path: Path) -> None:
    names = Row("", (), (("Vadum", "alias"),), qid="Q5", geonames=7, labels=(("la", "Vadum"),), source="n", licence="L")
    with_names = made(tmp_path / "g", place("Ford", geonames=7), names, place("Furt", qid="Q5"))
    (ford,) = with_names.lookup("Vadum")
    assert (ford.label, ford.qid, ford.geonames, ford.source, ford.licence) == ("Ford", "Q5", 7, "a;n", "CC0-1.0;L")
    assert with_names.labels(ford) == (("la", "Vadum"),)
    assert with_names.lookup("Furt") == with_names.lookup("Vadum")


def test_rows_that_only_add_are_dropped_where_there_is_nothing_to_add_to(tmp_path: Path) -> None:
    alone = made(
        tmp_path / "g", Row("", (), (("Vadum", "alias"),), geonames=8), Row("mayor", (), qid="Q30"), place("Y")
    )
    assert alone.about["things"] == 1
    assert alone.lookup("Vadum") == alone.lookup("mayor") == ()


def test_a_row_that_only_adds_may_come_first_and_fits_any_kind(tmp_path: Path) -> None:
    office = Row("Head of the Army", (), qid="Q40")
    (army,) = made(tmp_path / "g", office, Row("Army", ("ArmedForce",), qid="Q40")).lookup("Head of the Army")
    assert (army.label, army.how) == ("Army", "alias")


def test_offices_and_countries_given_as_items_get_their_labels(tmp_path: Path) -> None:
    person = Row(
        "Ann Ford", ("Person",), qid="Q50", country="Q1", role="minister",
        offices=(Office("Q30", "Q1", date(2020, 1, 2)), Office("Q31", "Q1"), Office("judge", "XA"),
                 Office("Q60", "Q77")),
    )  # fmt: skip
    court = Row("River Court", ("Organization",), qid="Q60")
    known = made(tmp_path / "g", person, Row("mayor", (), qid="Q30"), court, STATE)
    (ann,) = known.lookup("Ann Ford")
    assert ann.country == "Xandria"
    # Nothing tells what office Q31 is, or which State Q77.
    assert set(known.offices(ann)) == {
        Office("mayor", "Xandria", date(2020, 1, 2)), Office("judge", "Xandria"), Office("River Court", None),
    }  # fmt: skip


def test_a_region_that_is_not_there_gives_way_to_what_it_lies_in(tmp_path: Path) -> None:
    region = place("Northland", keys=("XA.07",), within="XA", country="XA")
    known = made(
        tmp_path / "g", place("Ford", within="XA.07", country="XAN"), place("Pond", within="XA.09", country="XA"),
        place("Lake", within="XA.07.3"), place("Isle", within="ZZ.1", country="ZZ"), region, STATE,
    )  # fmt: skip

    def chain(name: str) -> list[str]:
        return [container.label for container in known.containers(known.lookup(name)[0])]

    assert chain("Ford") == chain("Lake") == ["Northland", "Xandria"]
    assert chain("Pond") == ["Xandria"]
    assert chain("Isle") == []
    assert known.lookup("Isle")[0].country is None


@pytest.mark.parametrize(("lat", "things"), [(10.1, 1), (10.2, 2)])
def test_places_of_one_name_in_one_spot_are_one(lat: float, things: int, tmp_path: Path) -> None:
    numbered, item = place("Fôrd", geonames=7, lat=10.0, lon=20.0), place("Ford", qid="Q5", lat=lat, lon=20.0)
    assert made(tmp_path / "g", numbered, item).about["things"] == things


def test_an_item_with_a_geonames_id_gets_no_second_place(tmp_path: Path) -> None:
    town = place("Ford", qid="Q5", geonames=7, lat=10.0, lon=20.0)
    again = place("Ford", qid="Q5", lat=10.0, lon=20.0)
    assert made(tmp_path / "g", town, place("Ford", geonames=8, lat=10.05, lon=20.0), again).about["things"] == 2


def test_the_name_of_a_capital_or_state_is_no_alias_of_another_place(tmp_path: Path) -> None:
    def named(label: str, *names: str, core: bool = False) -> Row:
        return place(label, names=tuple((name, "alias") for name in names), source="geonames", core=core)

    known = made(
        tmp_path / "g", named("Chattogram", "Islamabad", "Islāmābād", "Chittagong", core=True),
        named("Fuentes", "Ukraine"),
        named("Asunción", "Asuncion"), named("Kyiv", "Kiev"),
    )  # fmt: skip
    assert known.lookup("Islamabad") == known.lookup("Ukraine") == ()
    assert [name.label for name in known.lookup("Chittagong")] == ["Chattogram"]
    assert [name.how for name in known.lookup("Asuncion")] == ["label"]
    assert [name.label for name in known.lookup("Kiev")] == ["Kyiv"]
