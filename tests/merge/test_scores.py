"""MUC, B³ and CEAF-e against examples that are worked out by hand."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.merge.scores import Score, Scores, scores

Clusters = Sequence[frozenset[str]]


def clusters(*words: str) -> Clusters:
    """Each letter of a word is a mention of its cluster."""
    return [frozenset(word) for word in words]


GOLD = clusters("abcde", "fg", "hijkl")


def rounded(score: Score) -> tuple[float, float, float]:
    return round(score.precision, 4), round(score.recall, 4), round(score.f1, 4)


def test_the_example_of_bagga_and_baldwin_where_a_small_one_is_mixed_in() -> None:
    """Their first response: fg and hijkl are one. 9 links are in the gold, and the response has 10."""
    found = scores(GOLD, clusters("abcde", "fghijkl"))
    assert rounded(found.muc) == (0.9, 1.0, round(18 / 19, 4))
    # a-e are right; f and g see 2 of 7, h-l see 5 of 7: (5 + 2 * 2/7 + 5 * 5/7) / 12 = 64/84
    assert rounded(found.b_cubed) == (0.7619, 1.0, 0.8649)
    # abcde pairs for 1, hijkl with the other for 2 * 5 / (5 + 7) = 10/12: 22/12 over 2 and over 3 clusters
    assert rounded(found.ceaf_e) == (0.9167, 0.6111, 0.7333)


def test_the_example_of_bagga_and_baldwin_where_two_great_ones_are_mixed_up() -> None:
    """Their second response: abcde and hijkl are one. MUC is as before, B³ is lower."""
    found = scores(GOLD, clusters("abcdehijkl", "fg"))
    assert rounded(found.muc) == (0.9, 1.0, round(18 / 19, 4))
    # ten mentions see 5 of 10, two see all: (10 * 1/2 + 2) / 12 = 7/12
    assert rounded(found.b_cubed) == (0.5833, 1.0, 0.7368)
    # fg pairs for 1, one of the great ones for 2 * 5 / 15 = 2/3: 5/3 over 2 and over 3 clusters
    assert rounded(found.ceaf_e) == (0.8333, 0.5556, 0.6667)


def test_the_pairing_of_luo_is_the_best_one_over_all() -> None:
    """abc|de against ab|cde: the pairs weigh 4/5 and 4/5, crosswise 2/6 and 0."""
    found = scores(clusters("abc", "de"), clusters("ab", "cde"))
    assert rounded(found.ceaf_e) == (0.8, 0.8, 0.8)
    # links: abc has 2, de 1; within ab is 1 of 1, within cde 1 of 2
    assert rounded(found.muc) == (round(2 / 3, 4), round(2 / 3, 4), round(2 / 3, 4))
    # precision: a, b: 1, c: 1/3, d, e: 2/3, so (2 + 1/3 + 4/3) / 5 = 11/15; recall the same
    assert rounded(found.b_cubed) == (0.7333, 0.7333, 0.7333)


def test_the_greedy_pairing_is_not_taken() -> None:
    """abcd|e against abe|cd: abcd weighs 4/7 with abe and 2/3 with cd; e 1/2 with abe. 2/3 + 1/2 is the most."""
    found = scores(clusters("abcd", "e"), clusters("abe", "cd"))
    assert rounded(found.ceaf_e) == (0.5833, 0.5833, 0.5833)


def test_conll_is_the_mean_of_the_three() -> None:
    found = scores(GOLD, clusters("abcde", "fghijkl"))
    assert round(found.conll, 4) == round((18 / 19 + 0.86486 + 0.73333) / 3, 4)


def test_what_is_right_has_all_ones() -> None:
    one = Score(1.0, 1.0)
    assert scores(GOLD, list(reversed(GOLD))) == Scores(one, one, one)


def test_each_by_itself() -> None:
    found = scores(GOLD, clusters(*"abcdefghijkl"))
    assert rounded(found.muc) == (1.0, 0.0, 0.0)
    # recall: five see 1/5, two 1/2, five 1/5: (1 + 1 + 1) / 12
    assert rounded(found.b_cubed) == (1.0, 0.25, 0.4)
    # two pairs weigh 2/6, one 2/3: 4/3 over 12 and over 3 clusters
    assert rounded(found.ceaf_e) == (0.1111, 0.4444, 0.1778)


def test_all_in_one() -> None:
    found = scores(GOLD, clusters("abcdefghijkl"))
    assert rounded(found.muc) == (round(9 / 11, 4), 1.0, 0.9)
    # precision: (5 * 5 + 2 * 2 + 5 * 5) / 12 / 12 = 54/144
    assert rounded(found.b_cubed) == (0.375, 1.0, 0.5455)
    # one pair weighs 10/17, over 1 and over 3 clusters
    assert rounded(found.ceaf_e) == (0.5882, 0.1961, 0.2941)


MENTIONS = "abcdefghi"


def partition(labels: Iterable[int]) -> Clusters:
    found: dict[int, set[str]] = {}
    for mention, label in zip(MENTIONS, labels, strict=True):
        found.setdefault(label, set()).add(mention)
    return [frozenset(each) for each in found.values()]


PARTITIONS = st.lists(st.integers(0, 5), min_size=len(MENTIONS), max_size=len(MENTIONS)).map(partition)


@given(PARTITIONS, PARTITIONS)
def test_scores_lie_between_0_and_1_and_turn_round(gold: Clusters, found: Clusters) -> None:
    there, back = scores(gold, found), scores(found, gold)
    for one, other in ((there.muc, back.muc), (there.b_cubed, back.b_cubed), (there.ceaf_e, back.ceaf_e)):
        assert 0 <= min(one.precision, one.recall, one.f1) <= max(one.precision, one.recall, one.f1) <= 1
        assert (one.precision, one.recall) == pytest.approx((other.recall, other.precision))
    assert 0 <= there.conll <= 1


@given(PARTITIONS)
def test_the_gold_itself_has_all_ones(gold: Clusters) -> None:
    assert scores(gold, gold).conll == pytest.approx(1)
