import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.repair import plain, repair

PIECES = st.sampled_from(
    [
        "The attack",
        "side, a",
        "incident.The",
        "U.S.Army",
        "e.g.",
        "3.5",
        "“We ran.",
        "he said",
        "\n",
        "\n\n",
        " ",
        ".",
        "!",
    ]
    + ["”", "https://a.Example/B.The", "al-Noor", "World", "two of the many drones", "2014.The", "\u00a0"]
    + ["and nobody was hurt when the roof of the place fell."]
)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("in the incident.The latest round", "in the incident. The latest round"),
        ("They left in 2014.The town fell.", "They left in 2014. The town fell."),
        ("said the mayor.”The strike", "said the mayor.” The strike"),
        ("It fell.“We ran,” he said.", "It fell. “We ran,” he said."),
        ("sent by NATO.The aid", "sent by NATO. The aid"),
        ("but with no movement on either \n\nside, a settlement", "but with no movement on either side, a settlement"),
        ("with each side launching\nstrikes at night", "with each side launching strikes at night"),
        ("one\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("a\u00a0  b \t c", "a b c"),
    ],
)
def test_repairs(broken: str, whole: str) -> None:
    assert repair(plain(broken)) == whole


@pytest.mark.parametrize(
    "text",
    [
        "The U.S.Army moved.",
        "Weapons, e.g.Stingers, came.",
        "It weighs 3.5 tons.",
        "See https://news.example/War.Htm or www.News.Example now.",
        "Write to desk.Editor@news.example today.",
        "He booked on Booking.Com yesterday.",
        "J.R.Smith spoke at 9 a.m.Monday.",
        "The talks ended on Monday night.\n\neBay said nothing.",
        "World\n\nbreaking it down",
        "The militants then left the city\n\nal-Noor mosque was empty.",
        "They listed three demands:\n\nfirst, a truce.",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert repair(text) == text


def test_hard_wrapped_paragraph_becomes_one_line() -> None:
    wrapped = (
        "Two rockets hit a warehouse in the port of Odesa on Tuesday, the mayor of\n"
        "Odesa told reporters there. Nobody was hurt when the roof of the place in\n"
        "Odesa fell."
    )
    assert repair(wrapped) == wrapped.replace("\n", " ")


def test_invisible_characters_go() -> None:
    assert plain("\ufeffKhar\u00adkiv\u200b") == "Kharkiv"


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(plain(text))
    assert repair(plain(once)) == once


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_only_white_space_changes(text: str) -> None:
    clean = plain(text)
    assert "".join(repair(clean).split()) == "".join(clean.split())
