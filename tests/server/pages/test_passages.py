"""Overlapping spans made into segments, paragraphs, and what is known of a text that isn't stored."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.pages.article.passages import Passage, flattened, paragraphs, quoted


@dataclass(frozen=True)
class Words:
    start: int
    end: int


TEXTS = st.text(st.sampled_from("ab é\n\u0301😀漢"), max_size=40)
SPANS = st.lists(st.builds(Words, st.integers(0, 45), st.integers(0, 45)), max_size=8)


@given(TEXTS, SPANS)
def test_segments_joined_are_the_text_and_begin_where_they_say(text: str, spans: list[Words]) -> None:
    segments = list(flattened(Passage(0, text), spans))
    assert "".join(segment.text for segment in segments) == text
    assert all(text[segment.start :].startswith(segment.text) and segment.text for segment in segments)


@given(TEXTS, SPANS)
def test_each_span_covers_exactly_its_own_code_points(text: str, spans: list[Words]) -> None:
    segments = list(flattened(Passage(0, text), spans))
    for span in spans:
        covered = [segment for segment in segments if span in segment.spans]
        assert "".join(segment.text for segment in covered) == text[span.start : span.end]


@given(TEXTS, SPANS, st.integers(0, 40))
def test_a_passage_within_a_text_keeps_the_offsets_of_the_text(text: str, spans: list[Words], start: int) -> None:
    for segment in flattened(Passage(start, text[start:]), spans):
        assert text[segment.start : segment.start + len(segment.text)] == segment.text
        assert all(span.start <= segment.start < span.end for span in segment.spans)


@given(TEXTS, SPANS)
def test_the_widest_span_is_outside(text: str, spans: list[Words]) -> None:
    for segment in flattened(Passage(0, text), spans):
        widths = [span.end - span.start for span in segment.spans]
        assert widths == sorted(widths, reverse=True)


def test_offsets_count_code_points_and_not_bytes_or_utf16_units() -> None:
    segments = flattened(Passage(0, "😀é Kyiv"), [Words(3, 7)])
    assert [(segment.start, segment.text) for segment in segments] == [(0, "😀é "), (3, "Kyiv")]


def test_nested_and_crossing_spans() -> None:
    outer, inner, crossing = Words(0, 18), Words(0, 7), Words(8, 25)
    segments = flattened(Passage(0, "Russian servicemen killed"), [inner, outer, crossing])
    assert [(segment.text, segment.spans) for segment in segments] == [
        ("Russian", (outer, inner)),
        (" ", (outer,)),
        ("servicemen", (outer, crossing)),
        (" killed", (crossing,)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.\n \n\nThree.", [(0, "One."), (6, "Two."), (14, "Three.")]),
        ("One.\nTwo.", [(0, "One."), (5, "Two.")]),
        ("One,\nstill one.\n\nTwo.", [(0, "One,\nstill one."), (17, "Two.")]),
        ("\n\n", []),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(paragraphs(text)) == [Passage(start, words) for start, words in expected]


@given(TEXTS)
def test_paragraphs_have_every_letter_in_its_place(text: str) -> None:
    found = list(paragraphs(text))
    assert all(text[each.start : each.start + len(each.text)] == each.text for each in found)
    assert "".join("".join(each.text.split()) for each in found) == "".join(text.split())


def test_quotations_that_overlap_are_one_passage() -> None:
    spans = [(20, "Later."), (0, "They fired."), (5, "fired. Then"), (0, "They")]
    assert quoted(spans) == [Passage(0, "They fired. Then"), Passage(20, "Later.")]
