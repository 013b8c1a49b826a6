"""Links of extractions made by hand."""

from datetime import date

import pytest

from kg.link import resolve
from kg.model import Article, Entity, Extraction, Link, Mention, Run

RUN = Run("conflictkg", "0", "0", "none")


def linked(*entities: Entity) -> Extraction:
    return resolve(Extraction(Article("a", "t", "text", date(2024, 5, 1)), RUN, "outlet", entities))


def link(extraction: Extraction, entity: str) -> Link:
    return next(one for one in extraction.links if one.entity == entity)


def state(name: str, *, mentions: int = 1) -> Entity:
    spans = tuple(Mention(i, i + 1, "x") for i in range(mentions))
    return Entity(name.lower(), ("State", "Place"), name, mentions=spans)


def place(name: str, **options: str) -> Entity:
    return Entity(name.lower(), ("Place",), name, **options)  # type: ignore[arg-type]


def test_a_town_is_linked_with_its_place_on_the_map() -> None:
    one = link(linked(place("Kharkiv"), state("Ukraine")), "kharkiv")
    assert (one.qid, one.geonames) == ("Q42308", 706483)
    assert one.lat == pytest.approx(49.98, abs=0.05)
    assert one.score > 0.8
    assert "Ukraine" in one.reason


def test_georgia_is_the_state_beside_tbilisi() -> None:
    found = linked(place("Georgia"), place("Tbilisi"), place("Sukhumi"))
    assert link(found, "georgia").qid == "Q230"


def test_georgia_is_the_us_state_beside_american_cities() -> None:
    found = linked(place("Georgia"), place("Chicago"), place("Los Angeles"), state("United States", mentions=3))
    assert link(found, "georgia").qid == "Q1428"


@pytest.mark.parametrize(("country", "geonames"), [("Libya", 2210247), ("Lebanon", 266826)])
def test_the_articles_country_tells_which_tripoli(country: str, geonames: int) -> None:
    assert link(linked(place("Tripoli"), state(country, mentions=3)), "tripoli").geonames == geonames


def test_a_place_is_never_a_person() -> None:
    assert link(linked(place("Sharon")), "sharon").qid != "Q60206"


def test_a_person_is_never_a_town() -> None:
    found = linked(Entity("obama", ("Person",), "Obama"), Entity("reading", ("Person",), "Reading"))
    assert link(found, "obama").qid == "Q76"
    assert link(found, "reading") == Link("reading", None, 0.0, "nothing of its kind is known by this name")


def test_a_capital_that_speaks_is_the_state_and_one_that_is_bombed_the_city() -> None:
    found = linked(Entity("gov", ("State", "Place"), "Damascus"), Entity("city", ("Place",), "Damascus"))
    assert link(found, "gov").qid == "Q858"
    assert link(found, "city").qid == "Q3766"


def test_a_small_town_of_a_country_not_in_the_article_stays_unlinked() -> None:
    one = link(linked(place("Obama"), state("Syria", mentions=3), state("Russia")), "obama")
    assert one.qid is None
    assert one.score < 0.4


def test_armed_groups_are_linked_by_any_spelling() -> None:
    found = linked(
        Entity("a", ("ArmedGroup", "Organization"), "Dae’sh"),
        Entity("b", ("Organization",), "al-Qaida"),
        Entity("c", ("ArmedGroup",), "the Taliban"),
    )
    assert [one.qid for one in found.links] == ["Q2429253", "Q34490", "Q42418"]


def test_groups_and_assets_have_no_name_to_link() -> None:
    found = linked(Entity("g", ("Group",), "residents"), Entity("x", ("Asset",), "apartment block"))
    assert found.links == ()


def test_a_place_lies_in_the_state_that_it_turns_out_to_be_of() -> None:
    found = linked(
        place("Tripoli", within="libya"), state("Lebanon", mentions=5), Entity("libya", ("State", "Place"), "Libya")
    )
    assert next(e for e in found.entities if e.id == "tripoli").within == "lebanon"


def test_an_agent_is_of_its_country() -> None:
    found = linked(Entity("sbu", ("ArmedForce",), "SBU"), state("Ukraine"))
    assert next(e for e in found.entities if e.id == "sbu").country == "ukraine"


def test_the_country_that_the_article_gives_an_agent_rules_out_others() -> None:
    found = linked(Entity("isf", ("ArmedForce",), "Northern Fleet", country="ukraine"), state("Ukraine", mentions=3))
    assert link(found, "isf").qid is None


def test_the_same_extraction_gives_the_same_links() -> None:
    cast = (place("Tripoli"), place("Georgia"), state("Libya"), Entity("p", ("Person",), "Haftar"))
    assert linked(*cast).links == linked(*cast).links
