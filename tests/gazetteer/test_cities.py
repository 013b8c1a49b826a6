"""Places of GeoNames: which of them, and which of their names, texts are searched for."""

from functools import cache

import pytest

from kg.gazetteer import Row, cities, places
from kg.gazetteer.tables import rows


@cache
def towns() -> dict[int | None, Row]:
    return {row.geonames: row for row in (*places.entries(), *cities.entries())}


def names(geonames: int) -> list[str]:
    return [name for name, _ in towns()[geonames].names]


def test_every_place_of_geonames_has_one_row() -> None:
    every = [*places.entries(), *cities.entries()]
    ids = [row.geonames for row in every if row.geonames]
    assert len(ids) == len(set(ids)) > 230_000
    assert set(map(int, cities.geonames().get_cities())) <= set(ids)


def test_a_city_has_what_geonames_says_of_it() -> None:
    mosul = towns()[99072]
    assert (mosul.label, mosul.classes, mosul.country, mosul.within) == ("Mosul", ("Place",), "Iraq", "IQ.15")
    assert mosul.population > 1_000_000
    assert mosul.lat == pytest.approx(36.34, abs=0.05)
    assert (mosul.source, mosul.licence, mosul.core) == ("geonames", "CC BY 4.0", True)


@pytest.mark.parametrize(
    ("geonames", "label", "core"),
    [
        (3430866, "Mar de Ajó", False),  # 25,500 people, Argentina
        (625818, "Luninets", True),  # 23,400 people, Belarus
        (3582672, "Belmopan", True),  # 13,400 people, but a capital
    ],
)
def test_small_towns_are_searched_for_only_near_wars(geonames: int, label: str, core: bool) -> None:
    assert (towns()[geonames].label, towns()[geonames].core) == (label, core)


def test_a_scholarly_spelling_gives_way_to_a_printed_one_but_is_kept() -> None:
    town = next(row for row in towns().values() if ("‘Anat al Qadīmah", "alias") in row.others)
    assert town.label == "Anat al Qadimah"


def test_codes_and_common_words_are_no_names_that_texts_are_searched_for() -> None:
    assert "IEV" not in names(703448)
    assert "Kiev" in names(703448)
    assert all(name.casefold() not in ("mocha", "saki") for name in (*names(78751), *names(694910)))
    assert ("Mocha", "alias") in towns()[78751].others


def test_a_place_of_the_table_is_spelled_as_the_news_spells_it() -> None:
    khan = next(row for row in places.entries() if row.label == "Khan Younis")
    assert (khan.qid, khan.word_loss) == ("Q309348", 0.1)
    assert "Khan Yunis" in [name for name, _ in khan.names]
    assert khan.prior is not None
    assert khan.prior >= 0.5


def test_every_row_of_the_table_of_places_is_there() -> None:
    assert [row.label for row in places.entries()] == [row["label"] for row in rows("places")]


@pytest.mark.parametrize(("population", "prior"), [(500, 0.34), (15_000, 0.4458), (1_000_000, 0.61), (10**8, 0.7)])
def test_a_larger_city_is_likelier(population: int, prior: float) -> None:
    assert cities.prior(population) == pytest.approx(prior, abs=1e-4)


@pytest.mark.parametrize("form", ["ghznt", "GZI", "Киев", "غزة", "Ab", "La muy noble y leal ciudad de Santiago"])
def test_what_no_latin_text_writes_is_no_name(form: str) -> None:
    assert list(cities.latin([form])) == []
    assert not cities.printed(form)
