"""Agency copy is known in other outlets' words around it; a follow-up with a new number or place is none."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.copies import Originals, similarity, sketch
from kg.demo import corpus
from kg.model import Article
from kg.read import articles
from tests.copies.variants import COPIES, FOLLOW_UPS, Variant, cut

DISPATCH = """\
MIRNA (North Wire) - Two rockets struck a grain terminal in the port of Mirna before dawn on Tuesday, killing 12 people
and wounding 30, the regional governor said.

Firefighters fought the blaze for six hours. A third rocket fell into the sea, and a fourth was shot down near the
village of Dobra, the navy said in a statement.

The port handles half of the country's grain exports. It had been spared since the truce of March, which both sides
accuse each other of breaking.

"We will go on loading ships," said its director, Ivan Petrenko, who stood before a burnt crane.

The foreign ministry called the attack a crime and asked for a meeting of the Security Council. There was no word from
the other side, which has said before that it strikes military targets only.
"""


@cache
def texts() -> tuple[str, ...]:
    """The demo's articles, and the dispatch."""
    return DISPATCH, *(article.text for article in articles(corpus()) if isinstance(article, Article))


def copy_of(text: str, original: str) -> str | None:
    originals = Originals()
    originals.add("first", sketch(original))
    return originals.original_of("second", sketch(text))


@pytest.mark.parametrize("variant", COPIES.values(), ids=COPIES)
def test_agency_copy_is_known_again(variant: Variant) -> None:
    assert [text for text in texts() if copy_of(variant(text), text) is None] == []


@pytest.mark.parametrize("variant", FOLLOW_UPS.values(), ids=FOLLOW_UPS)
def test_a_follow_up_is_no_copy(variant: Variant) -> None:
    assert [text for text in texts() if copy_of(variant(text), text) is not None] == []


def test_articles_on_the_same_war_are_no_copies() -> None:
    originals = Originals()
    for number, text in enumerate(texts()):
        assert originals.original_of(str(number), sketch(text)) is None
        originals.add(str(number), sketch(text))


def test_a_number_is_the_same_in_words_and_figures() -> None:
    spelt = DISPATCH.replace("12 people", "twelve people").replace("wounding 30", "wounding thirty")
    assert copy_of(spelt.replace("six hours", "6 hours"), DISPATCH) == "first"


def test_a_known_number_of_something_else_is_new() -> None:
    assert copy_of(DISPATCH.replace("for six hours", "for 12 hours"), DISPATCH) is None


def test_a_rewritten_number_in_tens_is_new() -> None:
    original = DISPATCH.replace("12 people", "twenty-five people")
    assert copy_of(DISPATCH.replace("12 people", "25 people"), original) == "first"
    assert copy_of(DISPATCH.replace("12 people", "twenty-six people"), original) is None


def test_half_of_an_article_is_a_copy_of_the_whole_and_the_whole_none_of_the_half() -> None:
    text = texts()[-1]
    assert copy_of(cut(text, 0.45), text) == "first"
    assert copy_of(text, cut(text, 0.45)) is None


def test_a_short_text_is_a_copy_of_the_same_words_only() -> None:
    alert = "Explosions are heard in the city of Mirna, its mayor says. People are asked to stay where they are."
    assert copy_of(alert, alert) == "first"
    assert copy_of(f"{alert} More soon.", alert) is None


def test_an_empty_text_has_a_sketch() -> None:
    assert len(sketch("")) == 192
    assert copy_of(DISPATCH, "") is None


def test_sketches_are_the_same_everywhere() -> None:
    assert blake2b(sketch(DISPATCH), digest_size=8).hexdigest() == "eae8428df7921a51"


WORDS = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "or", "il")]


@settings(deadline=None, max_examples=60)
@given(st.permutations(WORDS), st.integers(0, 100), st.integers(0, 100))
def test_similarity_is_near_the_jaccard_index(words: list[str], only_first: int, only_second: int) -> None:
    """Within four standard errors of what the sets of shingles have, counted one by one."""
    first = [*words[:100], *(f"x{word}" for word in WORDS[:only_first])]
    second = [*words[:100], *(f"y{word}" for word in WORDS[:only_second])]
    sets = [set(zip(one, one[1:], one[2:], strict=False)) for one in (first, second)]
    true = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert abs(similarity(sketch(" ".join(first)), sketch(" ".join(second))) - true) < 0.19


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_like_itself(text: str) -> None:
    assert similarity(sketch(text), sketch(text)) == 1.0
    assert copy_of(text, text) == "first"
