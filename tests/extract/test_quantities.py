"""Numbers in words and digits: their value, and the quantity of a noun with its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.parsing import pipeline
from kg.extract.quantities import number, value

# fmt: off
VALUES = [
    ("7", 7), ("1,200", 1200), ("12,000,000", 12_000_000), ("seven", 7), ("twenty-five", 25), ("twenty five", 25),
    ("1.5 million", 1_500_000), ("2 million", 2_000_000), ("two hundred", 200), ("three thousand", 3000),
    ("one hundred and twenty", 120), ("hundred", 100), ("3 dozen", 36), ("1.5", None), ("many", None), ("", None),
    ("0.1 million", 100_000), ("eleven", 11), ("ninety-nine", 99),
]
PHRASES = [  # text, the noun, (count, low, high, total)
    ("Nine soldiers fled.", "soldiers", (9, None, None, None)),
    ("1,200 soldiers fled.", "soldiers", (1200, None, None, None)),
    ("At least 28 soldiers fled.", "soldiers", (None, 28, None, None)),
    ("More than 40 soldiers fled.", "soldiers", (None, 40, None, None)),
    ("No fewer than 15 soldiers fled.", "soldiers", (None, 15, None, None)),
    ("Up to 30 soldiers fled.", "soldiers", (None, None, 30, None)),
    ("As many as 30 soldiers fled.", "soldiers", (None, None, 30, None)),
    ("Nearly 50 soldiers fled.", "soldiers", (None, None, 50, None)),
    ("About 50 soldiers fled.", "soldiers", (50, None, None, None)),
    ("Between four and six soldiers fled.", "soldiers", (None, 4, 6, None)),
    ("Between 4 and 6 soldiers fled.", "soldiers", (None, 4, 6, None)),
    ("Some 10-15 soldiers fled.", "soldiers", (None, 10, 15, None)),
    ("Ten or more soldiers fled.", "soldiers", (None, 10, None, None)),
    ("Two dozen people fled.", "people", (24, None, None, None)),
    ("Dozens of people fled.", "people", (None, 24, None, None)),
    ("A couple of soldiers fled.", "soldiers", (2, None, None, None)),
    ("A soldier fled.", "soldier", (1, None, None, None)),
    ("They shot down 52 of the 80 drones.", "52", (52, None, None, 80)),
    ("Soldiers fled.", "Soldiers", None),
    ("Several soldiers fled.", "soldiers", None),
    ("Six to eight soldiers fled.", "soldiers", (None, 6, 8, None)),
    ("Twenty-three soldiers fled.", "soldiers", (23, None, None, None)),
    ("1.5 million people fled.", "people", (1_500_000, None, None, None)),
]
OPEN: list[tuple[str, str, tuple[int | None, ...] | None]] = [
    ("Hundreds of people fled.", "people", (None, 200, None, None)),
    ("Tens of thousands of people fled.", "people", (None, 20_000, None, None)),
    ("They paid $2 million.", "million", None),
]
# fmt: on


@pytest.mark.parametrize(("words", "wanted"), VALUES)
def test_value(words: str, wanted: int | None) -> None:
    assert value(words.split()) == wanted


@given(st.integers(min_value=0, max_value=10**12))
def test_value_of_digits_with_commas(amount: int) -> None:
    assert value([f"{amount:,}"]) == value([str(amount)]) == amount


@pytest.mark.parametrize(
    ("text", "noun", "wanted"),
    [
        *PHRASES,
        *(pytest.param(*one, marks=pytest.mark.xfail(strict=True, reason=f"open: {one[0]}")) for one in OPEN),
    ],
)
def test_quantity_of_a_noun(text: str, noun: str, wanted: tuple[int | None, ...] | None) -> None:
    found = number(next(token for token in pipeline()(text) if token.text == noun))
    assert (found and (found.count, found.low, found.high, found.total)) == wanted
