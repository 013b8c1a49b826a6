"""Grammatical functions of a trigger and the tokens that fill them; `rules/frames.toml` names them and says which is
which role."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract.arguments import objects, subjects, surface_subjects
from kg.extract.brokers import mediated
from kg.extract.frames import rules
from kg.extract.scene import Scene
from kg.extract.syntax import children, conjoined, governor, outer, prepositional

Filler = Callable[[Scene, Token, tuple[Token, ...]], list[Token]]


def _light(scope: tuple[Token, ...], noun: Token) -> list[tuple[Token, str]]:
    """The verbs of the scope with the way the noun depends on each."""
    verb, how = governor(noun)
    return [(verb, how)] if verb is not None and verb in scope else []


def _doer(_scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
    found: list[Token] = []
    for verb, how in _light(scope, noun):
        lemma = verb.lemma_.lower()
        if lemma in rules()["suffer"] and how in ("object", "under"):
            continue
        if how == "object" and lemma in rules()["light"]:
            found += subjects(verb)
        elif how in ("in", "with", "to", "on", "into") and lemma in (
            "engage",
            "participate",
            "join",
            "take",
            "agree",
            "respond",
            "resort",
            "enter",
            "hold",
            "kill",
            "go",
            "begin",
            "call",
            "involve",
        ):
            found += surface_subjects(verb) if lemma != "kill" else subjects(verb)
        elif how == "to" and lemma in ("invite", "summon", "call", "bring"):
            found += objects(verb)
        elif (
            how == "to"
            and lemma in ("return", "come", "go", "agree")
            or how == "for"
            and lemma in ("meet", "gather", "arrive", "travel", "call", "push")
        ):
            found += surface_subjects(verb)
    for clause in children(noun, "acl", "relcl"):
        if clause.lemma_.lower() in rules()["light"] or clause.lemma_.lower() in (
            "blame",
            "attribute",
            "ascribe",
            "stage",
        ):
            found += (
                subjects(clause) or prepositional(clause, "on", "to")
                if clause.lemma_.lower() in ("blame", "attribute", "ascribe")
                else subjects(clause)
            )
    if noun.dep_ in ("attr", "appos") and noun.head.pos_ in ("NOUN", "PROPN"):
        found += prepositional(noun.head, "by")
    return [t for t in found if t.i != noun.i]


def _undergoer(scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
    found: list[Token] = []
    for verb, how in _light(scope, noun):
        lemma = verb.lemma_.lower()
        if how == "subject" and lemma in rules()["befall"]:
            found += objects(verb) + prepositional(verb, "at", "through")
        if how in ("under", "object") and lemma in rules()["suffer"]:
            found += surface_subjects(verb)
        if how in ("by", "in") and (lemma in rules()["befall"]):
            found += objects(verb)
    for clause in children(noun, "acl", "relcl"):
        if clause.lemma_.lower() in rules()["befall"] and clause.tag_ != "VBN":
            found += objects(clause) + prepositional(clause, "at")
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":  # 'X was the target of an attack' is parsed at 'target'
        found += []
    up = noun.head.head if noun.dep_ == "pobj" else noun
    if up.lower_ in ("target", "victim", "victims", "scene", "site") and noun.head.lower_ == "of":
        found += surface_subjects(up.head) if up.dep_ == "attr" else []
    return [t for t in found if scene.phrase(t).head != noun.i]


def _modifier(scene: Scene, noun: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """Names and agents that modify a noun: 'Israeli strikes', 'a Taliban attack', 'US-Russia talks'."""
    out = []
    queue = list(children(noun, "amod", "compound", "nmod"))
    for token in queue:
        spot = scene.spots.get(token.i)
        tags = scene.phrase(token).tags
        if (
            spot is not None
            and (
                spot.classes[0]
                in (
                    "State",
                    "ArmedGroup",
                    "ArmedForce",
                    "InternationalOrganization",
                    "GovernmentBody",
                    "Person",
                    "Organization",
                )
                or "state" in tags
            )
            or spot is None
            and tags & {"force", "armed"}
            and token.pos_ == "NOUN"
        ):
            out.append(token)
        queue += [c for c in children(token, "compound", "nmod", "conj", "npadvmod", "amod") if c not in queue]
    return sorted(set(out), key=lambda t: t.i)


def _possessor(_scene: Scene, noun: Token, _scope: tuple[Token, ...]) -> list[Token]:
    return [t for child in children(noun, "poss") for t in conjoined(child)]


def _receiver(_scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
    out: list[Token] = []
    for verb, how in _light(scope, noun):
        if how == "object":
            out += prepositional(verb, "to", "for") + [c for c in children(verb, "dative") if c.pos_ != "ADP"]
    return out


def _content_subject(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """Who is to act in what a verb demands: 'demanded that the rebels release them'."""
    return [s for c in children(verb, "ccomp") for s in surface_subjects(c)]


def _asked(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """Who is to act where the one asked was parsed as the subject of the infinitive: 'called on the militia to
    leave'."""
    return [s for c in children(verb, "xcomp", "ccomp", "advcl") for s in children(c, "nsubj") if s.i > verb.i] + [
        t for c in children(verb, "prt", "advmod") for t in children(c, "pobj")
    ]


def _infinitive(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    return [o for c in children(verb, "xcomp", "ccomp", "advcl") for o in objects(c)]


def _aimed(scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """What launched weapons are aimed at: 'fired missiles targeting troops'."""
    found: list[Token] = []
    for weapon in objects(verb):
        if "weapon" in scene.tags(weapon):
            for clause in children(weapon, "acl", "relcl"):
                if clause.lemma_.lower() in rules()["befall"] and clause.tag_ != "VBN":
                    found += objects(clause) + prepositional(clause, "at")
            found += prepositional(weapon, "at", "on", "into", "toward", "towards")
    return found


def _carrier(_scene: Scene, noun: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """The verb whose doer the noun is: 'a car bomb exploded', 'hit by a roadside bomb'."""
    verb, how = governor(noun)
    return (
        [verb]
        if verb is not None
        and how in ("subject", "by")
        or verb is not None
        and verb.lemma_ in ("ram", "detonate", "explode", "plant")
        else []
    )


def _subject(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    return subjects(verb)


def _object(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    return objects(verb)


_FILLERS: dict[str, Filler] = {
    "carrier": _carrier,
    "aimed": _aimed,
    "subject": _subject,
    "object": _object,
    "poss": _possessor,
    "modifier": _modifier,
    "doer": _doer,
    "undergoer": _undergoer,
    "mediated": mediated,
    "receiver": _receiver,
    "to:object": _infinitive,
    "that:subject": _content_subject,
    "to:subject": _asked,
}


def fill(scene: Scene, function: str, head: Token, scope: tuple[Token, ...]) -> list[Token]:
    """The tokens that fill a function of a trigger's head. `scope` holds the verbs that share its happening."""
    filler = _FILLERS.get(function)
    if filler is not None:
        found = filler(scene, head, scope)
        carrier = outer(head)
        return (
            found
            if carrier == head or head.pos_ == "VERB"
            else found + [t for t in filler(scene, carrier, scope) if t not in found]
        )
    preposition = function.removeprefix("prep:")
    found = prepositional(head, preposition)
    if head.pos_ != "VERB" and outer(head) != head:
        found += prepositional(outer(head), preposition)
    if (
        not found and head.pos_ == "VERB" and preposition in ("on", "against", "at")
    ):  # 'blamed the attack on X' attached to the object
        found = [t for o in children(head, "dobj") for t in prepositional(o, preposition)]
    if not found and head.pos_ != "VERB":
        for verb, how in _light(scope, head):  # 'launched an attack on X' is often attached to the verb
            if how == "object" and verb.lemma_.lower() in rules()["light"]:
                found = prepositional(verb, preposition)
    return found
