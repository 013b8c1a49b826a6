"""Which place a name is, and what it lies in, with the gazetteer that comes along."""

import pytest

from kg.link import resolve
from kg.link.features import settings as limits
from kg.model import Entity, Mention
from kg.names import Gazetteer
from tests.link.handmade import AMERICA, CITIES, body, extraction, linked, name, place, state

THRESHOLD = limits()["limits"]["threshold"]


def test_town_is_linked_with_its_spot_on_the_map_and_the_reason() -> None:
    one = linked("Kharkiv was hit, Ukraine said", place("Kharkiv"), state("Ukraine"))["kharkiv"]
    assert (one.qid, one.geonames) == ("Q42308", 706483)
    assert (one.lat, one.lon) == (pytest.approx(49.98, abs=0.05), pytest.approx(36.25, abs=0.05))
    assert one.score > 0.8
    assert "Ukraine" in one.reason


def test_georgia_is_the_state_beside_tbilisi() -> None:
    text = "Georgia said shells fell on Tbilisi and Sukhumi"
    assert linked(text, state("Georgia"), place("Tbilisi"), place("Sukhumi"))["georgia"].qid == "Q230"


def test_georgia_is_the_us_state_beside_american_cities() -> None:
    assert linked(AMERICA, place("Georgia"), *CITIES)["georgia"].qid == "Q1428"
    assert linked(AMERICA, name("Georgia"), *CITIES)["georgia"].qid == "Q1428"


def test_georgia_that_extraction_took_for_the_country_is_no_country_beside_american_cities() -> None:
    one = linked(AMERICA, state("Georgia"), *CITIES)["georgia"]
    assert one.qid != "Q230"
    assert one.qid == "Q1428" or one.rivals[0].qid == "Q1428"


@pytest.mark.parametrize(
    ("beside", "geonames"),
    [("Benghazi and Misrata", 2210247), ("Beirut and Sidon", 266826), ("Athens and Patras", 252601)],
)
def test_other_towns_tell_which_tripoli(beside: str, geonames: int) -> None:
    cast = [place("Tripoli"), *map(place, beside.split(" and "))]
    assert linked(f"Between Tripoli, {beside}", *cast)["tripoli"].geonames == geonames


@pytest.mark.parametrize(("country", "geonames"), [("Libya", 2210247), ("Lebanon", 266826)])
def test_country_of_the_article_tells_which_tripoli(country: str, geonames: int) -> None:
    text = f"Tripoli is calm. {country} is not. {country} said so."
    assert linked(text, place("Tripoli"), state(country))["tripoli"].geonames == geonames


def test_two_towns_of_one_name_are_two_nodes() -> None:
    text = "Ships left for Tripoli, Lebanon, from Tripoli, Libya."
    one, two = text.index("Tripoli"), text.rindex("Tripoli")
    cast = [
        Entity(key, ("Place",), "Tripoli", mentions=(Mention(at, at + 7, "Tripoli"),))
        for key, at in (("one", one), ("two", two))
    ]
    links = linked(text, state("Lebanon"), state("Libya"), *cast)
    assert (links["one"].geonames, links["two"].geonames) == (266826, 2210247)
    assert links["one"].entity != links["two"].entity


def test_namesake_goes_under_one_id_in_every_article() -> None:
    ids = {
        linked(text, place("Tripoli"), *cast)["tripoli"].entity
        for text, cast in (
            ("Tripoli and Beirut", [place("Beirut")]),
            ("Sidon and Tripoli", [place("Sidon")]),
            ("Tripoli, Lebanon", [state("Lebanon")]),
        )
    }
    assert len(ids) == 1
    assert ids != {linked("Tripoli and Benghazi", place("Tripoli"), place("Benghazi"))["tripoli"].entity}


@pytest.mark.parametrize(
    ("spelling", "country", "qid"),
    [
        ("Deir ez-Zor", "Syria", "Q239097"),
        ("Deir Ezzor", "Syria", "Q239097"),
        ("Deir al-Zor", "Syria", "Q239097"),
        ("Dayr az Zawr", "Syria", "Q239097"),
        ("Khan Younis", "Palestine", "Q309348"),
        ("Khan Yunis", "Palestine", "Q309348"),
        ("Kharkov", "Ukraine", "Q42308"),
        ("KHARKIV", "Ukraine", "Q42308"),
    ],
)
def test_places_are_found_by_their_spellings(spelling: str, country: str, qid: str) -> None:
    links = linked(f"{spelling} was hit, {country} said", place(spelling), state(country))
    assert next(link.qid for link in links.values() if link.named != state(country).id) == qid


def test_village_of_another_country_stays_unlinked(small: Gazetteer) -> None:
    one = linked("Lonely was hit, Aland said", place("Lonely"), state("Aland"), gazetteer=small)["lonely"]
    assert (one.qid, one.geonames) == (None, None)
    assert one.score < THRESHOLD
    home = linked("Lonely was hit, Bland said", place("Lonely"), state("Bland"), gazetteer=small)["lonely"]
    assert home.geonames == 27


def test_small_town_of_a_country_that_no_other_name_is_of_stays_unlinked() -> None:
    text = "Obama was hit. Syria, Syria and Russia said so."
    assert linked(text, place("Obama"), state("Syria"), state("Russia"))["obama"].geonames is None


def test_town_lies_in_its_province_and_that_in_its_state() -> None:
    found = resolve(extraction("Makiivka was hit", place("Makiivka")))
    links = {link.entity: link for link in found.links}
    entities = {entity.id: entity for entity in found.entities}
    town = next(link for link in found.links if link.named == "makiivka")
    province = links[town.within or ""]
    country = links[province.within or ""]
    assert [link.qid for link in (town, province, country)] == ["Q157134", "Q2012050", "Q212"]
    assert [entities[link.entity].classes for link in (province, country)] == [("Place",), ("State", "Place")]
    assert [link.named for link in (province, country)] == [None, None]
    assert province.reason == "contains Makiivka"
    assert province.lat is not None
    assert country.within is None


def test_containers_that_the_text_names_are_its_own_entities() -> None:
    text = "Makiivka, Donetsk Oblast, Ukraine"
    found = resolve(extraction(text, place("Makiivka"), place("Donetsk Oblast"), state("Ukraine")))
    links = {link.named: link for link in found.links}
    assert set(links) == {"makiivka", "donetsk-oblast", "ukraine"}
    assert links["makiivka"].within == links["donetsk-oblast"].entity
    assert links["donetsk-oblast"].within == links["ukraine"].entity


def test_towns_of_one_state_share_its_node() -> None:
    found = resolve(extraction("Kharkiv, Odesa and Kyiv", place("Kharkiv"), place("Odesa"), place("Kyiv")))
    assert [link.qid for link in found.links].count("Q212") == 1
    assert len({entity.id for entity in found.entities}) == len(found.entities)


def test_agent_without_a_state_gets_its_own() -> None:
    found = resolve(extraction("The SBU said", body("SBU", "GovernmentBody")))
    sbu = next(link for link in found.links if link.named == "sbu")
    assert next(link.qid for link in found.links if link.entity == sbu.country) == "Q212"


def test_every_container_is_an_entity_with_a_link() -> None:
    found = resolve(extraction(AMERICA, place("Georgia"), *CITIES))
    entities, links = {entity.id for entity in found.entities}, {link.entity for link in found.links}
    assert {link.within for link in found.links} - {None} <= entities & links
    assert links <= entities
