"""Which of several articles is the original, whatever the order and however often it is asked."""

from __future__ import annotations

import random

import pytest

from kg.copies import Originals, sketch

WORDS = "river bridge convoy hills market fever timber salt bread window letter engine harbour winter bell".split()


def text(seed: int, *, words: int = 200) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) + rng.choice("aeiou") for _ in range(words))


def changed(whole: str, *, every: int) -> str:
    """The text with one in `every` words changed."""
    return " ".join(f"{word}x" if n % every == 0 else word for n, word in enumerate(whole.split(), 1))


@pytest.fixture
def originals() -> Originals:
    found = Originals()
    for seed in range(40):
        found.add(f"article-{seed:02}", sketch(text(seed)))
    return found


def test_a_copy_is_found_among_others(originals: Originals) -> None:
    assert originals.original_of("new", sketch(text(17))) == "article-17"
    assert originals.original_of("new", sketch(text(99))) is None


def test_a_text_that_is_new_by_a_third_is_no_copy(originals: Originals) -> None:
    assert originals.original_of("new", sketch(f"{text(99, words=20)} {text(17)}")) == "article-17"
    assert originals.original_of("new", sketch(f"{text(99, words=100)} {text(17)}")) is None


def test_an_article_is_no_copy_of_itself(originals: Originals) -> None:
    assert originals.original_of("article-17", sketch(text(17))) is None


def test_a_changed_article_is_no_copy_of_what_it_was(originals: Originals) -> None:
    assert originals.original_of("article-17", sketch(changed(text(17), every=50))) is None


def test_an_original_stays_one_when_a_copy_came_in_beside_it(originals: Originals) -> None:
    originals.add("twin", sketch(text(17)))
    assert originals.original_of("article-17", sketch(text(17))) is None


def test_a_changed_article_can_be_a_copy(originals: Originals) -> None:
    assert originals.original_of("article-17", sketch(text(18))) == "article-18"


def test_the_most_similar_is_the_original(originals: Originals) -> None:
    originals.add("a-near", sketch(changed(text(17), every=50)))
    assert originals.original_of("new", sketch(text(17))) == "article-17"


def test_of_equals_the_first_by_id_is_the_original(originals: Originals) -> None:
    originals.add("b", sketch(text(99)))
    originals.add("a", sketch(text(99)))
    assert originals.original_of("new", sketch(text(99))) == "a"


def test_what_an_earlier_run_said_is_kept_while_it_holds(originals: Originals) -> None:
    originals.add("near", sketch(changed(text(17), every=50)))
    copy = sketch(text(17))
    assert originals.original_of("new", copy, told="near") == "near"
    assert originals.original_of("new", copy, told="article-03") == "article-17"
    assert originals.original_of("new", copy, told="gone") == "article-17"
    assert originals.original_of("near", copy, told="near") == "article-17"


def test_what_is_dropped_is_found_no_more(originals: Originals) -> None:
    originals.drop("article-17")
    originals.drop("never there")
    assert originals.original_of("new", sketch(text(17))) is None


def test_an_added_article_takes_the_place_of_what_had_its_id(originals: Originals) -> None:
    originals.add("article-17", sketch(text(99)))
    assert originals.original_of("new", sketch(text(17))) is None
    assert originals.original_of("new", sketch(text(99))) == "article-17"


def test_the_order_in_which_they_came_does_not_matter() -> None:
    sketches = {f"article-{seed}": sketch(changed(text(5), every=30 + seed)) for seed in range(12)}
    found = set()
    for order in range(5):
        originals = Originals()
        for id in random.Random(order).sample(sorted(sketches), len(sketches)):
            originals.add(id, sketches[id])
        found.add(originals.original_of("new", sketch(text(5))))
    assert len(found) == 1
    assert found < set(sketches)


def test_many_articles_are_held_and_dropped_again() -> None:
    originals, rng = Originals(), random.Random(0)
    sketches = {str(n): rng.randbytes(190) + b"\xc8\x00" for n in range(2000)}
    for id, one in sketches.items():
        originals.add(id, one)
    for id in list(sketches)[::2]:
        originals.drop(id)
        originals.add(f"again-{id}", sketches[id])
    assert all(originals.original_of("new", sketches[str(n)]) == str(n) for n in range(1, 2000, 2))
    assert all(originals.original_of("new", sketches[str(n)]) == f"again-{n}" for n in range(0, 2000, 2))
