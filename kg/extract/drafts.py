"""Event drafts: triggers with their scope, filtered by frames, joined where one happening has several words."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.frames import Frame, default_when, noun_frames, rules, verb_frames
from kg.extract.roles import Scene, holds
from kg.extract.speech import is_report
from kg.extract.syntax import children, core, governor, subjects
from kg.extract.triggers import Trigger, blocked, is_modifier, triggers
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
    """The verb that carries an eventive noun ('carried out an attack', 'the attack took place'), if it isn't one of saying."""
    verb, how = governor(noun)
    if verb is None or is_report(verb) and verb.lemma_.lower() not in rules()["light"] and how == "subject":
        return ()
    if is_report(verb) and verb.lemma_.lower() not in (*rules()["light"], *rules()["suffer"]):
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
            and verb.lemma_.lower() in ("meet", "gather")
            or how == "to"
            and verb.lemma_.lower() in ("invite", "summon", "call", "bring", "return", "come", "agree")
            else ()
        )
    return (verb,)


def drafts(scene: Scene, skip: range) -> list[Draft]:
    """The events that the text tells, before their roles are filled. Triggers with a head inside `skip` (the title) are left out."""
    doc = scene.doc
    sentence_of = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
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
                (weak if frame.weak else found).append(
                    Draft(trigger, code, frame, [token, *scope], sentence_of[token.i], why)
                )
                break
    if len([d for d in found if family(d.code) in ("Violence", "Control", "Custody", "Unrest")]) >= 2:
        found += weak
    return join(scene, sorted(found, key=lambda d: d.trigger.start))


def join(scene: Scene, found: list[Draft]) -> list[Draft]:
    """Drafts of one clause that are one happening made one: 'a raid hit', 'were killed in an air strike', 'explosion of a bomb'."""
    by_head = {d.trigger.head: d for d in found}
    gone: set[int] = set()
    for draft in found:
        if draft.trigger.head in gone:
            continue
        other = _same_clause(scene, draft, by_head, gone)
        if other is not None and other is not draft:
            keep, drop = _stronger(other, draft)
            keep.extra.append(drop.trigger)
            keep.extra += drop.extra
            keep.heads += [h for h in drop.heads if h not in keep.heads]
            keep.trace.append(f"joined with '{drop.trigger.lemma}'")
            gone.add(drop.trigger.head)
            by_head[drop.trigger.head] = keep
    return [d for d in found if d.trigger.head not in gone]


def _stronger(a: Draft, b: Draft) -> tuple[Draft, Draft]:
    """The one of two drafts to keep: the more specific type, a noun before a verb."""

    def rank(draft: Draft) -> tuple[int, int, int]:
        generic = draft.code in ("ArmedAttack", "Violence")
        return (0 if generic else 1, 1 if draft.trigger.pos == "noun" else 0, -draft.trigger.start)

    return (a, b) if rank(a) >= rank(b) else (b, a)


def _same_clause(scene: Scene, draft: Draft, by_head: dict[int, Draft], gone: set[int]) -> Draft | None:
    if family(draft.code) not in ("Violence", "Diplomacy", "Custody", "Mobilization"):
        return None
    token = draft.head
    if draft.trigger.pos == "noun":
        verb, how = governor(token)
        if verb is not None and verb.i in by_head and by_head[verb.i].trigger.pos == "verb" and verb.i not in gone:
            other = by_head[verb.i]
            linked = (
                how in ("subject", "by", "in", "during", "with", "through", "using", "for")
                or how == "object"
                and verb.lemma_.lower() in rules()["light"]
            )
            if family(draft.code) == "Diplomacy":
                linked = how in ("for", "in", "during", "at") and other.code == "Talks" or how == "object"
            linked = linked or how == "object" and token.lemma_.lower() in ("bomb", "ied", "device", "vbied")
            if linked and _compatible(draft, other):
                return other
        if draft.code == "ArmedAttack" and token.left_edge.i and token.left_edge.nbor(-1).text == ",":
            # '…, another attack ascribed to X' says more of what stands before the comma
            before = [
                d
                for d in by_head.values()
                if d.trigger.pos == "noun"
                and d.trigger.head not in gone
                and d.sentence == draft.sentence
                and d.trigger.head < token.left_edge.i
                and _compatible(draft, d)
            ]
            if (
                before
                and token.dep_ in ("appos", "dobj", "attr", "npadvmod", "conj")
                and any(c.lower_ in ("another", "a", "an", "the") for c in children(token, "det"))
            ):
                return before[-1]
        up = None
        if (
            token.dep_ == "pobj"
            and token.head.lower_ in ("of", "in")
            and token.head.head.i in by_head
            and token.head.head.i not in gone
        ):
            up = token.head.head
        if up is not None and by_head[up.i].trigger.pos == "noun" and _compatible(draft, by_head[up.i]):
            return by_head[up.i]
        if verb is not None and how in (
            "subject",
            "by",
            "in",
            "with",
            "during",
        ):  # two nouns of one verb: 'hit by strikes in a raid'
            for other in by_head.values():
                if (
                    other is not draft
                    and other.trigger.pos == "noun"
                    and other.trigger.head not in gone
                    and other.trigger.head < token.i
                ):
                    second, way = governor(other.head)
                    if (
                        second is not None
                        and second.i == verb.i
                        and way in ("subject", "by", "in", "with")
                        and _compatible(draft, other)
                    ):
                        return other
        return None
    if (
        token.dep_ == "advcl"
        and token.tag_ in ("VBN", "VBD")
        and not any(children(token, "nsubj", "nsubjpass", "mark"))
    ):
        for child in children(token.head, "nsubj", "nsubjpass"):  # 'a car bomb was on Monday rammed into …'
            if child.i in by_head and child.i not in gone and _compatible(draft, by_head[child.i]):
                return by_head[child.i]
    for clause_dep in ("relcl", "acl"):
        if (
            token.dep_ == clause_dep
            and token.head.i in by_head
            and token.head.i not in gone
            and _compatible(draft, by_head[token.head.i])
        ):
            return by_head[token.head.i]
    if (
        token.dep_ in ("advcl", "xcomp", "conj")
        and token.tag_ == "VBG"
        and token.head.i in by_head
        and token.head.i not in gone
    ):
        other = by_head[token.head.i]
        if _compatible(draft, other) and not any(children(token, "nsubj", "mark")):
            return other
    return None


def _compatible(a: Draft, b: Draft) -> bool:
    """Whether two types can be told of one happening."""
    if family(a.code) != family(b.code):
        return False
    if family(a.code) != "Violence":
        return a.code == b.code or {a.code, b.code} <= {"Talks", "Diplomacy", "Visit"}
    return "Interception" not in (a.code, b.code) and not (
        "ArmedClash" in (a.code, b.code) and a.code != b.code and "Bombing" in (a.code, b.code)
    )
