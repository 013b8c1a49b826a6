"""'Claimed responsibility for the attack', 'denied it': words about an event told before, by those who did it or did
not."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.arguments import subjects
from kg.extract.cast import Cast
from kg.extract.claims import Word, sentence_of
from kg.extract.drafts import Draft, family
from kg.extract.scene import Scene
from kg.extract.syntax import children, negated

_TAKES = {"claim", "take", "accept", "acknowledge", "admit"}
_DENIES = {"deny", "reject", "dismiss", "disclaim", "disavow"}
_OBJECTS = {"responsibility", "involvement", "accusation", "allegation", "role", "charge", "attack", "claim", "report"}


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A speaker's word that he did it, or did not, about the draft it refers to."""

    draft: Draft
    actors: tuple[str, ...]
    word: Word
    denies: bool


def responsibilities(scene: Scene, cast: Cast, drafts: list[Draft]) -> list[Responsibility]:
    """The claims and denials of responsibility in the text."""
    out = []
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB" or lemma not in _TAKES | _DENIES:
            continue
        heads = {d.trigger.head for d in drafts} if lemma in _DENIES else set()
        thing = next((c for c in children(token, "dobj") if c.lemma_.lower() in _OBJECTS or c.i in heads), None)
        if thing is None or lemma in _TAKES and thing.lemma_.lower() != "responsibility":
            continue
        who = [t for t in subjects(token) if scene.tags(t) & {"agent"} and not negated(t)]
        if not who or negated(token) or any(t.lower_ in ("one", "nobody") for t in who):
            continue
        draft = _meant(token, thing, drafts, denies=lemma in _DENIES)
        if draft is None:
            continue
        ids = tuple(i for i in (cast.of(scene.phrase(t), "agent") for t in who) if cast.is_agent(i))
        if not ids:
            continue
        factuality = "Denied" if lemma in _DENIES else "Asserted"
        out.append(
            Responsibility(
                draft, ids, Word(ids, factuality, token.text, sentence_of(scene.doc, token)), lemma in _DENIES
            )
        )
    return out


def _meant(verb: Token, thing: Token, drafts: list[Draft], *, denies: bool) -> Draft | None:
    """The event that the responsibility is for: one named after 'for', else the last one told before."""
    inside = {t.i for t in (*thing.subtree, *(t for p in children(verb, "prep") for t in p.subtree))}
    named = [d for d in drafts if d.trigger.head in inside]
    if named:
        return named[0]
    wanted = {"Violence", "Custody"} | ({"Mobilization", "Pressure", "Control"} if denies else set())
    before = [d for d in drafts if d.trigger.head < verb.i and family(d.code) in wanted and d.code != "ArmedClash"]
    if denies and before and family(before[-1].code) == "Pressure":
        accused = [d for d in before if family(d.code) == "Violence"]
        return accused[-1] if accused else None
    before = [d for d in before if family(d.code) != "Pressure"]
    return before[-1] if before else None
