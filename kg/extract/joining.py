"""Drafts of one clause that are one happening made one: 'a raid hit', 'were killed in an air strike', 'explosion of a
bomb'."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.arguments import subjects
from kg.extract.drafts import Draft, family
from kg.extract.frames import rules
from kg.extract.syntax import children, core, governor

_JOINED = ("Violence", "Diplomacy", "Custody", "Mobilization")
_LINKS = ("subject", "by", "in", "during", "with", "through", "using", "for")
_BOMBS = ("bomb", "ied", "device", "vbied")


class Open:
    """The drafts that still stand, by the token that heads their trigger."""

    def __init__(self, found: list[Draft]) -> None:
        self.by_head = {draft.trigger.head: draft for draft in found}
        self.gone: set[int] = set()

    def at(self, index: int, draft: Draft) -> Draft | None:
        """The draft headed by the token that can tell one happening with `draft`, or None."""
        other = self.by_head.get(index)
        if other is None or other is draft or index in self.gone or not compatible(draft, other):
            return None
        return other

    def nouns_before(self, draft: Draft, index: int) -> list[Draft]:
        """The noun drafts of the sentence that stand before the token and go with `draft`."""
        return [
            other
            for head, other in self.by_head.items()
            if head < index
            and other.trigger.pos == "noun"
            and other.sentence == draft.sentence
            and self.at(head, draft)
        ]


def join(found: list[Draft]) -> list[Draft]:
    """The drafts with those of one clause and one happening joined; the more telling trigger leads."""
    stand = Open(found)
    for draft in found:
        if draft.trigger.head in stand.gone or family(draft.code) not in _JOINED:
            continue
        ways = _NOUN if draft.trigger.pos == "noun" else _VERB
        other = next((one for way in ways if (one := way(stand, draft)) is not None), None)
        if other is None:
            continue
        keep, drop = _stronger(other, draft)
        keep.extra += [drop.trigger, *drop.extra]
        keep.heads += [head for head in drop.heads if head not in keep.heads]
        keep.trace.append(f"joined with '{drop.trigger.lemma}'")
        stand.gone.add(drop.trigger.head)
        stand.by_head[drop.trigger.head] = keep
    return [draft for draft in found if draft.trigger.head not in stand.gone]


def compatible(a: Draft, b: Draft) -> bool:
    """Whether two types can be told of one happening."""
    if family(a.code) != family(b.code):
        return False
    if family(a.code) != "Violence":
        return a.code == b.code or {a.code, b.code} <= {"Talks", "Diplomacy", "Visit"}
    return "Interception" not in (a.code, b.code) and {a.code, b.code} != {"ArmedClash", "Bombing"}


def _stronger(a: Draft, b: Draft) -> tuple[Draft, Draft]:
    """The one of two drafts to keep: the more specific type, a noun before a verb."""

    def rank(draft: Draft) -> tuple[int, int, int]:
        generic = draft.code in ("ArmedAttack", "Violence")
        return (0 if generic else 1, 1 if draft.trigger.pos == "noun" else 0, -draft.trigger.start)

    return (a, b) if rank(a) >= rank(b) else (b, a)


def _its_verb(stand: Open, draft: Draft) -> Draft | None:
    """'the raid killed', 'hit by an air strike', 'met for talks': the verb that the noun depends on."""
    verb, how = governor(draft.head)
    other = stand.at(verb.i, draft) if verb is not None else None
    if verb is None or other is None or other.trigger.pos != "verb":
        return None
    if family(draft.code) == "Diplomacy":
        return other if how in ("for", "in", "during", "at") and other.code == "Talks" or how == "object" else None
    carried = how == "object" and (verb.lemma_.lower() in rules()["light"] or draft.head.lemma_.lower() in _BOMBS)
    return other if how in _LINKS or carried else None


def _restated(stand: Open, draft: Draft) -> Draft | None:
    """'…, another attack ascribed to X' says more of what stands before the comma."""
    edge = draft.head.left_edge
    if draft.code != "ArmedAttack" or not edge.i or edge.nbor(-1).text != ",":
        return None
    aside = draft.head.dep_ in ("appos", "dobj", "attr", "npadvmod", "conj")
    article = any(c.lower_ in ("another", "a", "an", "the") for c in children(draft.head, "det"))
    before = stand.nouns_before(draft, edge.i) if aside and article else []
    return before[-1] if before else None


def _inside(stand: Open, draft: Draft) -> Draft | None:
    """'the killing of X in an airstrike', 'the explosion of a car bomb': a noun inside the other's phrase."""
    node = draft.head
    for _ in range(3):
        if node.dep_ != "pobj" or node.head.lower_ not in ("of", "in", "by", "during") or node.head.dep_ != "prep":
            return None
        node = node.head.head
        other = stand.at(node.i, draft)
        if other is not None and other.trigger.pos == "noun":
            return other
    return None


def _same_verb(stand: Open, draft: Draft) -> Draft | None:
    """'hit by strikes in a raid': two nouns of one verb."""
    verb, how = governor(draft.head)
    if verb is None or how not in ("subject", "by", "in", "with", "during"):
        return None
    for other in stand.nouns_before(draft, draft.head.i):
        second, way = governor(other.head)
        if second is not None and second.i == verb.i and way in ("subject", "by", "in", "with"):
            return other
    return None


def _its_subject(stand: Open, draft: Draft) -> Draft | None:
    """'strikes killed … and destroyed …', 'a car bomb was on Monday rammed into …': the noun that does it."""
    for subject in subjects(draft.head):
        other = stand.at(core(subject).i, draft)
        if other is not None and other.trigger.pos == "noun":
            return other
    token = draft.head
    if (
        token.dep_ == "advcl"
        and token.tag_ in ("VBN", "VBD")
        and not any(children(token, "nsubj", "nsubjpass", "mark"))
    ):
        return next((one for c in children(token.head, "nsubj", "nsubjpass") if (one := stand.at(c.i, draft))), None)
    return None


def _its_clause(stand: Open, draft: Draft) -> Draft | None:
    """'the attack that hit', 'stormed the base, killing': a clause that hangs on the other's trigger."""
    token = draft.head
    if token.dep_ in ("relcl", "acl"):
        return stand.at(token.head.i, draft)
    if token.dep_ in ("advcl", "xcomp", "conj") and token.tag_ == "VBG" and not any(children(token, "nsubj", "mark")):
        return stand.at(token.head.i, draft)
    return None


Way = Callable[[Open, Draft], Draft | None]
_NOUN: tuple[Way, ...] = (_its_verb, _restated, _inside, _same_verb)
_VERB: tuple[Way, ...] = (_its_subject, _its_clause)
