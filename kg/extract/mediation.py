"""Who brokered: 'the Emirates mediated', said of the talks, truce or exchange told before."""

from __future__ import annotations

from kg.extract.arguments import subjects
from kg.extract.cast import Cast
from kg.extract.drafts import Draft
from kg.extract.scene import Scene
from kg.extract.syntax import children

_VERBS = {"mediate", "broker", "facilitate"}
_BROKERED = {"Talks", "Agreement", "Ceasefire", "PrisonerExchange", "Release"}
_REACH = 3


def mediations(scene: Scene, cast: Cast, drafts: list[Draft]) -> None:
    """Add the subjects of verbs of mediation to the mediators of the event they stand at, or of the last one told
    before."""
    for token in scene.doc:
        if token.pos_ != "VERB" or token.lemma_.lower() not in _VERBS:
            continue
        inside = {t.i for child in children(token, "dobj", "nsubjpass") for t in child.subtree}
        here = [d for d in drafts if d.code in _BROKERED and d.trigger.head in inside]
        before = [
            d
            for d in drafts
            if d.code in _BROKERED and d.trigger.head < token.i and scene.sentences[token.i] - d.sentence <= _REACH
        ]
        chosen = here[0] if here else before[-1] if before and not inside else None
        for who in subjects(token) if chosen is not None else ():
            if chosen is not None and scene.tags(who) & {"agent"}:
                identity = cast.of(scene.phrase(who), "agent")
                if identity not in chosen.mediators and cast.is_agent(identity):
                    chosen.mediators.append(identity)
                    chosen.trace.append(f"mediator '{scene.phrase(who).text}' by subject of '{token.lemma_}'")
