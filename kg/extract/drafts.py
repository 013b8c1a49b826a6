"""Event drafts: triggers with their scope, filtered by frames, joined where one happening has several words."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

import ontology
from kg.extract.frames import Frame, default_when, noun_frames, rules, verb_frames
from kg.extract.roles import holds
from kg.extract.scene import Scene
from kg.extract.speech import cues, is_report
from kg.extract.syntax import children, governor
from kg.extract.tags import kind_at, kind_lexicon
from kg.extract.triggers import Trigger, blocked, is_modifier, triggers
from kg.extract.wordlists import noun_lemma, words
from kg.model import When


@dataclass(slots=True)
class Draft:
    """An event in the making. `heads` are its words (trigger first), `extra` triggers that tell the same happening."""

    trigger: Trigger
    code: str
    frame: Frame
    heads: list[Token]
    sentence: int
    rule: str
    extra: list[Trigger] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    mediators: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    weapons: list[str] = field(default_factory=list)
    target_tokens: list[Token] = field(default_factory=list)
    when: When | None = None
    factuality: str = "Asserted"
    trace: list[str] = field(default_factory=list)

    @property
    def head(self) -> Token:
        """The token that heads the trigger."""
        return self.heads[0]


def family(code: str) -> str:
    """The first-level code above an event type, or itself."""
    return str(rules()["family"].get(code, code))


def noun_scope(scene: Scene, noun: Token) -> tuple[Token, ...]:
    """The verb that carries an eventive noun ('carried out an attack', 'the attack took place'), if it isn't one of
    saying."""
    verb, how = governor(noun)
    if verb is None or is_report(verb) and verb.lemma_.lower() not in rules()["light"] and how == "subject":
        return ()
    if is_report(verb) and verb.lemma_.lower() not in (*rules()["light"], *rules()["suffer"]):
        return ()
    if how == "object" and verb.lemma_.lower() in cues("report")["with_object"] - set(rules()["light"]):
        return ()
    if how not in ("object", "subject") and verb.i in scene.event_heads:
        return ()
    if how in (
        "of",
        "after",
        "before",
        "since",
        "following",
        "to",
        "about",
        "on",
        "against",
        "for",
        "as",
        "despite",
        "because",
        "from",
    ):
        return (
            (verb,)
            if how == "for"
            and verb.lemma_.lower() in ("meet", "gather", "arrive", "travel")
            or how == "to"
            and verb.lemma_.lower() in ("invite", "summon", "call", "bring", "return", "come", "agree")
            else ()
        )
    return (verb,)


_EVIDENCE, _SPREAD = 2, 150
"""So many words for weapons or armed people make a text one about conflict; of a short one, one in so many tokens."""
_SURE = ("kill", "shoot", "stab", "murder", "gun", "massacre", "assassinat", "terror", "behead", "suicide")


def _of_conflict(scene: Scene) -> bool:
    """Whether the text speaks of weapons or armed people at all; an election has 'attacks' and 'battles' too."""
    doc = scene.doc
    asked = min(_EVIDENCE, len(doc) // _SPREAD)
    told = len({s for s in scene.spots.values() if s.classes[0] in ("ArmedForce", "ArmedGroup")})
    if not asked:
        return True
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN"):
            lemma = noun_lemma(token)
            kind = kind_lexicon().get((lemma,))
            weapon = kind is not None and (
                {"Weapons", "Equipment"} & set(ontology.ancestors(kind)) or kind == "Combatants"
            )
            told += bool(weapon) or lemma in words("armed") or lemma in words("force")
            if told >= asked:
                return True
    return False


def _sure(draft: Draft) -> bool:
    """Whether a draft stands in a text that is not about conflict otherwise."""
    if family(draft.code) in ("Control", "Mobilization") or draft.code in ("ArmedClash", "Violence"):
        return False
    return draft.code != "ArmedAttack" or any(stem in draft.trigger.lemma for stem in _SURE)


def _weapons_of(noun: Token) -> list[Token]:
    """The bomb of 'the explosion of a car bomb', on which place and day may hang."""
    return [
        inner
        for prep in children(noun, "prep")
        if prep.lower_ == "of" and noun.pos_ == "NOUN"
        for inner in children(prep, "pobj")
        if (kind := kind_at(inner)) is not None and "Weapons" in ontology.ancestors(kind)
    ]


def drafts(scene: Scene, skip: range) -> list[Draft]:
    """The events that the text tells, before their roles are filled. Triggers with a head inside `skip` (the title)
    are left out."""
    doc = scene.doc
    found: list[Draft] = []
    weak: list[Draft] = []
    candidates = [t for t in triggers(doc, "EventType") if t.head not in skip]
    scene.event_heads = frozenset(t.head for t in candidates if t.pos == "noun")
    scene.violent_heads = frozenset(t.head for t in candidates if family(t.code) == "Violence")
    for trigger in candidates:
        token = doc[trigger.head]
        if (
            trigger.pos == "noun"
            and is_modifier(token)
            or trigger.pos == "verb"
            and token.dep_ == "amod"
            and (family(trigger.code) != "Custody" or token.tag_ != "VBN")
        ):
            continue
        if (
            token.ent_type_ in ("ORG", "WORK_OF_ART", "PRODUCT", "LAW", "FAC")
            and token.pos_ == "PROPN"
            or token.i in scene.spots
        ):
            continue
        scope = noun_scope(scene, token) if trigger.pos == "noun" else ()
        for frame in (verb_frames if trigger.pos == "verb" else noun_frames)(trigger.lemma):
            if frame.off or blocked(trigger, doc, frame):
                continue
            code = frame.code or trigger.code
            rule = holds(scene, frame, default_when(code, trigger.pos), trigger, scope)
            if rule is not None:
                why = f"{trigger.pos} '{trigger.lemma}' as {code}, when {rule}"
                heads = [token, *scope, *_weapons_of(token)]
                (weak if frame.weak else found).append(
                    Draft(trigger, code, frame, heads, scene.sentences[token.i], why)
                )
                break
    if len([d for d in found if family(d.code) in ("Violence", "Control", "Custody", "Unrest")]) >= 2:
        found += weak
    if not _of_conflict(scene):
        found = [d for d in found if _sure(d)]
    return sorted(found, key=lambda d: d.trigger.start)
