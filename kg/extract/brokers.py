"""Who hosts or brokers, told at the event itself: 'mediated by X', 'with X overseeing', 'X-brokered'."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.arguments import subjects
from kg.extract.frames import rules
from kg.extract.scene import Scene
from kg.extract.syntax import children, governor, prepositional


def mediated(scene: Scene, noun: Token, scope: tuple[Token, ...]) -> list[Token]:
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
            out += list(children(verb, "npadvmod", "compound", "amod", "nmod"))
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
                "after",
                "following",
            ):
                out += prepositional(mean, "of", "by", "from") + list(children(mean, "poss", "amod"))
    return [t for t in out if scene.phrase(t).tags & {"agent"}]
