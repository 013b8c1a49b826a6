"""Effects and their numbers: how many were killed, wounded, shot down, launched, and of what kind."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Token

import ontology
from kg.extract.arguments import objects, surface_subjects
from kg.extract.quantities import Number, number
from kg.extract.scene import Scene
from kg.extract.syntax import children, conjoined, core, outer
from kg.extract.tags import kind_at
from kg.extract.triggers import Trigger

_TOLL = {"toll", "fatality", "casualty", "death", "dead", "life", "body", "corpse", "killing", "injury"}


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of a kind of thing to which something was done; `token` is where the number stands."""

    measure: str
    kind: str
    number: Number
    token: Token


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((files("kg.extract") / "rules" / "counts.toml").read_text(encoding="utf8"))


def measure_of_role(code: str, role: str) -> str | None:
    """The measure that the number of a role's filler gives for an event type: Captured for the targets of an Arrest."""
    found = _rules()["type"].get(code, {}).get(role)
    return str(found) if found else None


def tally(scene: Scene, measure: str, noun: Token) -> Tally | None:
    """The count that the phrase at the noun gives for a measure, or None if it has no number or is of another kind."""
    found = number(noun)
    counted = core(noun)
    if found is None:
        return None
    rule = _rules()["measure"].get(measure)
    if rule is None:
        return None
    kind = kind_at(counted)
    tags = scene.tags(counted) if counted.pos_ in ("NOUN", "PROPN") else frozenset()
    if kind is None or not set(ontology.ancestors(kind)) & set(rule["of"]):
        people = (
            bool(tags & {"people", "person", "force", "armed", "official", "agent"})
            or counted.like_num
            or counted.lemma_.lower() in _TOLL
            or counted.pos_ not in ("NOUN", "PROPN")
            or counted == noun
            and not counted.text.isalpha()
        )
        if kind is not None and not people:
            return None
        kind = rule.get("default")
        if kind == "People" and tags & {"force", "armed"}:
            kind = "Combatants"
        if kind is None or not people or counted.pos_ == "PROPN" and found.count == 1:
            return None
    if (
        found.count == 1
        and found.low is None
        and counted.tag_ in ("NN", "NNP")
        and not any(c.lower_ == "one" for c in counted.children)
        and measure not in ("Killed", "Wounded")
    ):
        return None
    return Tally(measure, kind, found, noun)


_OF_SUBJECT = {"die", "perish", "succumb", "disappear", "vanish", "flee", "escape", "surrender", "come", "return"}
"""Verbs whose subject is the one affected."""


def affected(effect: Trigger, scene: Scene) -> list[Token]:
    """The nouns to which an effect is done: the killed of 'killed', the dead of 'left 12 dead', the toll's number."""
    head = scene.doc[effect.head]
    if effect.pos == "verb":
        if head.lemma_.lower() in _OF_SUBJECT and not any(children(head, "dobj")):
            return surface_subjects(head)
        counted = outer(head.head) if head.dep_ in ("acl", "relcl") else head
        if counted.lemma_.lower() == "number" and counted != head:  # 'the number of men killed has risen to 89'
            return _reached(head) or _of_toll(counted)
        own = [t for c in children(head, "nsubj") for t in conjoined(c)]
        if own and own[0].lemma_.lower() == "number":
            return _reached(head)
        if head.tag_ == "VBN" and own and not any(children(head, "dobj", "aux", "auxpass")):  # '… and 34 wounded'
            return own
        after = _following(head)
        if after is not None and not any(children(head, "dobj", "nsubjpass", "auxpass")) and head.dep_ != "acl":
            return [after]
        return objects(head)
    if head.pos_ == "ADJ" or head.lower_ in ("dead", "wounded", "injured", "missing", "hurt", "displaced", "homeless"):
        return _of_adjective(head)
    if head.lemma_.lower() == "toll":
        return _of_toll(head)
    counted_here = number(head)
    many = counted_here is not None and counted_here.count != 1
    return [head] if many or any(children(head, "nummod")) else _of_bare(head)


def _reached(verb: Token) -> list[Token]:
    """The number that a sentence ends in: '… killed has risen to 89'."""
    for token in verb.sent[verb.i - verb.sent.start + 1 :]:
        if token.like_num and token.nbor(-1).lower_ in ("to", "at", "reached", "exceeded", "passed", "hit", "over"):
            return [token]
    return []


def _following(verb: Token) -> Token | None:
    """The noun counted right after a verb, where the parse lost it: 'killed six and wounded 14 other people is …'."""
    doc, i = verb.doc, verb.i + 1
    while i < len(doc) and doc[i].lower_ in (
        "at",
        "least",
        "more",
        "than",
        "up",
        "to",
        "another",
        "some",
        "about",
        "around",
        "as",
        "many",
    ):
        i += 1
    if i >= len(doc) or not doc[i].like_num or doc[i].sent.start != verb.sent.start:
        return None
    head = doc[i].head if doc[i].dep_ == "nummod" else doc[i]
    return head if head.pos_ in ("NOUN", "PROPN", "NUM") and 0 < head.i - verb.i < 8 else None


def _of_bare(head: Token) -> list[Token]:
    if (
        head.dep_ == "pobj"
        and head.head.lower_ == "of"
        and head.head.head.lemma_.lower() in ("number", "toll", "estimate")
    ):
        return _of_toll(head.head.head)
    return []


def _of_adjective(head: Token) -> list[Token]:
    """'left 12 people dead', '190 were dead', 'six dead'."""
    up = head.head
    own = [t for c in children(head, "nsubj") for t in conjoined(c)]
    if own:
        return own
    if head.dep_ in ("amod",) and up.pos_ in ("NOUN", "PROPN"):
        return [up] if up.i < head.i or any(children(up, "nummod")) else []
    if any(children(head, "nummod")):
        return [head]
    if up.lemma_.lower() in ("leave", "be", "remain", "get", "report", "confirm", "feel", "go"):
        found = objects(up) if up.lemma_.lower() in ("leave", "report", "confirm") else surface_subjects(up)
        return [t for t in found if t.i != head.i]
    if head.dep_ == "conj" and up.lower_ in ("dead", "wounded", "injured", "missing"):
        return [head] if any(children(head, "nummod")) else _of_adjective(up)
    return []


def _of_toll(head: Token) -> list[Token]:
    """The number of a death toll: 'the toll stood at around 131', 'tolls exceeded 100', 'a toll of 12'."""
    near = [*head.subtree]
    if head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and head.head.pos_ in ("VERB", "AUX", "ADP"):
        verb = head.head if head.head.pos_ != "ADP" else head.head.head
        near += [
            t
            for c in verb.children
            if c.dep_ in ("prep", "dobj", "attr", "advcl", "npadvmod", "acomp")
            for t in c.subtree
            if t not in near
        ]
    found = [t for t in near if t.like_num and t.ent_type_ not in ("DATE", "TIME", "PERCENT") and t.text != head.text]
    if not found:
        return []
    one = found[0]
    return [
        one.head
        if one.dep_ == "nummod" and one.head.pos_ == "NOUN" and one.head.lemma_.lower() not in ("toll",)
        else one
    ]
