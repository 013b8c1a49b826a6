import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold, skeleton, surface
from kg.names.fold import likeness


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kharkiv’s", "kharkiv"),
        ("the Emirates'", "emirates"),
        ("Côte d’Ivoire", "cote divoire"),
        ("al-Qa'ida", "al qaida"),
        ("U.S.", "us"),
        ("The United Nations", "united nations"),
        ("Deir  ez‑Zor", "deir ez zor"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("Houthis", "houthis"),
        ("The", "the"),
        ("", ""),
    ],
)
def test_spellings_fold_to_one_key(name: str, key: str) -> None:
    assert fold(name) == key


def test_the_surface_keeps_case() -> None:
    assert surface("the U.S.") == "US"
    assert surface("us") == "us"


@given(st.text(max_size=30))
def test_a_key_has_no_spaces_at_its_ends_and_none_doubled(name: str) -> None:
    assert fold(name) == " ".join(fold(name).split())


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zelenskiy", "Zelensky"),
        ("Dayr az-Zor", "Deir ez-Zor"),
        ("Qaddafi", "Gaddafi"),
        ("Mohammed Deif", "Muhammad Daif"),
    ],
)
def test_transliterations_have_one_skeleton(name: str, other: str) -> None:
    assert skeleton(name) == skeleton(other) != ""


@pytest.mark.parametrize("name", ["Aa", "Киев", "", "7th"])
def test_too_little_or_another_script_has_no_skeleton(name: str) -> None:
    assert skeleton(name) == ""


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1, max_size=3).map(" ".join)


@given(WORDS, WORDS)
def test_likeness_is_of_two_names_whichever_comes_first(name: str, other: str) -> None:
    assert likeness(name, name) == 1.0
    assert likeness(name, other) == pytest.approx(likeness(other, name))
    assert likeness(name, other) <= 1.0


def test_likeness_tells_spellings_from_other_names() -> None:
    assert likeness("volodymyr zelensky", "volodymyr zelenskyy") > 0.8
    assert likeness("khan younis", "khanyounis") > 0.8
    assert likeness("ivan petrov", "ivan sidorov") == 0.0
    assert likeness("oman", "iran") < 0.8
