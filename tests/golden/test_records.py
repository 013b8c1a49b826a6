"""The golden records themselves: right texts, quotes that stand there, codes of the ontology."""

import pytest

from ontology import codes
from tests.golden.records import demo, frame, golden, quotes

NAMES = sorted(golden())


def test_every_demo_article_has_its_record() -> None:
    assert sorted(demo()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_what_the_reader_yields(name: str) -> None:
    assert golden()[name]["article"] == frame(demo()[name]), "run python -m tests.golden.records"


@pytest.mark.parametrize("name", NAMES)
def test_quotes_stand_in_their_text(name: str) -> None:
    record = golden()[name]
    assert [quote for quote in quotes(record) if quote not in record["article"]["text"]] == []


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_in_the_ontology(name: str) -> None:
    for event in golden()[name]["events"]:
        counts = event.get("counts", [])
        assert {event["type"], *event.get("also", [])} <= set(codes("EventType"))
        assert {*event.get("weapons", []), *(count["kind"] for count in counts)} <= set(codes("Kind"))
        assert {count["measure"] for count in counts} <= set(codes("Measure"))
        assert event["factuality"] in codes("Factuality")
