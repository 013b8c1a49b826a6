"""Mentions of one happening in one article made one event: 'the attack' is the attack told before."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.cast import Cast
from kg.extract.counts import Tally
from kg.extract.drafts import Draft, family
from kg.extract.syntax import children

_GENERIC = {"ArmedAttack", "Violence"}
_FIRST_LEVEL = {
    "Violence",
    "Control",
    "Mobilization",
    "Diplomacy",
    "Pressure",
    "Aid",
    "Unrest",
    "Custody",
    "Displacement",
}
_NEW = {
    "another",
    "second",
    "third",
    "separate",
    "other",
    "similar",
    "further",
    "fresh",
    "additional",
    "new",
    "previous",
    "earlier",
    "fourth",
    "fifth",
}
_DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "his", "such"}
THRESHOLD = 2.5


@dataclass(slots=True)
class Happening:
    """One event with all drafts that tell it, the first one leading, and the counts told of it."""

    drafts: list[Draft]
    tallies: list[tuple[Draft, Tally]]

    @property
    def lead(self) -> Draft:
        """The draft that names the event."""
        return self.drafts[0]


def happenings(drafts: list[Draft], tallies: list[tuple[Draft, Tally]], cast: Cast) -> list[Happening]:
    """The events of the article in text order, each with its mentions."""
    out: list[Happening] = []
    for draft in sorted(drafts, key=lambda d: d.trigger.start):
        best: tuple[float, int] | None = None
        for number, other in enumerate(out):
            score = _likeness(draft, other, cast)
            if (
                score is not None
                and score >= THRESHOLD
                and (best is None or score > best[0] or score == best[0] and not is_definite(draft))
            ):
                best = (score, number)
        mine = [(d, t) for d, t in tallies if d is draft]
        if best is None:
            out.append(Happening([draft], mine))
        else:
            out[best[1]].drafts.append(draft)
            out[best[1]].tallies += mine
            out[best[1]].lead.trace.append(f"mention '{draft.trigger.lemma}' merged, likeness {best[0]:.1f}")
    return out


def is_told(happening: Happening) -> bool:
    """Whether enough is told for an event: a bare 'violence' or 'attacks', with nobody, nowhere and no day, is none."""
    found = happening.drafts
    parties = any(d.actors or d.targets for d in found) or bool(happening.tallies)
    placed, dated = any(d.places for d in found), any(d.when for d in found)
    unsure = happening.lead.factuality in ("Hypothetical", "Possible")
    if happening.lead.code in _FIRST_LEVEL:
        return (parties and (placed or dated) or placed and dated) and not unsure or bool(happening.tallies)
    if happening.lead.frame.weak:
        return parties or placed and dated
    if unsure and len(found) == 1:
        return parties or placed
    return parties or placed or dated or happening.lead.trigger.pos == "verb" or len(found) > 1


def is_definite(draft: Draft) -> bool:
    """Whether the trigger is a noun that takes up something known: 'the attack', 'Friday's raid'."""
    if draft.trigger.pos != "noun":
        return False
    head = draft.head
    if any(c.lower_ in _NEW for c in children(head, "amod", "det")):
        return False
    if any(c.lower_ in _DEFINITE for c in children(head, "det", "poss")):
        return True
    return any(c.ent_type_ in ("DATE", "TIME") for c in children(head, "poss", "nmod", "compound"))


def _likeness(draft: Draft, other: Happening, cast: Cast) -> float | None:
    """How much speaks for one happening; None where something speaks against it."""
    lead = other.lead
    if family(draft.code) != family(lead.code):
        return None
    same = draft.code == lead.code
    generic = draft.code in _GENERIC or lead.code in _GENERIC
    swap = {draft.code, lead.code} == {"Release", "PrisonerExchange"}
    if not (
        same
        or generic
        or swap
        or family(draft.code) == "Violence"
        and "Interception" not in (draft.code, lead.code)
        and "ArmedClash" not in (draft.code, lead.code)
    ):
        return None
    whens = [d.when for d in other.drafts if d.when is not None]
    score = 1.5 if swap else 0.0  # 'were handed over' after a swap tells of the swap
    if draft.when is not None and whens:
        if all(draft.when.end < w.start or w.end < draft.when.start for w in whens):
            return None
        if any(draft.when == w for w in whens):
            score += 1.0
    elif draft.when is not None and not is_definite(draft) and draft.when.precision != "Day":
        score -= 1.0
    places = {p for d in other.drafts for p in d.places}
    if draft.places and places:
        mine = {_up(cast, p) for p in draft.places}
        theirs = {_up(cast, p) for p in places}
        if set(draft.places) & places:
            score += 1.0
        elif (
            not any(a & b for a in mine for b in theirs)
            or all("State" not in cast.members[p].classes for p in (*draft.places, *places))
            and all(
                cast.members[p].classes == ("Place",)
                and cast.members[q].classes == ("Place",)
                and _named(cast, p)
                and _named(cast, q)
                and not _nested(cast, p, q)
                for p in draft.places
                for q in places
            )
        ):
            return None
    actors = {a for d in other.drafts for a in d.actors}
    if draft.actors and actors:
        if set(draft.actors) & actors:
            score += 1.0
        elif not _vague(cast, draft.actors) and not _vague(cast, actors):
            return None
    targets = {t for d in other.drafts for t in d.targets}
    if draft.targets and targets:
        score += 1.0 if set(draft.targets) & targets else -0.5
    if (
        not is_definite(draft)
        and draft.factuality != lead.factuality
        and {draft.factuality, lead.factuality} & {"Planned", "Hypothetical"}
    ):
        score -= 1.0
    score += 0.5 * same + 0.5 * (draft.trigger.lemma.split()[-1] == lead.trigger.lemma.split()[-1])
    if is_definite(draft):
        score += 2.3
    if any(c.lower_ in _NEW for c in children(draft.head, "amod", "det")):
        score -= 2.0
    score += 0.25 * min(3, len(other.drafts) - 1)  # what is told most is what 'the attack' means
    gap = draft.sentence - max(d.sentence for d in other.drafts)
    score += 0.3 if gap <= 1 else 0.0
    if same and draft.factuality == "Denied" and gap <= 2:  # 'denied that there was any truce'
        score += 2.0
    if (
        draft.trigger.pos == "verb"
        and not is_definite(draft)
        and gap > 0
        and not (set(draft.targets) & targets or set(draft.actors) & actors)
    ):
        score -= 1.0
    return score


def _up(cast: Cast, place: str) -> frozenset[str]:
    chain, current = {place}, cast.members[place].lies_in
    while current and current not in chain:
        chain.add(current)
        current = cast.members[current].lies_in
    return frozenset(chain)


def _nested(cast: Cast, a: str, b: str) -> bool:
    return a in _up(cast, b) or b in _up(cast, a)


def _named(cast: Cast, place: str) -> bool:
    return cast.members[place].name[:1].isupper()


def _vague(cast: Cast, ids: set[str] | list[str]) -> bool:
    """Whether all are people without a name, who may be anybody's."""
    return all(
        cast.members[i].classes[0] in ("Group", "Person") and not cast.members[i].name[:1].isupper() for i in ids
    )
