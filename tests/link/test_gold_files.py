"""How gold links are read, and how their spans become an extraction."""

import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.link.evaluate import with_spans
from kg.link.gold import Gold, texts
from kg.model import Entity
from tests.link.handmade import extraction, person, place, state


def written(folder: Path, *records: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf8")
    return path


def test_texts_are_read_with_all_that_they_give(tmp_path: Path) -> None:
    mention = {"start": 0, "end": 4, "qid": "Q21", "geonames": "21", "lat": 1.5, "lon": 2, "also": ["Q1"], "alt": "Q2"}
    path = written(
        tmp_path,
        {"id": "x", "title": "T", "text": "Ford fell", "published": "2024-05-01T10:00:00Z", "mentions": [mention]},
        {"text": "Nothing.", "mentions": []},
    )
    (first, golds), (second, none) = texts(path)
    assert (first.id, first.title, first.text, str(first.published)) == ("x", "T", "Ford fell", "2024-05-01")
    assert golds == [Gold(0, 4, "Q21", 21, frozenset({"Q1", "Q2"}), (1.5, 2))]
    assert (second.id, second.title, second.published, none) == ("2", "", None, [])


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "One", "mentions": []}\n\n{"text": "Two", "mentions": []}\n')
    assert [(article.id, article.text) for article, _ in texts(path)] == [("1", "One"), ("3", "Two")]


MENTION = '{"text": "Ford fell", "mentions": [{%s}]}'


@pytest.mark.parametrize(
    "line",
    [
        "Ford",
        "[]",
        "{}",
        '{"text": "Ford"}',
        '{"text": 4, "mentions": []}',
        '{"text": "", "mentions": []}',
        '{"text": "Ford", "mentions": [4]}',
        '{"text": "Ford", "mentions": [], "published": "soon"}',
        MENTION % "",
        MENTION % '"start": 0',
        MENTION % '"start": 5, "end": 99',
        MENTION % '"start": -4, "end": 4',
        MENTION % '"start": 4, "end": 4',
        MENTION % '"start": 4, "end": 0',
        MENTION % '"start": 4, "end": 5',
        MENTION % '"start": "0", "end": "4"',
        MENTION % '"start": 0.0, "end": 4.0',
        MENTION % '"start": 0, "end": 4, "geonames": "Ford"',
        "\udce9",
    ],
)
def test_bad_line_is_told_with_its_place_and_remedy(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"text": "Fine", "mentions": []}\n' + line.encode("utf8", "surrogateescape") + b"\n")
    read = texts(path)
    assert next(read)[0].text == "Fine"
    with pytest.raises(ReadError) as caught:
        next(read)
    assert caught.value.where == f"{path}:2"
    assert '"mentions"' in (caught.value.remedy or "")


def test_span_outside_of_the_text_is_told_as_such(tmp_path: Path) -> None:
    path = written(tmp_path, {"text": "Ford", "mentions": [{"start": 2, "end": 9}]})
    with pytest.raises(ReadError, match="the span 2–9 is not in the text of 4 characters"):
        list(texts(path))


def spans(entities: tuple[Entity, ...]) -> dict[str, list[tuple[int, int]]]:
    return {one.name: [(m.start, m.end) for m in one.mentions] for one in entities if one.mentions}


def test_given_spans_of_the_same_words_are_one_entity() -> None:
    text = "Odesa fell. Odesa's port, Kyiv."
    given = with_spans(extraction(text), [(0, 5), (12, 17), (26, 30)])
    assert spans(given.entities) == {"Odesa": [(0, 5), (12, 17)], "Kyiv": [(26, 30)]}
    assert {one.classes for one in given.entities} == {()}


def test_given_span_is_of_the_kind_that_extraction_took_it_for() -> None:
    given = with_spans(extraction("Ukraine and Odesa", state("Ukraine"), place("Odesa")), [(0, 7), (12, 17)])
    assert {one.name: one.classes for one in given.entities if one.mentions} == {
        "Ukraine": ("State", "Place"),
        "Odesa": ("Place",),
    }


def test_given_span_inside_of_another_name_is_of_open_kind() -> None:
    given = with_spans(extraction("In Kuwait City", place("Kuwait City")), [(3, 9)])
    assert [(one.name, one.classes) for one in given.entities] == [("Kuwait", ())]


def test_town_that_the_model_took_for_a_person_is_of_open_kind() -> None:
    given = with_spans(extraction("In Kharkiv", person("Kharkiv")), [(3, 10)])
    assert next(one.classes for one in given.entities if one.mentions) == ()


def test_spans_that_are_not_given_have_no_mentions_and_nothing_happens() -> None:
    whole = extraction("Ukraine and Odesa", state("Ukraine"), place("Odesa"), acting=["ukraine"])
    given = with_spans(whole, [(12, 17)])
    assert spans(given.entities) == {"Odesa": [(12, 17)]}
    assert (given.events, given.claims, given.publisher) == ((), (), "")
    assert "Ukraine" in {one.name for one in given.entities}
