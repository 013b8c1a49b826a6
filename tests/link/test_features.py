"""What speaks for each thing that a name can be: of every feature, two things that differ in it."""

import inspect
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link import features, judgements
from kg.link.candidates import Candidate
from kg.link.features import Document, document, home, local, settings, weigh
from kg.link.resolve import weigh_all
from kg.model import Entity
from kg.names import Gazetteer, Name
from tests.link.handmade import asks, body, extraction, name, person, place, state

DAY = date(2003, 6, 1)


def told(gazetteer: Gazetteer, text: str, *cast: Entity, **rest: Any) -> dict[Any, Candidate]:
    """The candidates of the first of the cast, weighed, by item or else GeoNames id."""
    weighed = weigh_all(extraction(text, *cast, **{"published": DAY, **rest}), gazetteer)
    found = next(each.found for each in weighed if each.one.entity.id == cast[0].id)
    return {one.thing.qid or one.thing.geonames: one for one in found}


def apart(some: dict[Any, Candidate], one: Any, other: Any) -> dict[str, tuple[float, float]]:
    """The features in which two candidates differ, 0 where one has none."""
    mine, theirs = some[one].features, some[other].features
    both = {feature: (mine.get(feature, 0.0), theirs.get(feature, 0.0)) for feature in sorted({*mine, *theirs})}
    return {feature: values for feature, values in both.items() if values[0] != values[1]}


def test_every_weight_is_of_a_feature() -> None:
    code = inspect.getsource(features) + inspect.getsource(judgements)
    assert [weight for weight in settings()["weights"] if f'"{weight}"' not in code] == []


def test_container_that_the_text_names(small: Gazetteer) -> None:
    some = told(small, "The town of Ford, Hill Province, fell", place("Ford"))
    assert apart(some, "Q21", "Q22") == {"inside": (1, 0), "not_inside": (0, 1)}
    assert some["Q21"].score > 0.9 > 0.1 > some["Q22"].score


def test_container_may_be_the_state(small: Gazetteer) -> None:
    some = told(small, "The Blandish town of Tarnby fell", place("Tarnby"))
    assert apart(some, "Q24", "Q23") == {"inside": (1, 0), "not_inside": (0, 1)}


def test_container_that_holds_no_candidate_says_nothing(small: Gazetteer) -> None:
    some = told(small, "Ford, Bland, and Tarnby", place("Ford"))
    assert {"inside", "not_inside"} & {*some["Q21"].features, *some["Q22"].features} == set()


def test_kind_of_place_that_the_text_calls_it(small: Gazetteer) -> None:
    some = told(small, "In the province of Hill it rained", place("Hill"))
    assert apart(some, "Q11", "Q32")["typed"] == (1, -1)
    some = told(small, "In the town of Hill it rained", place("Hill"))
    assert apart(some, "Q11", "Q32")["typed"] == (-1, 1)


def test_kind_of_place_counts_by_how_often_it_is_said(small: Gazetteer) -> None:
    half = told(small, "In the province of Hill it rained. Hill is wet.", place("Hill"))
    assert apart(half, "Q11", "Q32")["typed"] == (0.5, -0.5)
    seldom = told(small, "In the province of Hill it rained. Hill is wet. Hill is high.", place("Hill"))
    assert "typed" not in apart(seldom, "Q11", "Q32")


def test_powers_of_ten_that_a_place_is_smaller_by(small: Gazetteer) -> None:
    some = told(small, "Mill fell", place("Mill"))
    assert apart(some, "Q26", "Q25")["smaller"] == (3, 0)
    assert some["Q25"].score > some["Q26"].score


def test_size_does_not_count_in_a_container_that_the_text_names(small: Gazetteer) -> None:
    some = told(small, "Mill, Marsh, fell", place("Mill"))
    assert some["Q26"].features["smaller"] == 0
    assert some["Q26"].score > some["Q25"].score


def test_part_of_the_other_names_that_are_of_its_country(small: Gazetteer) -> None:
    some = told(small, "Tarnby fell, Bland said", place("Tarnby"), state("Bland"))
    assert apart(some, "Q24", "Q23")["country"] == (1, 0)
    both = told(small, "Tarnby, said Aland and Bland. Bland left.", place("Tarnby"), state("Bland"), state("Aland"))
    assert apart(both, "Q24", "Q23")["country"] == (pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_small_town_is_seldom_named_elsewhere_a_big_city_often(small: Gazetteer) -> None:
    some = told(small, "Mill fell, Bland said", place("Mill"), state("Bland"))
    assert apart(some, "Q26", "Q25")["elsewhere"] == (1, pytest.approx(0.15))


def test_nothing_is_elsewhere_in_its_own_country(small: Gazetteer) -> None:
    some = told(small, "Tarnby fell, Bland said", place("Tarnby"), state("Bland"))
    assert "elsewhere" not in some["Q24"].features
    assert some["Q23"].features["elsewhere"] > 0


def test_near_another_place_of_the_document(small: Gazetteer) -> None:
    some = told(small, "Ford and Port fell", place("Ford"), place("Port"))
    near, far = apart(some, "Q21", "Q22")["near"]
    assert near == pytest.approx(math.exp(-77.8 / 150), abs=0.01)
    assert far < 0.05
    assert some["Q21"].score > some["Q22"].score


def test_state_that_a_body_is_given_as_of(small: Gazetteer) -> None:
    some = told(small, "Aland's Guard said", body("Guard", country="aland"), state("Aland"))
    assert {"own": (1, 0), "not_own": (0, 1)}.items() <= apart(some, "Q41", "Q42").items()


def test_class_that_the_text_shows(small: Gazetteer) -> None:
    some = told(small, "The Guard said", body("Guard", "ArmedForce"))
    assert apart(some, "Q41", "Q42") == {"class": (1, 0), "other_body": (0, 1)}


def test_organisation_may_be_any_kind_of_body(small: Gazetteer) -> None:
    some = told(small, "The Guard said", body("Guard", "Organization"))
    assert apart(some, "Q41", "Q42") == {}
    assert some["Q41"].features["other_body"] == 0


def test_name_as_it_is_written_counts_more_than_an_alias(small: Gazetteer) -> None:
    some = told(small, "The Guard said", body("Guard"))
    assert apart(some, "Q47", "Q42")["exact"] == (1, 0.3)


def test_name_of_a_capital_points_to_its_state(small: Gazetteer) -> None:
    some = told(small, "Port said", name("Port"))
    assert apart(some, "Q1", "Q29")["pointed"] == (1, 0)


@pytest.mark.parametrize(
    ("published", "first", "second"),
    [
        (date(2003, 6, 1), 1.0, 0.3),
        (date(2001, 1, 1), 1.0, 0.3),
        (date(2004, 12, 31), 1.0, 0.3),
        (date(2005, 1, 1), 0.3, 1.0),
        (date(2010, 1, 1), 0.3, 0.3),
        (None, 0.6, 0.6),
    ],
)
def test_office_is_weighed_at_the_date_of_the_article(
    small: Gazetteer, published: date | None, first: float, second: float
) -> None:
    some = told(small, "The foreign minister Ivanek spoke", person("Ivanek"), published=published)
    assert (some["Q51"].features["office"], some["Q52"].features["office"]) == (first, second)


def test_other_office_speaks_against_a_person(small: Gazetteer) -> None:
    some = told(small, "The foreign minister Ivanek spoke", person("Ivanek"))
    assert apart(some, "Q53", "Q51") == {"other_office": (1, 0), "office": (0, 1)}
    assert some["Q51"].score > some["Q53"].score


def test_person_whose_offices_are_unknown_is_neither(small: Gazetteer) -> None:
    some = told(small, "The foreign minister Elijah Cummings spoke", person("Elijah Cummings"))
    assert {"office", "other_office"} & {*some["Q54"].features} == set()


def test_surname_alone_and_length_of_the_name(small: Gazetteer) -> None:
    some = told(small, "Bo Ivanek came. Ivanek left.", person("Ivanek"), person("Bo Ivanek"))
    differs = apart(some, "Q52", "Q51")
    assert (differs["surname"], differs["longer"]) == ((0, 1), (1, 0))


def test_words_of_its_description_stand_around(small: Gazetteer) -> None:
    some = told(small, "Elijah Cummings, of the river party, spoke", person("Elijah Cummings"))
    assert apart(some, "Q54", "Q55") == {"described": (1, 0)}


def test_two_sources_have_it(small: Gazetteer) -> None:
    assert apart(told(small, "Stone fell", place("Stone")), 34, 33) == {"agreed": (1, 0)}


def test_place_in_capitals_may_be_an_acronym(small: Gazetteer) -> None:
    assert apart(told(small, "SDF said", name("SDF")), 30, "Q44")["acronym"] == (1, 0)


def test_place_that_is_a_word(small: Gazetteer) -> None:
    some = told(small, "Reading said", name("Reading"))
    assert apart(some, 31, "Q48")["word"] == (1, 0)


def test_likeness_of_a_spelling(small: Gazetteer) -> None:
    one = asks(small, "X fell", place("X"))["x"]
    thing = Name("Y", ("Place",), "Q1", how="similar")
    close, far = Candidate(thing, "X", 0.95), Candidate(thing, "X", 0.8)
    local(one, [close, far], small, None)
    assert (close.features["similar"], far.features["similar"]) == (pytest.approx(0.5), pytest.approx(2))
    assert "exact" not in close.features


def test_prior_is_given_as_log_odds(small: Gazetteer) -> None:
    one = asks(small, "X fell", place("X"))["x"]
    even, sure, none = (Candidate(Name("X", ("Place",), prior=prior), "X") for prior in (0.5, 1.0, 0.0))
    local(one, [even, sure, none], small, None)
    assert even.features["prior"] == 0
    assert sure.features["prior"] == pytest.approx(-none.features["prior"]) == pytest.approx(math.log(99))


def test_what_the_document_said_before_is_forgotten() -> None:
    ford = Candidate(Name("Ford", ("Place",), "Q21", country="Aland", lat=10, lon=10), "Ford")
    document(ford, Document({"Bland": 1.0}, [(10.0, 10.0)]))
    assert {"country", "elsewhere", "near"} <= set(ford.features)
    document(ford, Document({}, []))
    assert ford.features == {}


def test_state_is_its_own_home() -> None:
    assert home(Name("Aland", ("State", "Place"))) == "Aland"
    assert home(Name("Ford", ("Place",), country="Aland")) == "Aland"
    assert home(Name("Ford", ("Place",))) is None


FEATURES = st.dictionaries(st.sampled_from(sorted(settings()["weights"])), st.floats(-50, 50), max_size=6)


@given(st.lists(FEATURES, max_size=6))
def test_scores_are_shares_and_go_with_the_odds(weighed: list[dict[str, float]]) -> None:
    some = [Candidate(Name("X", ("Place",)), "X", features=one) for one in weighed]
    weigh(some)
    assert all(0 <= one.score <= 1 for one in some)
    assert sum(one.score for one in some) <= 1 + 1e-9
    ranked = sorted(some, key=lambda one: one.odds)
    assert [one.score for one in ranked] == sorted(one.score for one in some)


def test_score_of_a_single_candidate_with_even_odds_is_a_half() -> None:
    even = Candidate(Name("X", ("Place",)), "X")
    weigh([even])
    assert even.score == 0.5
