"""What changes of a store leave in its text index, and what a crash in the middle of one does."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, Triple

from kg.store.text import TextIndex
from tests.store.test_text import EXACT, LABEL, MENTION, PREF, TEXT, found, node, said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "text.sqlite"


@pytest.fixture
def index(path: Path) -> Iterator[TextIndex]:
    with TextIndex(path) as opened:
        opened.rebuild(
            [
                said("kyiv", "Kyiv"),
                said("seville", "Seville"),
                said("s2", "Both sides agreed to a cease-fire in Kyiv.", EXACT),
            ]
        )
        yield opened


def test_change(index: TextIndex) -> None:
    index.prepare([said("kyiv", "Kyiv")], [said("kyiv", "Kyiv City"), said("lviv", "Lviv")])
    assert found(index, "kyiv -agreed") == ["kyiv"]
    assert found(index, "lviv") == []
    index.finish()
    assert found(index, "city") == ["kyiv"]
    assert found(index, "lviv") == ["lviv"]
    index.prepare([said("kyiv", "Kyiv City"), said("nobody", "was never there")], [])
    index.finish()
    assert found(index, "kyiv") == ["s2"]


@pytest.mark.parametrize("twin", [said("kyiv", "Kyiv", PREF), said("kyiv", "Kyiv", language="en")])
def test_text_of_two_triples_goes_with_the_second(index: TextIndex, twin: Triple) -> None:
    index.prepare([], [twin])
    index.finish()
    assert found(index, "kyiv") == ["kyiv", "s2"]
    index.prepare([said("kyiv", "Kyiv")], [])
    index.finish()
    assert found(index, "kyiv") == ["kyiv", "s2"]
    index.prepare([twin], [])
    index.finish()
    assert found(index, "kyiv") == ["s2"]


def test_mentions_count_as_they_come_and_go(index: TextIndex) -> None:
    mentions = [Triple(node("b"), MENTION, node(f"m{n}")) for n in range(2)]
    index.prepare([], [said("a", "Ivan Ash"), said("b", "Ivan Birch"), *mentions])
    index.finish()
    assert found(index, "ivan") == ["b", "a"]
    index.prepare(mentions, [])
    index.finish()
    assert found(index, "ivan") == ["a", "b"]


def test_emptied(index: TextIndex) -> None:
    index.prepare([], [said("lviv", "Lviv")], emptied=True)
    assert found(index, "seville") == ["seville"]
    index.finish()
    assert found(index, "seville") == []
    assert found(index, "lviv") == ["lviv"]
    index.prepare([said("lviv", "Lviv")], [])
    index.finish()
    assert found(index, "lviv") == []


@pytest.mark.parametrize("done", [True, False])
def test_crash_before_finish(index: TextIndex, path: Path, done: bool) -> None:
    old, new = said("kyiv", "Kyiv"), Triple(node("x"), LABEL, Literal("ל\n\t\"'\\\0 Lviv", language="he"))
    index.prepare([old], [new])
    index.close()
    with TextIndex(path) as again:
        assert not again.needs_rebuild
        assert again.recover(lambda triple: triple == (new if done else old)) == 2
        assert found(again, "kyiv") == (["s2"] if done else ["kyiv", "s2"])
        assert found(again, "lviv") == (["x"] if done else [])
        assert again.recover(lambda _: False) == 0
        again.finish()
        assert found(again, "lviv") == (["x"] if done else [])


def test_crash_while_emptied_needs_a_rebuild(index: TextIndex, path: Path) -> None:
    index.prepare([], [said("lviv", "Lviv")], emptied=True)
    index.close()
    for _ in range(2):  # it stays so until it is done
        with TextIndex(path) as again:
            assert again.needs_rebuild
            assert again.is_current
            assert again.recover(lambda _: True) == -1
            again.prepare([], [said("lviv", "Lviv")])
            again.finish()
    with TextIndex(path) as again:
        again.rebuild([said("odesa", "Odesa")])
        assert not again.needs_rebuild
        assert again.recover(lambda _: True) == 0
        assert found(again, "lviv") == []
        assert found(again, "odesa") == ["odesa"]


def test_refused_change_is_recovered(index: TextIndex) -> None:
    index.prepare([said("kyiv", "Kyiv")], [said("lviv", "Lviv")])
    assert index.recover(lambda triple: triple == said("kyiv", "Kyiv")) == 2
    index.prepare([], [said("x", "Lutsk")])
    index.finish()
    assert (found(index, "kyiv"), found(index, "lviv"), found(index, "lutsk")) == (["kyiv", "s2"], [], ["x"])


WORDS = ("kyiv", "odesa", "fire")
LITERALS = st.builds(
    lambda words, language: Literal(" ".join(words), language=language),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.sampled_from([None, "en", "uk"]),
) | st.sampled_from([Literal("kyiv\0"), Literal("fire", language="he", direction=BaseDirection.RTL), Literal(7)])
NODES = st.sampled_from([node(n) for n in "abc"])
TRIPLES = st.builds(Triple, NODES, st.sampled_from([LABEL, PREF, TEXT]), LITERALS) | st.builds(
    Triple, NODES, st.just(MENTION), st.sampled_from([node(n) for n in "xyz"])
)
STEPS = st.lists(
    st.tuples(st.sets(TRIPLES), st.sampled_from(["done", "done", "done", "crashed", "refused", "emptied"])), max_size=8
)


def has(triple: Triple, word: str) -> bool:
    said = triple.object
    return triple.predicate != TEXT and isinstance(said, Literal) and word in said.value.replace("\0", " ").split()


def mentions(path: Path) -> dict[str, int]:
    """How many mentions each node is counted to have."""
    index = sqlite3.connect(path)
    counted = dict(index.execute("SELECT node, mentions FROM weights").fetchall())
    index.close()
    return counted


@settings(deadline=None)
@given(steps=STEPS)
def test_index_is_what_the_store_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[Triple], str]]
) -> None:
    path = tmp_path_factory.mktemp("model") / "index"
    union: set[Triple] = set()
    index = TextIndex(path)
    index.rebuild(union)
    for turned, how in steps:
        gone, new = turned & union, turned - union
        index.prepare([] if how == "emptied" else gone, new, emptied=how == "emptied")
        if how != "refused":
            union = new if how == "emptied" else (union | new) - gone
        if how in ("done", "emptied"):
            index.finish()
        else:
            if how == "crashed":
                index.close()
                index = TextIndex(path)
            index.recover(union.__contains__)
        for word in WORDS:
            assert {hit for hit, _ in index.search(word)} == {t.subject for t in union if has(t, word)}
        assert mentions(path) == Counter(t.subject.value for t in union if t.predicate == MENTION)
    checked = sqlite3.connect(path)
    checked.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    checked.close()
    index.close()
