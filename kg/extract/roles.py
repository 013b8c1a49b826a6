"""Fillers of grammatical functions, and the conditions that frames put on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract.coreference import SPEAKER
from kg.extract.frames import Frame, accepts, functions, rules
from kg.extract.phrases import Phrase, phrase
from kg.extract.spots import Spot
from kg.extract.syntax import (
    children,
    conjoined,
    governor,
    objects,
    outer,
    prepositional,
    subjects,
    surface_subjects,
)
from kg.extract.triggers import Trigger

_DEALS = {"agreement", "deal", "accord", "pact", "treaty", "ceasefire", "truce", "memorandum", "plan", "armistice"}


@dataclass(slots=True)
class Scene:
    """A parsed text with what was found out about its names and its anaphora."""

    doc: Doc
    spots: dict[int, Spot]
    links: dict[int, int]
    event_heads: frozenset[int] = frozenset()
    violent_heads: frozenset[int] = frozenset()
    speakers: dict[int, int] = field(default_factory=dict)
    _phrases: dict[int, Phrase] = field(default_factory=dict)

    def phrase(self, token: Token) -> Phrase:
        """The phrase of the token, or of its antecedent where it takes one up."""
        target = self.links.get(token.i, token.i)
        if token.lower_ in SPEAKER:
            target = self.speakers.get(token.sent.start, target)
        if target not in self._phrases:
            self._phrases[target] = phrase(self.doc[target], self.spots)
        return self._phrases[target]

    def tags(self, token: Token) -> frozenset[str]:
        """What the phrase of the token can be; 'event' for a trigger noun, 'deal' for an agreement, 'plural' for many."""
        one = self.phrase(token)
        tags = set(one.tags)
        head = self.doc[one.head]
        if one.head in self.event_heads and not tags & {"agent"}:
            tags.add("event")
        if head.lemma_.lower() in _DEALS:
            tags.add("deal")
        if head.tag_ in ("NNS", "NNPS") or any(True for c in token.children if c.dep_ == "conj"):
            tags.add("plural")
            if "state" in tags or "official" in tags or "organ" in tags:
                tags.add("state-plural")
        if (
            one.owner is not None
            and tags & {"weapon", "equipment", "event"}
            and one.owner.classes[0] in ("State", "ArmedGroup")
        ):
            tags.add("owned")
        return frozenset(tags)


Filler = Callable[[Scene, Token, tuple[Token, ...]], list[Token]]


def _light(scope: tuple[Token, ...], noun: Token) -> list[tuple[Token, str]]:
    """The verbs of the scope with the way the noun depends on each."""
    verb, how = governor(noun)
    out = [(verb, how)] if verb is not None and verb in scope else []
    return out


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
        elif how == "to" and lemma in ("return", "come", "go", "agree"):
            found += surface_subjects(verb)
        elif how == "for" and lemma in ("meet", "gather", "arrive", "travel", "call", "push"):
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
        if spot is not None and (
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
        ):
            out.append(token)
        elif spot is None and tags & {"force", "armed"} and token.pos_ == "NOUN":
            out.append(token)
        queue += [c for c in children(token, "compound", "nmod", "conj", "npadvmod", "amod") if c not in queue]
    return sorted(set(out), key=lambda t: t.i)


def _possessor(_scene: Scene, noun: Token, _scope: tuple[Token, ...]) -> list[Token]:
    return [t for child in children(noun, "poss") for t in conjoined(child)]


def _mediated(scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
    """Who hosts or brokers: 'mediated by X', 'X brokered the deal', 'with X overseeing', 'X-brokered'."""
    verbs = rules()["mediate"]
    near = {*scope, *children(noun, "acl", "relcl", "amod")}
    for verb in scope:
        near |= set(children(verb, "advcl", "prep", "conj", "ccomp"))
        near |= {v for prep in children(verb, "prep") for v in children(prep, "pcomp")}
    out: list[Token] = []
    for verb in scope:
        if verb.lemma_.lower() in ("invite", "summon") and governor(noun)[1] == "to":
            out += subjects(verb)
    for verb in sorted(near, key=lambda t: t.i):
        if verb.lemma_.lower() in verbs and verb.pos_ in ("VERB", "ADJ"):
            out += subjects(verb)
            out += [c for c in children(verb, "npadvmod", "compound", "amod", "nmod")]
        elif verb.lower_ in ("mediation", "auspices"):
            out += prepositional(verb, "of", "by") + list(children(verb, "poss"))
    for prep in (p for v in (noun, *scope) for p in children(v, "prep")):
        for mean in children(prep, "pobj"):
            if mean.lemma_.lower() in ("mediation", "auspices", "brokering", "help", "mediator") and prep.lower_ in (
                "with",
                "under",
                "through",
                "by",
                "thanks",
            ):
                out += prepositional(mean, "of", "by", "from") + list(children(mean, "poss", "amod"))
    return [t for t in out if scene.phrase(t).tags & {"agent"}]


def _receiver(_scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
    out: list[Token] = []
    for verb, how in _light(scope, noun):
        if how == "object":
            out += prepositional(verb, "to", "for") + [c for c in children(verb, "dative") if c.pos_ != "ADP"]
    return out


def _content_subject(_scene: Scene, verb: Token, _scope: tuple[Token, ...]) -> list[Token]:
    """Who is to act in what a verb demands: 'demanded that the rebels release them'."""
    return [s for c in children(verb, "ccomp") for s in surface_subjects(c)]


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
    "mediated": _mediated,
    "receiver": _receiver,
    "to:object": _infinitive,
    "that:subject": _content_subject,
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


def holds(
    scene: Scene, frame: Frame, default: tuple[tuple[str, ...], ...], trigger: Trigger, scope: tuple[Token, ...]
) -> str | None:
    """The alternative of the frame's conditions that holds, as text; None if none does; 'always' if there are no conditions."""
    alternatives = frame.when or default
    if not alternatives:
        return "always"
    head = scene.doc[trigger.head]
    for alternative in alternatives:
        if all(_condition(scene, one, head, scope) for one in alternative):
            return " & ".join(alternative)
    return None


def _condition(scene: Scene, condition: str, head: Token, scope: tuple[Token, ...]) -> bool:
    if condition == "to:violence":
        verbs = [c for c in children(head, "xcomp", "ccomp", "advcl")]
        return any(
            v.i in scene.violent_heads
            or v.lemma_.lower()
            in ("retaliate", "destroy", "strike", "respond", "attack", "hit", "punish", "use", "launch", "kill")
            for v in verbs
        )
    function, _, wanted = condition.rpartition(":")
    fillers = fill(scene, function, head, scope)
    if wanted == "any":
        return bool(fillers)
    if (
        wanted == "plural"
        and len(fillers) > 1
        or wanted == "state-plural"
        and len([f for f in fillers if scene.tags(f) & {"state", "official", "organ", "armed"}]) > 1
    ):
        return True
    tags = set(wanted.split("|"))
    return any(scene.tags(f) & tags for f in fillers)


def fillers(
    scene: Scene, code: str, trigger: Trigger, frame: Frame, role: str, scope: tuple[Token, ...]
) -> list[tuple[Token, str]]:
    """The tokens that fill a role of an event, each with the function that brought it, in order of the frame's functions."""
    head = scene.doc[trigger.head]
    wanted = (frame.roles or {}).get(role) or functions(code, trigger.pos, role)
    allowed, out, seen = accepts(code, role), [], set()
    for function in wanted:
        for token in fill(scene, function, head, scope):
            one = scene.phrase(token)
            tags = scene.tags(token)
            if one.head in seen or one.head == trigger.head or "time" in tags or allowed and not tags & allowed:
                continue
            if "event" in tags and not tags & {"agent", "place", "asset", "people"}:
                continue
            if function == "modifier" and role == "actor" and "place" in tags and "state" not in tags:
                continue
            if function in ("prep:of",) and role == "target" and tags & {"place"} and code == "ArmedClash":
                continue
            seen.add(one.head)
            out.append((token, function))
    return out
