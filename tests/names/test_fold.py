import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold, surface


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
