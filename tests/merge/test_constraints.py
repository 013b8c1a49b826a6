"""What is never brought together, what always is, and what people say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kg.merge import judge, judgements, merge, undo
from kg.merge.queue import queue
from kg.store import Store
from tests.merge.world import DAY, Told, Toll, article, clusters, derived, event, put, take, together

SHELLED = Told(
    "Guns of the River Front shelled the grain harbour of Aster on Monday, killing 31.",
    actors=("River Front",), targets=("villagers",), tolls=(Toll(31),),
)  # fmt: skip
ALL_APART = [["a-0"], ["b-0"]]
ONE = [["a-0", "b-0"]]


def test_two_reports_of_one_happening_are_one_incident(store: Store) -> None:
    assert together(store, article("a", SHELLED), article("b", SHELLED, outlet="The Pier")) == ONE


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(SHELLED, type="Arrest"), id="another family"),
        pytest.param(replace(SHELLED, start=DAY + timedelta(2)), id="two days apart"),
        pytest.param(replace(SHELLED, places=("Birch",)), id="a town far off"),
        pytest.param(replace(SHELLED, places=("Lowshire",)), id="another province"),
        pytest.param(replace(SHELLED, places=("Dorn",)), id="a town near by in another country"),
        pytest.param(replace(SHELLED, places=("Sudmark",)), id="another country"),
    ],
)
def test_what_cannot_be_one_happening_is_not_whatever_else_is_the_same(store: Store, other: Told) -> None:
    assert together(store, article("a", SHELLED), article("b", other, outlet="The Pier")) == ALL_APART


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(SHELLED, type="Violence"), id="a type that says less"),
        pytest.param(replace(SHELLED, start=DAY - timedelta(1), end=DAY), id="overnight"),
        pytest.param(replace(SHELLED, places=("Cedar",)), id="a town near by"),
        pytest.param(replace(SHELLED, places=("Upshire",)), id="the province around it"),
        pytest.param(replace(SHELLED, places=("Norland",)), id="the country around it"),
        pytest.param(replace(SHELLED, places=("Ferry",)), id="a place that has no item"),
        pytest.param(replace(SHELLED, start=None), id="no day"),
        pytest.param(replace(SHELLED, start=date(2025, 6, 1), end=date(2025, 6, 30), precision="Month"), id="a month"),
    ],
)
def test_what_says_less_or_lies_near_may_be_the_same(store: Store, other: Told) -> None:
    assert together(store, article("a", SHELLED), article("b", other, outlet="The Pier")) == ONE


def test_a_bridge_does_not_bring_together_what_cannot_be_one(store: Store) -> None:
    """The middle article, which has no place, is like both; the two towns are far apart."""
    far = replace(SHELLED, places=("Birch",))
    middle = replace(SHELLED, places=())
    found = together(
        store, article("a", SHELLED), article("b", middle, outlet="The Pier"), article("c", far, outlet="The Mole")
    )
    assert len(found) == 2
    assert not any({"a-0", "c-0"} <= set(each) for each in found)


AGAIN = Told(
    "The ministry said that the River Front shelled the harbour.",
    actors=("River Front",), targets=("villagers",),
)  # fmt: skip


def test_what_one_article_tells_twice_of_one_day_and_place_is_one(store: Store) -> None:
    assert together(store, article("a", SHELLED, AGAIN)) == [["a-0", "a-1"]]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(AGAIN, type="Violence"), id="another type"),
        pytest.param(replace(AGAIN, end=DAY + timedelta(1)), id="another span of days"),
        pytest.param(replace(AGAIN, start=None), id="no day"),
        pytest.param(replace(AGAIN, places=("Cedar",)), id="another town"),
        pytest.param(replace(AGAIN, places=("Norland",)), id="only the country is the same"),
        pytest.param(replace(AGAIN, sentence=f"{AGAIN.sentence[:-1]} a second time."), id="a second"),
        pytest.param(replace(AGAIN, tolls=(Toll(2),)), id="another number by the same speaker"),
    ],
)
def test_what_one_article_tells_apart_stays_apart(store: Store, other: Told) -> None:
    assert together(store, article("a", SHELLED, other)) == [["a-0"], ["a-1"]]


def test_two_speakers_may_give_two_numbers_of_one_happening(store: Store) -> None:
    other = replace(AGAIN, tolls=(Toll(2, by="Jan Reed"),))
    assert together(store, article("a", SHELLED, other)) == [["a-0", "a-1"]]


def test_what_is_told_apart_stays_so_where_another_article_is_like_both(store: Store) -> None:
    second = replace(SHELLED, sentence="A second time its guns shelled the grain harbour of Aster, killing 31.")
    found = together(store, article("a", SHELLED, second), article("b", SHELLED, outlet="The Pier"))
    assert sorted(map(len, found)) == [1, 2]
    assert ["a-0", "a-1"] not in found


def test_different_keeps_apart_and_undo_restores(store: Store) -> None:
    before = together(store, article("a", SHELLED), article("b", SHELLED, outlet="The Pier"))
    graphs = derived(store)
    made = judge(store, event("b-0"), event("a-0"), "different", who="ana", why="an hour later")
    merge(store)
    assert (before, clusters(store)) == (ONE, ALL_APART)
    undo(store, made.name, who="ben")
    merge(store)
    assert derived(store) == graphs
    (kept,) = judgements(store)
    assert (kept.one, kept.other, kept.verb, kept.who, kept.why, kept.undoer) == (
        event("a-0"), event("b-0"), "different", "ana", "an hour later", "ben",
    )  # fmt: skip


def test_different_holds_for_the_groups_around_the_two(store: Store) -> None:
    put(store, *(article(id, SHELLED) for id in "abc"))
    judge(store, event("a-0"), event("c-0"), "different", who="ana")
    merge(store)
    assert sorted(map(len, clusters(store))) == [1, 2]
    assert not any({"a-0", "c-0"} <= set(each) for each in clusters(store))


OTHER_PLACE_AND_DAY = Told(
    "Police held a trader in Dorn.", "held", "Arrest", DAY + timedelta(90), places=("Dorn",), actors=("Jan Reed",)
)


def test_same_brings_together_what_no_block_has_and_no_rule_allows(store: Store) -> None:
    other = article("b", OTHER_PLACE_AND_DAY, published=DAY + timedelta(90))
    assert together(store, article("a", SHELLED), other) == ALL_APART
    graphs = derived(store)
    made = judge(store, event("a-0"), event("b-0"), "same", who="ana")
    merge(store)
    assert clusters(store) == ONE
    undo(store, made.name, who="ana")
    merge(store)
    assert derived(store) == graphs


@pytest.mark.parametrize("gone", ["a", "b"])
def test_what_was_the_same_as_one_that_is_gone_stands_for_itself(store: Store, gone: str) -> None:
    put(store, article("a", SHELLED), article("b", OTHER_PLACE_AND_DAY, published=DAY + timedelta(90)))
    judge(store, event("a-0"), event("b-0"), "same", who="ana")
    merge(store)
    take(store, gone)
    merge(store)
    updated = derived(store)
    merge(store, anew=True)
    assert updated == derived(store)


def test_same_does_not_bring_together_what_others_said_is_different(store: Store) -> None:
    put(store, *(article(id, SHELLED) for id in "abc"))
    for one, other, verb in (("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different")):
        judge(store, event(f"{one}-0"), event(f"{other}-0"), verb, who="ana")
    merge(store)
    assert clusters(store) == [["a-0", "b-0"], ["c-0"]]


def test_of_two_judgements_the_latest_counts(store: Store) -> None:
    put(store, article("a", SHELLED), article("b", SHELLED))
    judge(store, event("a-0"), event("b-0"), "different", who="ana")
    last = judge(store, event("b-0"), event("a-0"), "same", who="ben")
    merge(store)
    assert clusters(store) == ONE
    undo(store, last.name, who="ben")
    merge(store)
    assert clusters(store) == ALL_APART


VAGUE = Told("Fire was opened near the coast.", "Fire", "ArmedAttack", start=DAY, places=("Upshire",))


def test_unsure_takes_the_pair_out_of_the_queue_and_changes_nothing_else(store: Store) -> None:
    found = together(store, article("a", SHELLED), article("b", SHELLED), article("c", VAGUE, outlet="The Pier"))
    asked = [(pair.one.telling.iri, pair.other.telling.iri) for pair in queue(store)]
    assert asked
    for one, other in asked:
        judge(store, one, other, "unsure", who="ana")
    merge(store)
    assert queue(store) == []
    assert clusters(store) == found


def test_the_queue_has_the_least_sure_first_and_no_more_than_asked_for(store: Store) -> None:
    together(store, article("a", SHELLED), article("b", VAGUE), article("c", VAGUE, outlet="The Pier"))
    doubts = [pair.doubt for pair in queue(store)]
    assert len(doubts) > 1
    assert doubts == sorted(doubts, reverse=True)
    assert [pair.doubt for pair in queue(store, limit=1)] == doubts[:1]
