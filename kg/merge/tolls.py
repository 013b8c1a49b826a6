"""What the numbers of one happening come to: for each thing counted the lowest, the highest, the best, who disagrees.

Whoever speaks counts once, with the last number that they gave: of the latest article, and of the numbers in that one
the highest, as the others are parts of it. What they said before is revised, and is no dispute. Numbers of what is
planned, possible or denied do not count. The best number is the middle one of what the speakers say, of two middle ones
the lower; no speaker has more weight than another, and neither has the latest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import ontology
from kg.merge.telling import Telling, Word

Said = tuple[Telling, Word]
What = tuple[str, str, str]
"""A measure, a kind of things, and on whose side they are or nothing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the claims of an incident say of one measure and kind, on one side if they tell it.

    `claims` are those that stand. `revised` are pairs of a claim and the one by the same speaker that took its place,
    `disagree` pairs of claims that can't both be right, the later first, `repeat` pairs of a claim and the first one
    that gave the same number by someone else. `sources` are the articles that give a number, near-copies with their
    originals.
    """

    measure: str
    counted: str
    affected: str
    low: int
    best: int
    high: int
    claims: tuple[str, ...]
    sources: int
    revised: tuple[tuple[str, str], ...] = ()
    disagree: tuple[tuple[str, str], ...] = ()
    repeat: tuple[tuple[str, str], ...] = ()


def estimates(tellings: Iterable[Telling]) -> list[Estimate]:
    """The estimates of a happening, in alphabetical order of what is counted."""
    said: dict[What, list[Said]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda each: each.told):
        for word in telling.claims:
            if word.measure and word.factuality == "Asserted" and _value(word) is not None:
                said[word.measure, word.counted, word.affected].append((telling, word))
    whole = sorted(_one_sided(said).items())
    turns = {what: _turns(each) for what, each in whole}
    stand = {what: _in_order(each[-1] for each in those) for what, those in turns.items()}
    return [_estimate(what, each, turns[what], stand) for what, each in whole]


def denials(tellings: Sequence[Telling]) -> list[tuple[str, str]]:
    """The claims that deny the happening, each with the first claim by someone else that asserts it."""
    plain = [(t, w) for t in sorted(tellings, key=lambda each: each.told) for w in t.claims]
    asserted = [(t, w) for t, w in plain if w.factuality == "Asserted"]
    found = []
    for _, denial in plain:
        if denial.factuality == "Denied":
            other = next((w for _, w in asserted if w.claimants != denial.claimants), None)
            if other is not None:
                found.append((denial.iri, other.iri))
    return found


def _one_sided(said: dict[What, list[Said]]) -> dict[What, list[Said]]:
    """The same, where numbers that don't tell whose are with those that do if these are all of one side."""
    sides: dict[tuple[str, str], set[str]] = defaultdict(set)
    for measure, counted, affected in said:
        if affected:
            sides[measure, counted].add(affected)
    found: dict[What, list[Said]] = defaultdict(list)
    for (measure, counted, affected), each in said.items():
        only = sides[measure, counted]
        found[measure, counted, affected or (next(iter(only)) if len(only) == 1 else "")] += each
    return {what: sorted(each, key=lambda pair: (pair[0].told, pair[1].start)) for what, each in found.items()}


def _in_order(said: Iterable[Said]) -> list[Said]:
    return sorted(said, key=lambda pair: (pair[0].told, pair[1].start, pair[1].iri))


def _turns(said: Sequence[Said]) -> list[list[Said]]:
    """What each speaker said, one number an article, in their order."""
    by_speaker: dict[tuple[str, ...], dict[str, Said]] = defaultdict(dict)
    for telling, word in said:
        mine = by_speaker[word.claimants]
        if telling.article not in mine or (_value(word) or 0) > (_value(mine[telling.article][1]) or 0):
            mine[telling.article] = (telling, word)
    return [list(articles.values()) for articles in by_speaker.values()]


def _estimate(
    what: What, said: Sequence[Said], turns: Sequence[Sequence[Said]], standing: Mapping[What, Sequence[Said]]
) -> Estimate:
    stand = standing[what]
    values = sorted(_value(word) or 0 for _, word in stand)
    revised = [
        (old.iri, new.iri) for each in turns for (_, old), (_, new) in pairwise(each) if _range(old) != _range(new)
    ]
    return Estimate(
        *what,
        low=values[0],
        best=values[(len(values) - 1) // 2],
        high=max(word.most if word.most is not None else _value(word) or 0 for _, word in stand),
        claims=tuple(word.iri for _, word in stand),
        sources=len({telling.source for telling, _ in said}),
        revised=tuple(sorted(revised)),
        disagree=tuple(sorted({*_disagreeing([word for _, word in stand]), *_too_many(what, standing)})),
        repeat=tuple(sorted(_repeating([word for _, word in stand]))),
    )


def _value(word: Word) -> int | None:
    """The number that stands for a claim: the least that it can be, where it tells that."""
    return word.least if word.least is not None else word.most


def _range(word: Word) -> tuple[int | None, int | None]:
    return word.least, word.most


def _disagreeing(stand: Sequence[Word]) -> Iterable[tuple[str, str]]:
    """Pairs of claims whose numbers can't both be right, the later first.

    'At least 40' has no most, 'up to 40' no least.
    """
    for n, later in enumerate(stand):
        for earlier in stand[:n]:
            for low, high in ((later, earlier), (earlier, later)):
                if low.most is not None and high.least is not None and low.most < high.least:
                    yield later.iri, earlier.iri


def _too_many(what: What, standing: Mapping[What, Sequence[Said]]) -> Iterable[tuple[str, str]]:
    """Pairs of a claim that has more of one kind than another has of a kind that includes it, the later first."""
    measure, counted, affected = what
    for (its_measure, broad, side), stand in standing.items():
        if its_measure == measure and broad in ontology.ancestors(counted)[1:] and (side == affected or not side):
            for narrow, wide in ((a, b) for a in standing[what] for b in stand):
                if narrow[1].least is not None and wide[1].most is not None and wide[1].most < narrow[1].least:
                    earlier, later = _in_order((narrow, wide))
                    yield later[1].iri, earlier[1].iri


def _repeating(stand: Sequence[Word]) -> Iterable[tuple[str, str]]:
    first: dict[tuple[int | None, int | None], Word] = {}
    for word in stand:
        if (known := first.setdefault(_range(word), word)) is not word:
            yield word.iri, known.iri
