"""How linking is scored on gold links."""

from collections.abc import Callable
from typing import Any

import pytest

from kg.link import Linker
from kg.link.evaluate import Scores, evaluate
from kg.link.gold import Gold
from kg.model import Article, Entity, Extraction, Link, Mention
from kg.names import Gazetteer
from tests.link.handmade import RUN, extraction, person, place

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
