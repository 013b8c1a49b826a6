"""The lexicon: what words mean which code, that none means two, and that it loads quickly."""

import subprocess
import sys
from collections import Counter

import pytest

import ontology
from ontology import Trigger


@pytest.mark.parametrize(
    ("scheme", "words", "pos", "code"),
    [
        ("EventType", "air strike", "noun", "AirStrike"),
        ("EventType", "shoot down", "verb", "Interception"),
        ("EventType", "open fire", "verb", "ArmedAttack"),
        ("EventType", "suicide bombing", "noun", "Bombing"),
        ("EventType", "peace talk", "noun", "Talks"),
        ("EventType", "ceasefire talk", "noun", "Talks"),
        ("EventType", "ceasefire", "noun", "Ceasefire"),
        ("EventType", "ceasefire violation", "noun", "Violence"),
        ("EventType", "prisoner swap", "noun", "PrisonerExchange"),
        ("EventType", "hunger strike", "noun", "Protest"),
        ("EventType", "call for", "verb", "Demand"),
        ("EventType", "arms delivery", "noun", "MilitaryAid"),
        ("EventType", "flee", "verb", "Flight"),
        ("Measure", "dead", "noun", "Killed"),
        ("Measure", "injure", "verb", "Wounded"),
        ("Measure", "shoot down", "verb", "Intercepted"),
        ("Kind", "ballistic missile", "noun", "BallisticMissiles"),
        ("Kind", "uav", "noun", "Drones"),
        ("Kind", "resident", "noun", "Civilians"),
        ("Kind", "apartment block", "noun", "Homes"),
        ("Kind", "power plant", "noun", "EnergyFacilities"),
        ("Factuality", "deny", "verb", "Denied"),
        ("Factuality", "plan", "noun", "Planned"),
    ],
)
def test_words_mean_a_code(scheme: str, words: str, pos: str, code: str) -> None:
    assert Trigger(tuple(words.split()), pos, code) in ontology.lexicon(scheme)  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_no_words_mean_two_codes_of_a_scheme(scheme: str) -> None:
    seen = Counter((trigger.words, trigger.pos) for trigger in ontology.lexicon(scheme))
    assert [words for words, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("scheme", ontology.SCHEMES)
def test_labels_keep_the_convention(scheme: str) -> None:
    for code in ontology.codes(scheme).values():
        for word in (*code.nouns, *code.verbs):
            assert word == " ".join(word.lower().split()), code.name
        assert not [noun for noun in code.nouns if noun.startswith("to ")], code.name
        assert not [verb for verb in code.verbs if verb.startswith("to ")], code.name


@pytest.mark.parametrize("scheme", ["EventType", "Measure", "Factuality"])
def test_every_code_has_triggers(scheme: str) -> None:
    assert {trigger.code for trigger in ontology.lexicon(scheme)} == set(ontology.codes(scheme))


@pytest.mark.parametrize(
    ("label", "words"),
    [("carpet-bombing", ("carpet", "bombing")), ("kh-101 missile", ("kh-101", "missile")),
     ("children's hospital", ("children", "'s", "hospital"))],
)  # fmt: skip
def test_labels_are_split_as_the_tokenizer_splits(label: str, words: tuple[str, ...]) -> None:
    found = {trigger.words for scheme in ("EventType", "Kind") for trigger in ontology.lexicon(scheme)}
    assert words in found, label


def test_the_lexicon_loads_quickly() -> None:
    """In a process of its own, so that nothing is cached; the bound is five times what a slow machine needs."""
    program = (
        "import ontology, time; t = time.perf_counter(); [ontology.lexicon(s) for s in ontology.SCHEMES];"
        "print(time.perf_counter() - t)"
    )
    took = float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
    assert took < 0.5
