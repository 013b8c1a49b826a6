"""Logical subjects and objects of a verb, read off the parse."""
# ruff: noqa: E501 - a row a line reads as a table

import pytest
from spacy.tokens import Token

from kg.extract.arguments import objects, subjects
from kg.extract.parsing import pipeline
from kg.extract.syntax import core, governor, negated, prepositional

# fmt: off
ARGUMENTS = [  # text, verb, who does it, to whom
    ("Rebels attacked the base.", "attacked", ["Rebels"], ["base"]),
    ("The base was attacked by rebels.", "attacked", ["rebels"], ["base"]),
    ("The base was attacked.", "attacked", [], ["base"]),
    ("Rebels attacked the base and captured a bridge.", "captured", ["Rebels"], ["bridge"]),
    ("Rebels and deserters attacked the base.", "attacked", ["Rebels", "deserters"], ["base"]),
    ("Rebels attacked the base and the bridge.", "attacked", ["Rebels"], ["base", "bridge"]),
    ("The rebels who attacked the base fled.", "attacked", ["rebels"], ["base"]),
    ("The base which rebels attacked was empty.", "attacked", ["rebels"], ["base"]),
    ("The villages captured by soldiers lie along the road.", "captured", ["soldiers"], ["villages"]),
    ("Soldiers tried to capture the village.", "capture", ["Soldiers"], ["village"]),
    ("Soldiers stormed the town, killing two priests.", "killing", ["Soldiers"], ["priests"]),
    ("The general ordered soldiers to attack the town.", "attack", ["soldiers"], ["town"]),
    ("Two soldiers were killed and nine wounded.", "killed", [], ["soldiers"]),
]
QUANTIFIED = [("Dozens of people fled.", "Dozens", "people"), ("Two of the attackers fled.", "Two", "attackers"), ("Nine soldiers fled.", "soldiers", "soldiers")]
GOVERNED = [
    ("The army launched an attack.", "attack", "launched", "object"),
    ("The attack killed nine men.", "attack", "killed", "subject"),
    ("Nine men died in the attack.", "attack", "died", "in"),
]
NEGATED = [("Rebels did not attack the base.", "attack", True), ("Rebels never attacked the base.", "attacked", True), ("Rebels attacked the base.", "attacked", False)]
# fmt: on


def token(text: str, word: str) -> Token:
    """The first token of a text that reads as the word."""
    return next(one for one in pipeline()(text) if one.text == word)


@pytest.mark.parametrize(("text", "verb", "who", "whom"), ARGUMENTS, ids=[row[0] for row in ARGUMENTS])
def test_arguments(text: str, verb: str, who: list[str], whom: list[str]) -> None:
    head = token(text, verb)
    assert [one.text for one in subjects(head)] == who
    assert [one.text for one in objects(head)] == whom


@pytest.mark.parametrize(("text", "word", "counted"), QUANTIFIED)
def test_core_of_a_quantity(text: str, word: str, counted: str) -> None:
    assert core(token(text, word)).text == counted


@pytest.mark.parametrize(("text", "noun", "verb", "how"), GOVERNED)
def test_governor_of_a_noun(text: str, noun: str, verb: str, how: str) -> None:
    found, way = governor(token(text, noun))
    assert found is not None
    assert (found.text, way) == (verb, how)


@pytest.mark.parametrize(("text", "verb", "is_negated"), NEGATED)
def test_negation(text: str, verb: str, is_negated: bool) -> None:
    assert negated(token(text, verb)) is is_negated


def test_objects_of_chosen_prepositions() -> None:
    verb = token("Rebels fired at the base with mortars on Monday.", "fired")
    assert [one.text for one in prepositional(verb, "at")] == ["base"]
    assert [one.text for one in prepositional(verb, "with")] == ["mortars"]
