"""Why a name is linked as it is: candidates, what each feature adds, and the decision."""

import pytest

from kg.link import Judgement, Judgements, Linker, resolve
from kg.link.explain import explain
from kg.link.features import settings
from kg.model import Entity
from kg.names import Gazetteer
from tests.link.handmade import body, extraction, person, place, state

TEXT = "Ford, Hill Province, fell, Bland said"
CAST = (place("Ford"), state("Bland"))


def test_candidates_come_with_their_scores_the_likeliest_first(small: Gazetteer) -> None:
    (ford,) = explain(extraction(TEXT, *CAST), "Ford", Linker(small))
    assert (ford.entity.id, ford.kind) == ("ford", "place")
    assert [each.thing.qid for each in ford.weighings] == ["Q21", "Q22"]
    assert ford.weighings[0].score > ford.weighings[1].score
    assert ford.decision.startswith("Q21 and GeoNames 21: label of Ford")


def test_parts_add_up_to_the_odds_the_weightiest_first(small: Gazetteer) -> None:
    (ford,) = explain(extraction(TEXT, *CAST), "Ford", Linker(small))
    for each in ford.weighings:
        assert sum(part for _, part in each.parts) == pytest.approx(each.odds, abs=0.01 * len(each.parts))
        sizes = [abs(part) for _, part in each.parts]
        assert sizes == sorted(sizes, reverse=True)
        assert {name for name, _ in each.parts} <= set(settings()["weights"])
    assert dict(ford.weighings[0].parts)["inside"] == settings()["weights"]["inside"]


def test_explanation_agrees_with_the_link(small: Gazetteer) -> None:
    link = next(one for one in resolve(extraction(TEXT, *CAST), gazetteer=small).links if one.named == "ford")
    (ford,) = explain(extraction(TEXT, *CAST), "Ford", Linker(small))
    assert ford.weighings[0].thing.qid == link.qid
    assert round(ford.weighings[0].score, 3) == link.score
    assert ford.decision.endswith(link.reason)


@pytest.mark.parametrize("name", ["Bo Ivanek", "bo ivanek", "Ivanek", "B. I.", "p"])
def test_entity_is_found_by_its_names_its_words_and_its_id(small: Gazetteer, name: str) -> None:
    one = Entity("p", ("Person",), "Bo Ivanek", ("Ivanek", "B. I."))
    assert [each.entity.id for each in explain(extraction("Bo Ivanek said", one), name, Linker(small))] == ["p"]


def test_all_entities_of_a_name_are_explained(small: Gazetteer) -> None:
    town, army = place("Ford"), Entity("ford-2", ("Organization",), "Ford")
    found = explain(extraction("Ford attacked Ford", town, army), "Ford", Linker(small))
    assert {(each.entity.id, each.kind, each.weighings[0].thing.qid) for each in found} == {
        ("ford", "place", "Q21"),
        ("ford-2", "body", "Q46"),
    }


def test_name_that_is_not_there_has_no_explanation(small: Gazetteer) -> None:
    assert explain(extraction(TEXT, *CAST), "Kyiv", Linker(small)) == []


def test_name_that_nothing_is_known_of_is_unknown(small: Gazetteer) -> None:
    (one,) = explain(extraction("Zed said", person("Zed")), "Zed", Linker(small))
    assert (one.decision, one.weighings) == ("unknown: nothing of its kind is known by this name", ())


def test_item_that_is_too_unlikely_is_said_to_be(small: Gazetteer) -> None:
    (one,) = explain(extraction("Ivanek said", person("Ivanek")), "Ivanek", Linker(small))
    assert one.decision.startswith("unknown: too unlikely: surname of ")
    assert len(one.weighings) == 3


def test_judgement_is_told_as_the_decision(small: Gazetteer) -> None:
    judged = Judgements((Judgement(1, "2026-01-02T03:04:05Z", "ana", "pin", "Guard", item="Q42", why="she asked"),))
    (one,) = explain(extraction("The Guard said", body("Guard")), "Guard", Linker(small, judged))
    assert one.decision == "Q42: pinned to Q42 by ana on 2026-01-02: she asked"


def test_place_without_an_item_is_told_by_its_number(small: Gazetteer) -> None:
    (one,) = explain(extraction("Lonely, Bland", place("Lonely"), state("Bland")), "Lonely", Linker(small))
    assert one.decision.startswith("GeoNames 27: label of Lonely")
