"""The day of each event: the time expression that hangs on its words, the dateline, or the deed told just before."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Token

from kg.extract.drafts import Draft, family
from kg.extract.scene import Scene
from kg.extract.speech import is_report
from kg.extract.syntax import clause
from kg.extract.times import Moment, moments
from kg.model import When

_FUTURE = {
    "will",
    "shall",
    "’ll",
    "'ll",
    "scheduled",
    "upcoming",
    "invited",
    "invites",
    "due",
    "planned",
    "plans",
    "expected",
}


_TALLIES = ("toll", "tolls", "tally", "number", "count", "figure")


_CARRIED = ("Violence", "Custody", "Displacement", "Unrest", "Control", "Mobilization")


_CARRY = 2
"""How many sentences a day is carried on."""


def carry_days(told: list[Draft]) -> None:
    """Give a deed without a day that of the deed told just before it, where nothing parts them."""
    last: Draft | None = None
    for draft in told:
        if family(draft.code) not in _CARRIED or draft.factuality != "Asserted":
            continue
        near = last is not None and draft.sentence - last.sentence <= _CARRY
        if draft.when is None and last is not None and near and draft.head.tag_ not in ("VBP", "VBZ"):
            draft.when = last.when
            draft.trace.append(f"day of '{last.trigger.lemma}' carried over")
        if draft.when is not None and draft.when.precision == "Day":
            last = draft


def carry_places(told: list[Draft]) -> None:
    """Give a deed without a place that of a deed told in the same sentence."""
    last: Draft | None = None
    for draft in told:
        if family(draft.code) not in _CARRIED:
            continue
        near = last is not None and draft.sentence == last.sentence
        if not draft.places and last is not None and near:
            draft.places = list(last.places)
            draft.trace.append(f"place of '{last.trigger.lemma}' carried over")
        if draft.places:
            last = draft


def give_days(scene: Scene, told: list[Draft], published: date | None) -> None:
    """Give each draft the days that its sentence tells."""
    doc, last, dateline = scene.doc, None, None
    text = doc.text  # spaCy joins it anew at each call
    heads = frozenset(h.i for d in told for h in d.heads[:1])
    by_sentence: dict[int, list[Draft]] = {}
    for draft in told:
        by_sentence.setdefault(draft.head.sent.start, []).append(draft)
    for sent in doc.sents:
        future = any(t.lower_ in _FUTURE for t in sent)
        found = moments(text, sent.start_char, sent.end_char, published=published, last=last, future=future)
        for draft in by_sentence.get(sent.start, ()):
            mine = frozenset(h.i for h in draft.heads)
            draft.when = _own_day(scene, draft, found, heads - mine)
            if draft.when is None and not found and dateline is not None:
                draft.when = dateline
                draft.trace.append("time of the dateline")
        if found and len(sent.text.strip()) - (found[0].end - found[0].start) < 6:
            dateline = found[0].when
        elif sent.text.endswith("\n") or "\n" in sent[-1].text_with_ws:
            dateline = None
        days = [m.when.start for m in found if m.when.precision == "Day"]
        last = days[-1] if days else last


def _own_day(scene: Scene, draft: Draft, moments: list[Moment], other_heads: frozenset[int]) -> When | None:
    """The days of the event: of the time expression that hangs on its words, or stands in front of its sentence."""
    doc, best = scene.doc, None
    mine = {h.i for h in draft.heads}
    sent = draft.head.sent
    for moment in moments:
        span = doc.char_span(moment.start, moment.end, alignment_mode="expand")
        if span is None or span.root.sent.start != sent.start:
            continue
        score = _attachment(span.root, draft.head, mine, other_heads)
        if score == 1 and family(draft.code) not in ("Violence", "Custody", "Displacement"):
            continue
        if score > 0 and (best is None or (score, -abs(span.root.i - draft.head.i)) > best[0]):
            best = ((score, -abs(span.root.i - draft.head.i)), moment)
    if best is None:
        return None
    draft.trace.append(f"time '{doc.char_span(best[1].start, best[1].end, alignment_mode='expand')}'")
    return best[1].when


def _is_of_a_tally(above: list[Token], anchor: Token) -> bool:
    """Whether the event is that of a toll which changes then: 'the toll of the attack rose to 15 on Thursday'."""
    tally = next((up for up in above if up.lower_ in _TALLIES and up.dep_ in ("nsubj", "nsubjpass")), None)
    return tally is not None and anchor in tally.ancestors


def _attachment(root: Token, trigger: Token, mine: set[int], others: frozenset[int]) -> int:
    """How closely a time expression hangs on an event: 5 on its own words, 4 below, 3 on the clause around, 2 in
    front, 1 elsewhere."""
    chain = [root, *root.ancestors]
    for up in chain:
        if up.i in mine:
            return 5 if up == root or up in list(root.ancestors)[:3] else 4
        if up.i in others:  # told of another event of the sentence: better than no day at all
            return 1
    top = clause(trigger)
    above = [trigger, *trigger.ancestors]
    anchor = next((up for up in chain if up in above), None)
    if anchor is None or _is_of_a_tally(above, anchor):
        return 0
    if anchor.pos_ in ("VERB", "AUX") and is_report(anchor) and anchor != top:
        return 2 if root.i < anchor.i and root.i < trigger.i and root.i - trigger.sent.start < 14 else 0
    if anchor == top or anchor.pos_ in ("NOUN", "PROPN"):
        return 3
    between = [up for up in above if up != anchor and anchor in up.ancestors]
    if any(is_report(up) and up.i not in mine for up in between):
        return 2 if root.i < anchor.i else 0
    return 2
