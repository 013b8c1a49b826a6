"""The numbers of an event as ranges on one scale: what each speaker allows, and whether all can be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import ontology
from kg.export import Amount
from server.pages.claimed import Claim

STATED = "asserted"
ROOM = 1.25  # how much longer than its numbers a scale is that something open runs along
STEPS = 4  # a scale has at most so many
NICE = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    """One claim on the scale: positions in percent. None is where it has no end, or for `total` no number."""

    claim: Claim
    amount: Amount
    least: float | None
    most: float | None
    total: float | None
    at_odds: bool


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers for one thing, the verdict on them in words, and the marks of their scale with their positions.

    `mixed` says that not all count the same kind. `gap` is where numbers lie apart that can't both be right.
    """

    things: str
    mixed: bool
    verdict: str
    differ: bool
    bars: tuple[Bar, ...]
    marks: tuple[tuple[int, float], ...]
    gap: tuple[float, float] | None


Counted = tuple[Claim, Amount]


def ranges(claims: Iterable[Claim]) -> tuple[Range, ...]:
    """A range for each thing that the claims give numbers for.

    Numbers for a kind and for one below it, as people and civilians, share a range only where they can't both be right.
    """
    counted = [(claim, claim.amount) for claim in claims if claim.amount]
    groups: list[list[Counted]] = []
    for each in counted:
        near = [group for group in groups if any(_alike(each, other) or at_odds(each, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(member for group in near for member in group), each])
    return tuple(_range(group) for group in sorted(groups, key=lambda group: counted.index(group[0])))


def at_odds(one: Counted, other: Counted) -> bool:
    """Whether two claims can't both be right. A denied, planned or possible number contradicts nobody."""
    if {one[0].factuality, other[0].factuality} != {STATED} or one[1].measure != other[1].measure:
        return False
    return _same_side(one[0], other[0]) and (_below(one[1], other[1]) or _below(other[1], one[1]))


def _below(whole: Amount, part: Amount) -> bool:
    """Whether the most of the one is less than the least of the other, which counts the same or what is part of it."""
    among = whole.counted == part.counted or (
        part.counted in ontology.codes("Kind") and whole.counted in ontology.ancestors(part.counted)
    )
    return among and whole.most is not None and whole.most < part.least


def _same_side(one: Claim, other: Claim) -> bool:
    """Whether both can be about the same side; one that names none can be about any."""
    return not one.affected or not other.affected or bool(set(one.affected) & set(other.affected))


def _alike(one: Counted, other: Counted) -> bool:
    return (one[1].measure, one[1].counted) == (other[1].measure, other[1].counted) and _same_side(one[0], other[0])


def _range(group: Sequence[Counted]) -> Range:
    odds = [pair for pair in combinations(group, 2) if at_odds(*pair)]
    torn = {claim.iri for pair in odds for claim, _ in pair}
    top, marks = scale([amount for _, amount in group])
    bars = (bar(claim, amount, top, at_odds=claim.iri in torn) for claim, amount in group)
    kinds = dict.fromkeys(amount.kind for _, amount in group)
    return Range(
        things=f"{' and '.join(kinds)} {group[0][1].fate}",
        mixed=len(kinds) > 1,
        verdict=_verdict(group, odds),
        differ=bool(odds),
        bars=tuple(sorted(bars, key=lambda bar: (bar.amount.least, bar.amount.most or top))),
        marks=marks,
        gap=_gap(odds, top),
    )


def _gap(odds: Iterable[tuple[Counted, Counted]], top: float) -> tuple[float, float] | None:
    """The widest stretch between two claims that are at odds: from the most of one to the least of the other."""
    apart = [
        (one.most, other.least)
        for pair in odds
        for (_, one), (_, other) in (pair, pair[::-1])
        if one.most is not None and one.most < other.least
    ]
    if not apart:
        return None
    first, last = max(apart, key=lambda ends: ends[1] - ends[0])
    return round(100 * first / top, 2), round(100 * last / top, 2)


def _verdict(group: Sequence[Counted], odds: Sequence[tuple[Counted, Counted]]) -> str:
    """Whether the numbers agree, in a sentence; empty for one alone."""
    if odds:
        torn = [each for pair in odds for each in pair]
        lowest = min(torn, key=lambda each: (each[1].least, each[1].most or 0))
        highest = max(torn, key=lambda each: (each[1].least, each[1].most or 0))
        who = "The numbers differ" if set(lowest[0].speakers) & set(highest[0].speakers) else "Speakers differ"
        return f"{who}: {_from_to(lowest[1], highest[1])}."
    stated = [amount for claim, amount in group if claim.factuality == STATED]
    if len(stated) < 2:
        return ""
    if len(set(map(str, stated))) == 1:
        return f"The numbers agree: {stated[0]}."
    return f"The numbers don’t contradict each other: {' and '.join(dict.fromkeys(map(str, stated)))}."


def _from_to(lowest: Amount, highest: Amount) -> str:
    """Both in words: '89 to at least 400 combatants killed'."""
    if lowest.kind != highest.kind:
        return f"{lowest} against {highest}"
    plain = all(amount.total is None and (amount.low is None or amount.high is None) for amount in (lowest, highest))
    return f"{lowest.number} {'to' if plain else 'against'} {highest}"


def bar(claim: Claim, amount: Amount, top: float, *, at_odds: bool) -> Bar:
    """The claim on a scale that ends at `top`."""

    def place(number: int | None) -> float | None:
        return None if number is None else round(100 * max(0, number) / top, 2)

    bounded_below = amount.low is not None or amount.count is not None
    return Bar(
        claim=claim,
        amount=amount,
        least=place(amount.least) if bounded_below else None,
        most=place(amount.most),
        total=place(amount.total),
        at_odds=at_odds,
    )


def scale(amounts: Sequence[Amount]) -> tuple[float, tuple[tuple[int, float], ...]]:
    """The number at the end of a scale that all amounts fit on, and its marks."""
    named = [each for a in amounts for each in (a.count, a.low, a.high, a.total) if each is not None]
    highest = max([1, *named]) * (ROOM if any(amount.most is None for amount in amounts) else 1)
    step = next(
        size
        for size in (nice * 10**power for power in range(len(str(int(highest))) + 1) for nice in NICE)
        if highest / size <= STEPS
    )
    top = max(highest, step)
    return top, tuple((n * step, round(100 * n * step / top, 2)) for n in range(int(top // step) + 1))
