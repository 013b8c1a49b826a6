"""Candidates from a service that speaks the Reconciliation Service API."""

from collections.abc import Callable

import pytest
from flask import Flask

from kg.names import Name

from .conftest import Open
from .reconciler import Reconciler
from .wikibase import Wiki

Serve = Callable[[Flask], str]


@pytest.fixture
def reconciler(wiki: Wiki) -> Reconciler:
    return Reconciler(wiki)


@pytest.fixture
def address(reconciler: Reconciler, serve: Serve) -> str:
    return f"{serve(reconciler.app)}/en/api"


def test_a_candidate_has_what_the_service_tells_of_it(address: str, connect: Open) -> None:
    assert connect(address).candidates("Odesa", classes=("Place",)) == (
        Name(
            label="Odesa", classes=("Place",), qid="Q1874", geonames=698740, lat=46.49, lon=30.71,
            source="Test items", prior=0.9,
        ),
    )  # fmt: skip


def test_a_country_is_told_where_there_is_one_alone(address: str, connect: Open) -> None:
    found = connect(address).candidates("Odessa", classes=("Place",))
    assert [(one.qid, one.country, one.how) for one in found] == [
        ("Q1874", None, "label"), ("Q128361", "United States", "label"),
    ]  # fmt: skip


def test_a_candidate_of_the_wrong_class_is_out(address: str, connect: Open) -> None:
    service = connect(address)
    assert [one.qid for one in service.candidates("Georgia", classes=("State", "Place"))] == ["Q230"]
    assert service.candidates("Georgia", classes=("Person",)) == ()
    assert service.warning is None


def test_a_query_names_the_types_that_are_wanted(address: str, connect: Open, reconciler: Reconciler) -> None:
    connect(address).candidates("Zelensky", classes=("Person",))
    assert reconciler.asked[0] == {
        "queries": {"q0": {"query": "Zelensky", "limit": 10, "type": ["Q5"], "type_strict": "any"}}
    }


def test_a_longer_name_that_begins_alike_is_no_candidate(address: str, connect: Open) -> None:
    assert "Q900002" not in [one.qid for one in connect(address).candidates("Odessa", classes=())]


def test_the_second_time_nothing_is_asked(address: str, connect: Open, reconciler: Reconciler) -> None:
    first = connect(address).candidates("Georgia", classes=())
    assert [one.qid for one in first] == ["Q230", "Q1428"]
    reconciler.asked.clear()
    assert connect(address).candidates("Georgia", classes=()) == first
    assert reconciler.asked == []


def test_a_service_of_another_namespace_gives_no_wikidata_items(wiki: Wiki, serve: Serve, connect: Open) -> None:
    reconciler = Reconciler(wiki, identifierSpace="https://example.org/", extend=None)
    (odesa,) = connect(f"{serve(reconciler.app)}/en/api").candidates("Odesa", classes=())
    assert (odesa.qid, odesa.lat) == (None, None)
    assert reconciler.asked == [{"queries": {"q0": {"query": "Odesa", "limit": 10}}}]


def test_geonames_numbers_and_types_by_word_are_understood(serve: Serve, connect: Open) -> None:
    class Places(Reconciler):
        def result(self, query: dict[str, object]) -> list[dict[str, object]]:
            kinds = ["https://schema.org/City"]
            return [{"id": "698740", "name": query["query"], "score": 1, "match": True, "type": kinds}]

    places = Places(Wiki(), identifierSpace="https://sws.geonames.org/", extend=None)
    (odesa,) = connect(f"{serve(places.app)}/en/api").candidates("Odesa", classes=("Place",))
    assert (odesa.qid, odesa.geonames, odesa.classes) == (None, 698740, ("Place",))


def test_a_page_that_is_no_service_is_told(api: str, connect: Open, told: list[str]) -> None:
    service = connect(api.replace("/w/api.php", "/"))
    assert service.candidates("Odesa", classes=()) == ()
    assert len(told) == 1
    assert "answers 404 NOT FOUND" in told[0]


def test_json_that_is_no_manifest_is_told(wiki: Wiki, serve: Serve, connect: Open, told: list[str]) -> None:
    connect(f"{serve(Reconciler(wiki, identifierSpace=None).app)}/en/api")
    assert told == ["linking goes on offline: identifierSpace is NoneType, not a string, in the service's answer"]


def test_a_service_with_a_login_is_told(wiki: Wiki, serve: Serve, connect: Open, told: list[str]) -> None:
    locked = Reconciler(wiki, authentication={"type": "http", "scheme": "basic"})
    connect(f"{serve(locked.app)}/en/api")
    assert "asks for a login" in told[0]
