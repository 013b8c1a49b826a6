"""How gold links are read and scored."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.link import Linker
from kg.link.evaluate import Gold, Scores, evaluate, texts, with_spans
from kg.model import Article, Entity, Extraction, Link, Mention
from kg.names import Gazetteer
from tests.link.handmade import RUN, extraction, person, place, state

# ------------------------------------------------------------------ reading


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


# ------------------------------------------------------------------ given spans


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


# ------------------------------------------------------------------ scoring

TEXT = "Ford, Tarnby, Port and Nowhere fell, Bo Ivanek said."


def mark(words: str, qid: str | None = None, **rest: Any) -> Gold:
    start = TEXT.index(words)
    fields: dict[str, Any] = {"geonames": None, "also": frozenset(), "point": None} | rest
    return Gold(start, start + len(words), qid, **fields)


def answers(
    **qids: str | tuple[str | None, int | None, float | None, float | None] | None,
) -> Callable[..., Extraction]:
    """A linker that gives the names of the text these items, at these places."""

    def link(given: Extraction) -> Extraction:
        links = []
        for one in given.entities:
            if (answer := qids.get(one.name.replace(" ", "_"))) is not None:
                qid, geonames, lat, lon = answer if isinstance(answer, tuple) else (answer, None, None, None)
                links.append(Link(one.id, qid, 0.9, "told", geonames, lat, lon))
        return Extraction(given.article, given.run, "", given.entities, links=tuple(links))

    return link


def scored(small: Gazetteer, golds: list[Gold], resolve: Callable[..., Extraction], *, given: bool = True) -> Scores:
    article = Article("a", "", TEXT)
    cast = [place("Ford"), place("Tarnby"), place("Port"), place("Nowhere"), person("Bo Ivanek")]
    return evaluate(
        [(article, golds)],
        extract=lambda _: extraction(TEXT, *cast),
        resolve=resolve,
        gazetteer=small,
        given=given,
    )


FIVE = [mark("Ford", "Q21"), mark("Tarnby", "Q23"), mark("Port", "Q29"), mark("Nowhere"), mark("Bo Ivanek", "Q52")]


def test_micro_scores_worked_out_by_hand(small: Gazetteer) -> None:
    # Right: Ford and Bo Ivanek. Wrong: Tarnby. Left: Port. Nowhere is nothing, but linked.
    scores = scored(small, FIVE, answers(Ford="Q21", Tarnby="Q24", Nowhere="Q28", Bo_Ivanek="Q52"))
    assert scores.row("all") == (2 / 3, 2 / 4, pytest.approx(4 / 7))
    assert scores.row("place") == (1 / 2, 1 / 3, pytest.approx(0.4))
    assert scores.row("person") == (1, 1, 1)
    assert scores.row("state") == (0, 0, 0)
    assert [scores.count("all", which) for which in ("right", "linked", "wanted")] == [2, 3, 4]
    assert (scores.outside, scores.outside_linked) == (1, 1)
    assert [line.split("'")[1] for line in scores.wrong] == ["Tarnby", "Port", "Nowhere"]


def test_leaving_what_is_nothing_is_right(small: Gazetteer) -> None:
    scores = scored(small, [mark("Nowhere")], answers())
    assert (scores.outside, scores.outside_linked, scores.wrong) == (1, 0, [])
    assert scores.row("all") == (0, 0, 0)


def test_items_that_are_not_in_the_gazetteer_do_not_count(small: Gazetteer) -> None:
    golds = [mark("Ford", "Q21"), mark("Tarnby", "Q7777"), mark("Port", None, geonames=7777)]
    scores = scored(small, golds, answers(Ford="Q21", Tarnby="Q24", Port="Q29"))
    assert scores.row("all") == (1, 1, 1)
    assert (scores.outside, scores.outside_linked, len(scores.wrong)) == (2, 2, 2)


def test_item_that_is_not_in_the_gazetteer_may_be_found_all_the_same(small: Gazetteer) -> None:
    scores = scored(small, [mark("Ford", "Q7777")], answers(Ford="Q7777"))
    assert (scores.outside, scores.outside_linked, scores.wrong) == (1, 0, [])


@pytest.mark.parametrize(
    ("gold", "answer", "right"),
    [
        ({"qid": "Q21"}, ("Q21", None, None, None), True),
        ({"qid": "Q21"}, (None, 21, None, None), True),
        ({"qid": None, "geonames": 21}, ("Q21", None, None, None), True),
        ({"qid": None, "geonames": 21}, (None, 21, None, None), True),
        ({"qid": "Q21"}, ("Q22", None, None, None), False),
        ({"qid": "Q21"}, (None, 22, None, None), False),
        ({"qid": "Q21", "also": frozenset({"Q22"})}, ("Q22", None, None, None), True),
        ({"qid": "Q21", "also": frozenset({"Q23"})}, ("Q22", None, None, None), False),
    ],
)
def test_link_is_right_by_any_identifier(
    small: Gazetteer, gold: dict[str, Any], answer: tuple[str | None, int | None, float, float], right: bool
) -> None:
    assert scored(small, [mark("Ford", **gold)], answers(Ford=answer)).count("all", "right") == right


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("qid", ["Q21", "Q22", None])
def test_optional_mention_costs_nothing(small: Gazetteer, given: bool, qid: str | None) -> None:
    golds = [mark("Ford", "Q21", optional=True), mark("Port", "Q29")]
    scores = scored(small, golds, answers(Ford=qid, Port="Q29"), given=given)
    assert scores.row("all") == (1, 1, 1)


@pytest.mark.parametrize(
    ("north", "near"),
    # 161 km are 1.448 degrees of latitude.
    [(0.0, 1), (1.44, 1), (1.46, 0), (90 - 10, 0)],
)
def test_place_is_near_within_161_kilometres(small: Gazetteer, north: float, near: int) -> None:
    answer = ("Q22", None, 10 + north, 10.0)
    scores = scored(small, [mark("Ford", "Q21"), mark("Port", "Q29")], answers(Ford=answer))
    assert (scores.near, scores.placed, scores.located) == (near, 1, 2)


def test_point_of_the_gold_wins_over_that_of_the_gazetteer(small: Gazetteer) -> None:
    gold = mark("Ford", "Q21", point=(60.0, 60.0))
    assert scored(small, [gold], answers(Ford=("Q21", None, 60.1, 60.0))).near == 1
    assert scored(small, [gold], answers(Ford=("Q21", None, 10.0, 10.0))).near == 0


def test_states_and_persons_are_no_places_to_be_near(small: Gazetteer) -> None:
    golds = [mark("Bo Ivanek", "Q52"), mark("Port", "Q1")]
    assert scored(small, golds, answers(Port=("Q1", None, 10.0, 10.0))).located == 0


# ------------------------------------------------------------------ end to end


def test_what_nobody_marked_counts_against_precision_end_to_end_only(small: Gazetteer) -> None:
    link = answers(Ford="Q21", Port="Q29")
    assert scored(small, [mark("Ford", "Q21")], link, given=False).row("place") == (1 / 2, 1, pytest.approx(2 / 3))
    assert scored(small, [mark("Ford", "Q21")], link).row("place") == (1, 1, 1)


def test_kind_that_nobody_marked_anywhere_is_no_error(small: Gazetteer) -> None:
    link = answers(Ford="Q21", Bo_Ivanek="Q52")
    assert scored(small, [mark("Ford", "Q21")], link, given=False).row("all") == (1, 1, 1)


def test_name_that_extraction_did_not_find_is_lost_end_to_end(small: Gazetteer) -> None:
    golds = [mark("Ford", "Q21"), mark("fell", "Q29")]
    assert scored(small, golds, answers(Ford="Q21"), given=False).row("all") == (1, 1 / 2, pytest.approx(2 / 3))


@pytest.mark.parametrize(("words", "right"), [("Ivanek", 1), ("Bo Ivanek said", 1), ("Bo", 0)])
def test_span_that_overlaps_by_most_of_both_will_do_end_to_end(small: Gazetteer, words: str, right: int) -> None:
    golds = [mark(words, "Q52")]
    assert scored(small, golds, answers(Bo_Ivanek="Q52"), given=False).count("all", "right") == right


def test_each_text_is_told_when_done(small: Gazetteer) -> None:
    told: list[str] = []
    golds: list[tuple[Article, list[Gold]]] = [(Article(key, "", "x"), []) for key in "abc"]
    evaluate(
        golds,
        extract=lambda article: Extraction(article, RUN, ""),
        resolve=answers(),
        gazetteer=small,
        given=True,
        told=told.append,
    )
    assert told == ["a", "b", "c"]


@pytest.mark.parametrize("given", [True, False])
def test_real_linker_is_scored(small: Gazetteer, given: bool) -> None:
    text = "Ford, Hill Province, and Tarnby, Bland"
    cast = [
        Entity(key, ("Place",), words, mentions=(Mention(text.index(words), text.index(words) + len(words), words),))
        for key, words in (("f", "Ford"), ("h", "Hill Province"), ("t", "Tarnby"))
    ]
    golds = [Gold(0, 4, "Q21", None, frozenset(), None), Gold(25, 31, "Q23", None, frozenset(), None)]
    scores = evaluate(
        [(Article("a", "", text), golds)],
        extract=lambda _: extraction(text, *cast),
        resolve=Linker(small),
        gazetteer=small,
        given=given,
    )
    # Ford is right, Tarnby is the other one, and end to end nobody marked Hill Province.
    assert [scores.count("all", which) for which in ("right", "linked", "wanted")] == [1, 2 if given else 3, 2]
    assert (scores.near, scores.located) == (1, 2)
