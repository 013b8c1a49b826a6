"""A gazetteer that is asked: by name, by identifier, about a thing."""

import json
from datetime import date
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.gazetteer.row import Row
from kg.names import Gazetteer, Office
from tests.gazetteer.made import made, place


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return made(
        tmp_path_factory.mktemp("names") / "g",
        Row("Xandria", ("State", "Place"), (("Xandrians", "demonym"), ("Fordham", "metonym")), qid="Q1", keys=("XA",),
            prior=0.9, core=True, labels=(("de", "Xandrien"), ("ar", "زندرية"))),
        place("Northland Province", names=(("Northland", "bare"),), keys=("XA.07",), within="XA", country="XA"),
        place("Fordham", geonames=7, within="XA.07", country="XA", population=10**6, core=True),
        place("Fordham", geonames=8, country="XA", population=900),
        Row("Ann Mill", ("Person",), qid="Q9", country="XA",
            offices=(Office("mayor", None, date(2022, 1, 1)), Office("minister", "XA", date(2020, 1, 2)))),
    )  # fmt: skip


def test_the_likeliest_comes_first_and_says_how_it_is_meant(known: Gazetteer) -> None:
    found = known.lookup("fordham’s")
    assert [(name.geonames, name.label, name.how) for name in found] == [
        (7, "Fordham", "label"), (None, "Xandria", "metonym"), (8, "Fordham", "label"),
    ]  # fmt: skip
    assert [name.prior for name in found] == sorted((name.prior for name in found), reverse=True)
    assert [name.geonames for name in known.lookup("Fordham", core=True)] == [7, None]


def test_a_bare_name_is_an_alias_that_counts_less(known: Gazetteer) -> None:
    (bare,), (full,) = known.lookup("Northland"), known.lookup("Northland Province")
    assert (bare.label, bare.how) == ("Northland Province", "alias")
    assert bare.prior < full.prior


def test_identifiers(known: Gazetteer) -> None:
    by_item, by_number, state = known.by_qid("Q1"), known.by_geonames(8), known.state("Xandria")
    assert by_item is not None
    assert by_number is not None
    assert (by_item.label, by_number.population) == ("Xandria", 900)
    assert state == known.lookup("Xandria")[0]
    assert known.by_qid("Q2") is known.by_geonames(9) is known.state("Fordham") is None


def test_a_place_lies_in_its_province_and_that_in_its_state(known: Gazetteer) -> None:
    chains = {name.geonames: [one.label for one in known.containers(name)] for name in known.lookup("Fordham")}
    assert chains == {7: ["Northland Province", "Xandria"], 8: ["Xandria"], None: []}


def test_offices_in_order_of_time(known: Gazetteer) -> None:
    (ann,) = known.lookup("Ann Mill")
    assert [office.role for office in known.offices(ann)] == ["minister", "mayor"]
    assert known.offices(ann)[0] == Office("minister", "Xandria", date(2020, 1, 2))


def test_labels_and_forms(known: Gazetteer) -> None:
    state = known.lookup("Xandria")[0]
    assert known.labels(state) == (("ar", "زندرية"), ("de", "Xandrien"))
    assert known.forms(state) == (("Xandria", "label"), ("Xandrians", "demonym"), ("Fordham", "metonym"))


def test_classes_are_counted_by_the_most_specific(known: Gazetteer) -> None:
    assert known.classes() == {"Place": 3, "Person": 1, "State": 1}


def test_a_folder_of_another_format_is_refused(known: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "about.json").write_text(json.dumps(known.about | {"format": 0}))
    with pytest.raises(GazetteerError, match="build it again with `kg gazetteer build`"):
        Gazetteer(tmp_path)
