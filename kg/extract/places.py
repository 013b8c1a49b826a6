"""Where an event happened: the place told at its words, not any place in the sentence."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.scene import Scene
from kg.extract.syntax import children, conjoined, prepositional
from kg.extract.wordlists import words

LOCATIVE = (
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "within",
    "across",
    "around",
    "throughout",
    "on",
    "along",
    "over",
    "into",
    "off",
    "from",
    "to",
    "toward",
    "through",
    "against",
    "between",
    "of",
    "for",
)
_STRONG = {"in", "at", "near", "outside", "inside", "within", "across", "around", "throughout", "along", "off", "over"}


_APART = {
    "after",
    "before",
    "since",
    "about",
    "over",
    "following",
    "despite",
    "as",
    "like",
    "than",
    "until",
    "during",
    "because",
    "for",
}
"""Prepositions behind which something else is told."""


def places(scene: Scene, heads: list[Token], targets: list[Token], code: str) -> list[tuple[Token, str]]:
    """The tokens that name the event's place, the nearest first, each with the way that led to it.

    `heads` are the words of the event (trigger, light verbs), `targets` the tokens of its targets.
    """
    found: list[tuple[int, Token, str]] = []
    for rank, head in enumerate(heads):
        for preposition in LOCATIVE:
            if preposition in ("to", "into", "toward", "for") and code not in (
                "Visit",
                "Deployment",
                "HumanitarianAid",
                "Flight",
                "Evacuation",
                "MissileAttack",
                "Shelling",
                "Withdrawal",
                "ArmedAttack",
            ):
                continue
            if (
                preposition in ("from", "against", "between", "of")
                and code not in ("Withdrawal", "Flight", "Evacuation")
                and preposition != "of"
            ):
                continue
            for token in prepositional(head, preposition):
                if preposition == "of" and not _is_place(scene, token):
                    continue
                if _is_place(scene, token) and not (preposition in ("on", "for", "of") and _agent_only(scene, token)):
                    found.append(
                        (rank * 3 + (0 if preposition in _STRONG else 1), token, f"{preposition} {head.lemma_}")
                    )
                elif preposition in _STRONG | {"on", "into", "to"}:
                    inner = _inside(scene, token)
                    found += [(rank * 3 + 1, place, f"{preposition} {token.lemma_}") for place in inner]
        for mark in children(head, "advmod", "npadvmod"):
            if _is_place(scene, mark):
                found.append((rank * 3 + 1, mark, "adverb"))
        for mark in children(head, "compound", "amod", "nmod"):  # 'a Kabul car bombing'
            spot = scene.spots.get(mark.i)
            if spot is not None and "Place" in spot.classes and spot.classes[0] == "Place":
                found.append((rank * 3 + 2, mark, "modifier"))
    for target in targets:
        one = scene.phrase(target)
        head = scene.doc[one.head]
        if one.spot is not None and "place" in one.tags:
            found.append((5, target, "target"))
        elif "agent" not in one.tags or one.tags & {"place", "asset"}:
            found += [(6, place, "at target") for place in _inside(scene, head)]
            if "place" in one.tags and one.spot is None:
                found.append((8, target, "target"))
        else:
            found += [(7, place, "at target") for place in _inside(scene, head)]
    for head in heads:
        if code in ("Visit", "Flight", "Deployment", "Withdrawal") and head.pos_ == "VERB":
            found += [(2, token, "object") for token in children(head, "dobj") if _is_place(scene, token)]
        if head.dep_ in ("ccomp",) and head.head.pos_ == "VERB":  # 'In Nigeria, officials recorded that …'
            found += [
                (9, token, "in front")
                for p in _STRONG
                for token in prepositional(head.head, p)
                if token.i < head.head.i and token.i < head.i and _is_place(scene, token)
            ]
    mine = {head.i for head in heads}
    for token in heads[0].sent:
        if token.dep_ == "pobj" and token.head.lower_ in _STRONG and token.i in scene.spots and _is_place(scene, token):
            up = next(
                (
                    a
                    for a in token.ancestors
                    if a.i in mine
                    or a.pos_ in ("VERB", "AUX")
                    or a.i in scene.event_heads
                    or a.dep_ in ("prep", "mark")
                    and a.lower_ in _APART
                ),
                None,
            )
            if up is not None and up.i in mine and not any(t == token for _, t, _ in found):
                found.append((9, token, "in its clause"))
    found.sort(key=lambda row: (row[0], row[1].i))
    return [(token, why) for _, token, why in found]


def _is_place(scene: Scene, token: Token) -> bool:
    one = scene.phrase(token)
    if one.spot is not None:
        return "Place" in one.spot.classes or any("Place" in name.classes for name in one.spot.names)
    return scene.doc[one.head].lemma_.lower() in words("place") and "agent" not in one.tags


def _agent_only(scene: Scene, token: Token) -> bool:
    one = scene.phrase(token)
    return one.spot is not None and one.spot.classes[0] == "State"


def _inside(scene: Scene, noun: Token, depth: int = 0) -> list[Token]:
    """The places told inside a noun phrase: 'a market in the city of Kharkiv', 'a base near Mosul'."""
    out: list[Token] = []
    if depth > 3:
        return out
    for prep in children(noun, "prep"):
        if prep.lower_ in _STRONG | {"on", "of"}:
            for head in children(prep, "pobj"):
                for token in conjoined(head):
                    if _is_place(scene, token) and not (prep.lower_ == "of" and _agent_only(scene, token)):
                        out.append(token)
                    out += _inside(scene, token, depth + 1)
    town = any(prep.lower_ == "of" for prep in children(noun, "prep"))  # 'the Red Sea port town of Mokha'
    for mark in children(noun, "appos", *(() if town else ("compound", "nmod"))):
        spot = scene.spots.get(mark.i)
        if spot is not None and spot.classes[0] == "Place":
            out.append(mark)
    for clause in children(noun, "acl", "relcl"):
        out += [t for p in ("in", "at", "near") for t in prepositional(clause, p) if _is_place(scene, t)]
    return out


def refine(scene: Scene, token: Token, depth: int = 0) -> Token:
    """The more specific name that a place noun holds: Kharkiv of 'the northeastern Ukrainian city of Kharkiv'."""
    one = scene.phrase(token)
    if one.spot is not None:
        return token
    head = scene.doc[one.head]
    for inner in [
        *(t for p in children(head, "prep") if p.lower_ == "of" for t in children(p, "pobj")),
        *children(head, "appos"),
    ]:
        spot = scene.spots.get(inner.i)
        if spot is not None and ("Place" in spot.classes or not spot.names):
            return inner
        deeper = refine(scene, inner, depth + 1) if depth < 2 else inner
        if scene.phrase(deeper).spot is not None:
            return deeper
    named = [t for t in _inside(scene, head) if scene.phrase(t).spot is not None]
    for mark in children(head, "compound", "nmod"):
        spot = scene.spots.get(mark.i)
        if spot is not None and spot.classes[0] == "Place":
            return mark
    return named[0] if named else token
