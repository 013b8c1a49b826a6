"""Effects joined to the events that caused them: 'a blast killed five', 'six died when gunmen stormed', 'dozens were
wounded'."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.arguments import subjects
from kg.extract.counts import Tally, affected, tally
from kg.extract.drafts import Draft, family
from kg.extract.frames import rules
from kg.extract.scene import Scene
from kg.extract.speech import is_report
from kg.extract.syntax import children, negated
from kg.extract.triggers import triggers

_CASUALTY = ("Killed", "Wounded", "Missing")
_FAR = 5
"""How many sentences back a count of the released looks for the exchange."""
_REACH = 2
"""How many sentences back an effect without a cause of its own looks for one."""


def effects(scene: Scene, found: list[Draft]) -> tuple[list[tuple[Draft, Tally]], list[Draft]]:
    """The counts of the text, each with its event, and the drafts that remain: 'killed' gives way to the event that
    killed."""
    doc = scene.doc
    by_head = {head.i: d for d in found for head in d.heads[:1]} | {t.head: d for d in found for t in d.extra}
    out: list[tuple[Draft, Tally]] = []
    gone: set[int] = set()
    for effect in triggers(doc, "Measure"):
        token = doc[effect.head]
        own = by_head.get(effect.head)
        if effect.code in _CASUALTY and natural(token):
            if own is not None and own.trigger.head == effect.head:
                gone.add(own.trigger.head)
            continue
        if negated(token) and own is not None and own.trigger.head == effect.head and _kills(own):
            gone.add(own.trigger.head)  # 'but did not damage it' is no deed
            continue
        cause = _cause(scene, token, by_head, gone)
        if cause is own or cause is None:
            if own is not None and own.trigger.head not in gone:
                cause = own
                if (
                    effect.code in _CASUALTY
                    and effect.pos == "verb"
                    and own.code == "ArmedAttack"
                    and not _agentive(own)
                ):
                    earlier = _earlier(found, own, scene.sentences[token.i], gone)
                    if earlier is not None and _bare(token):
                        cause = earlier
            elif effect.code in _CASUALTY:
                cause = _earlier(found, None, scene.sentences[token.i], gone, before=effect.head)
            elif effect.code == "Released":
                swaps = [d for d in found if d.code in ("PrisonerExchange", "Release") and d.trigger.head < effect.head]
                cause = swaps[-1] if swaps and scene.sentences[token.i] - swaps[-1].sentence <= _FAR else None
        if cause is None:
            continue
        if own is not None and cause is not own and own.trigger.head == effect.head and _kills(own):
            gone.add(own.trigger.head)
            cause.extra.append(own.trigger)
            cause.heads.append(token)
            if family(cause.code) == "Violence":  # who is killed at a protest is not whom it is against
                cause.target_tokens += affected(effect, scene)
            cause.trace.append(f"'{own.trigger.lemma}' told as its effect")
        elif (
            effect.code in _CASUALTY
            and effect.pos == "verb"
            and cause is not own
            and token not in cause.heads
            and scene.sentences[token.i] == cause.sentence
        ):
            cause.heads.append(token)
        if negated(token) or any(negated(t) for t in affected(effect, scene)):
            continue
        if effect.code == "Destroyed" and cause.code == "Interception":  # its own count says Intercepted
            continue
        for noun in affected(effect, scene):
            if (one := tally(scene, effect.code, noun)) is not None:
                out.append((cause, one))
    for draft, one in list(out):
        if draft.trigger.head in gone:
            out.remove((draft, one))
    return out, [d for d in found if d.trigger.head not in gone]


_EFFECTS = {"kill", "shoot dead", "gun down", "slay", "murder", "massacre", "wound", "injure", "damage", "destroy"}


def _kills(draft: Draft) -> bool:
    """Whether the draft's verb may tell the effect of another deed."""
    return draft.code == "ArmedAttack" and draft.trigger.pos == "verb" and draft.trigger.lemma in _EFFECTS


def _agentive(draft: Draft) -> bool:

    return bool(subjects(draft.head))


def _bare(token: Token) -> bool:
    """Whether the effect tells neither place nor day of its own."""
    return not any(p.lower_ in ("in", "at", "near", "on") for p in children(token, "prep"))


def natural(token: Token) -> bool:
    """Whether an accident, a disease or the weather killed."""
    nouns = {t.lemma_.lower() for t in token.sent if t.pos_ in ("NOUN", "PROPN")}
    verbs = {t.lemma_.lower() for t in token.sent if t.pos_ == "VERB"}
    return bool(nouns & set(rules()["accident"]) or verbs & set(rules()["accident_verbs"]))


def _cause(scene: Scene, token: Token, by_head: dict[int, Draft], gone: set[int]) -> Draft | None:
    """The event in the same sentence that brought the effect about."""

    def at(node: Token) -> Draft | None:
        draft = by_head.get(node.i)
        if draft is None or draft.trigger.head in gone or node.i == token.i:
            return None
        return (
            draft
            if family(draft.code)
            in ("Violence", "Unrest", "Custody", "Control", "Mobilization", "Displacement", "Aid", "Diplomacy")
            else None
        )

    if token.pos_ in ("VERB", "AUX", "ADJ"):
        verb = token
        if token.pos_ == "ADJ" and token.head.pos_ in ("VERB", "AUX"):
            verb = token.head
        beside = [
            c for other in children(verb, "conj") if not any(children(verb, "prep")) for c in children(other, "prep")
        ]
        for child in [*children(verb, "nsubj", "nsubjpass", "agent", "prep", "advcl", "ccomp"), *beside]:
            if child.dep_ in ("agent", "prep"):
                if child.lower_ in ("in", "by", "during", "after", "from", "when", "with", "as", "following"):
                    for noun in children(child, "pobj", "pcomp"):
                        for node in (
                            noun,
                            *(c for c in noun.subtree if c.i in by_head and c.dep_ in ("compound", "conj")),
                        ):
                            if (draft := at(node)) is not None:
                                return draft
            elif child.dep_ == "advcl":
                if (
                    any(m.lower_ in ("when", "after", "as", "while") for m in children(child, "advmod", "mark"))
                    and (draft := at(child)) is not None
                ):
                    return draft
                if any(m.lower_ in ("when", "after", "as", "while") for m in children(child, "advmod", "mark")):
                    for noun in children(child, "nsubj", "dobj", "nsubjpass"):
                        if (draft := at(noun)) is not None:
                            return draft
            else:
                inner = scene.links.get(child.i, child.i)
                node = scene.doc[inner]
                for one in (node, child, *(t for t in node.subtree if t.dep_ == "pobj" and t.head.lower_ == "of")):
                    if (draft := at(one)) is not None and draft.trigger.pos == "noun":
                        return draft
        if verb.dep_ in ("relcl", "acl"):  # 'attacks in the market of the city which killed 28'
            for up in [verb.head, *verb.head.ancestors]:
                if up.pos_ in ("VERB", "AUX"):
                    break
                if (draft := at(up)) is not None:
                    return draft
        up = verb
        for _ in range(3):
            if (
                up.dep_ not in ("advcl", "xcomp", "conj", "ccomp", "acl", "relcl", "prep", "pcomp")
                or is_report(up.head)
                and up.dep_ == "ccomp"
            ):
                break
            same = up.dep_ == "conj"
            up = up.head
            if (draft := at(up)) is not None and (
                not same or not any(children(verb, "nsubj", "nsubjpass")) or draft.trigger.pos == "verb"
            ):
                return draft
            for child in children(up, "nsubj", "agent", "nsubjpass"):
                node = next(iter(children(child, "pobj")), child) if child.dep_ == "agent" else child
                if (draft := at(node)) is not None and draft.trigger.pos == "noun":
                    return draft
        return None
    for up in [token, *token.ancestors]:
        if (draft := at(up)) is not None:
            return draft
        for prep in children(up, "prep"):
            if prep.lower_ in ("in", "from", "during", "after", "of", "following"):
                for noun in children(prep, "pobj"):
                    if (draft := at(noun)) is not None:
                        return draft
        if up.pos_ in ("VERB", "AUX"):
            for child in children(up, "nsubj"):
                if (draft := at(child)) is not None:
                    return draft
            if up.dep_ not in ("conj", "xcomp", "advcl", "relcl", "acl"):
                break
    return None


def _earlier(
    found: list[Draft], own: Draft | None, sentence: int, gone: set[int], *, before: int | None = None
) -> Draft | None:
    """The last event told before that can have casualties: first one in the sentence, else in the sentences just
    before."""
    limit = before if before is not None else own.trigger.head if own is not None else 0
    wanted = [
        d
        for d in found
        if d is not own
        and d.trigger.head not in gone
        and d.trigger.head < limit
        and sentence - d.sentence <= (_REACH if own is None else _FAR)
        and family(d.code) in ("Violence", "Unrest")
    ]
    if wanted or own is not None:
        likely = [d for d in wanted if d.code != "Interception"] or wanted
        return likely[-1] if likely else None
    # a toll told later belongs to what the article is about: its first event with violence
    return next(
        (
            d
            for d in found
            if d.trigger.head not in gone
            and d.trigger.head < limit
            and family(d.code) == "Violence"
            and d.code not in ("Interception", "ArmedClash", "Violence")
        ),
        None,
    )
