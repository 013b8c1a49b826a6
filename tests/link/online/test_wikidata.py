"""Candidates from a wiki that speaks Wikidata's API."""

import httpx
import pytest

from kg.names import Name

from .conftest import Open
from .wikibase import Wiki, entity, link


def test_a_name_gives_every_thing_that_bears_it(api: str, connect: Open) -> None:
    state, province = connect(api).candidates("Georgia", classes=())
    assert state == Name(
        label="Georgia", classes=("State", "Place"), qid="Q230", source="wikidata", prior=0.6,
        description="country in the Caucasus", fame=30, licence="CC0-1.0",
    )  # fmt: skip
    assert (province.qid, province.classes, province.country, province.prior) == (
        "Q1428", ("Place",), "United States", 0.4,
    )  # fmt: skip


def test_a_place_has_its_coordinates_state_and_geonames_number(api: str, connect: Open) -> None:
    odesa = connect(api).candidates("Odesa", classes=("Place",))[0]
    assert (odesa.qid, odesa.lat, odesa.lon, odesa.geonames, odesa.country) == (
        "Q1874", 46.49, 30.71, 698740, "Ukraine",
    )  # fmt: skip


def test_an_alias_is_told_from_a_label(api: str, connect: Open) -> None:
    found = connect(api).candidates("Odessa", classes=("Place",))
    assert [(one.qid, one.how) for one in found] == [("Q1874", "alias"), ("Q128361", "label")]


def test_a_longer_name_that_begins_alike_is_no_candidate(api: str, connect: Open) -> None:
    assert "Q900002" not in [one.qid for one in connect(api).candidates("Odessa", classes=())]


def test_a_thing_of_no_known_class_is_no_candidate(api: str, connect: Open) -> None:
    assert "Q900001" not in [one.qid for one in connect(api).candidates("Odessa", classes=())]


def test_a_thing_of_the_wrong_class_is_no_candidate(api: str, connect: Open) -> None:
    service = connect(api)
    assert service.candidates("Odessa", classes=("Person",)) == ()
    assert service.candidates("Zelensky", classes=("Place",)) == ()
    assert [one.qid for one in service.candidates("Georgia", classes=("State", "Place"))] == ["Q230"]
    assert service.warning is None


def test_a_person_has_the_office_held_today(api: str, connect: Open) -> None:
    (person,) = connect(api).candidates("Zelensky", classes=("Person",))
    assert (person.qid, person.role, person.country) == ("Q3874799", "President of Ukraine", "Ukraine")


def test_class_is_found_through_the_classes_above(api: str, connect: Open, wiki: Wiki) -> None:
    connect(api).candidates("Georgia", classes=("Place",))
    asked = [question["ids"] for question in wiki.asked if question.get("props") == "claims"]
    assert asked == ["Q35657", "Q107390"]


def test_a_party_that_is_armed_is_an_armed_group(api: str, connect: Open, wiki: Wiki) -> None:
    wiki.entities["Q41053"] = entity("Q41053", "Hezbollah", link("P31", "Q7278"), link("P31", "Q17149090"))
    (group,) = connect(api).candidates("Hezbollah", classes=("Organization",))
    assert group.classes == ("ArmedGroup", "Organization")


def test_a_circle_of_classes_ends(api: str, connect: Open, wiki: Wiki) -> None:
    wiki.entities["Q900010"] = entity("Q900010", "Ring", link("P31", "Q900011"))
    wiki.entities["Q900011"] = entity("Q900011", "ring", link("P279", "Q900012"))
    wiki.entities["Q900012"] = entity("Q900012", "circle", link("P279", "Q900011"))
    service = connect(api)
    assert service.candidates("Ring", classes=()) == ()
    assert service.warning is None


def test_seventy_things_are_asked_for_fifty_at_a_time(api: str, connect: Open, wiki: Wiki) -> None:
    kinds = [f"Q{number}" for number in range(910_000, 910_070)]
    wiki.entities["Q900020"] = entity("Q900020", "Many", *(link("P31", kind) for kind in kinds))
    connect(api).candidates("Many", classes=())
    asked = [len(question["ids"].split("|")) for question in wiki.asked if question.get("props") == "claims"]
    assert asked == [50, 20]


def test_every_question_is_polite(api: str, connect: Open, wiki: Wiki) -> None:
    connect(api, contact="desk@example.org").candidates("Odessa", classes=())
    questions = [question for question in wiki.asked if question["action"] != "query"]
    assert {(question["maxlag"], question["format"]) for question in questions} == {("5", "json")}
    assert set(wiki.agents) == {f"conflictkg/0.1.0 (desk@example.org) httpx/{httpx.__version__}"}


def test_an_unknown_name_has_no_candidates_and_no_warning(api: str, connect: Open, told: list[str]) -> None:
    service = connect(api)
    assert service.candidates("Nowhere at all", classes=()) == ()
    assert service.candidates(" \ud800", classes=()) == ()
    assert (service.warning, told) == (None, [])


def test_a_merged_item_counts_once(api: str, connect: Open, wiki: Wiki) -> None:
    wiki.entities["Q900030"] = {**wiki.entities["Q1874"]}
    assert [one.qid for one in connect(api).candidates("Odesa", classes=())] == ["Q1874"]


def test_a_state_bears_the_label_that_the_gazetteer_has(api: str, connect: Open) -> None:
    states = {"Q30": "USA"}
    found = connect(api, state=states.get).candidates("Odessa", classes=("Place",))
    assert [one.country for one in found] == ["Ukraine", "USA"]


def test_without_an_address_wikidata_itself_is_asked(
    connect: Open, serve_proxy: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, *asked = serve_proxy
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    service = connect(None)
    assert serve_proxy[1:] == asked == []
    assert service.candidates("Odesa", classes=()) == ()
    assert set(serve_proxy[1:]) == {"CONNECT www.wikidata.org:443"}
    assert told[0].startswith("linking goes on offline: https://www.wikidata.org/w/api.php does not answer: ")
