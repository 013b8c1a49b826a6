"""Which tellings are of one happening: groups, made from the likeness of pairs and what people decided.

What is in one group depends only on the tellings that hang together by likely pairs. So when an article comes, goes or
changes, all other groups are as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.merge.likeness import incompatible, probability, settings
from kg.merge.telling import Telling

Pair = frozenset[str]
"""The IRIs of two tellings."""


def groups(
    tellings: Iterable[Telling],
    chances: Mapping[Pair, float],
    *,
    same: Iterable[Pair] = (),
    different: frozenset[Pair] = frozenset(),
) -> list[list[Telling]]:
    """The tellings of each happening, the first to tell first; the groups are in the order of their first.

    `chances` are the probabilities of the pairs that are likely. The most likely pair comes first; it makes one of two
    groups unless two of their tellings can't be of one happening, are judged `different`, or the pairs between the
    groups are not likely enough on average. What is judged the `same` comes before all, and only what is judged
    different keeps it apart.
    """
    limits = settings()["limits"]
    by_iri = {each.iri: each for each in sorted(tellings, key=lambda each: each.told)}
    joined = _Joined(by_iri)

    def judged_apart(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
        return bool(different) and any(frozenset((a.iri, b.iri)) in different for a in one for b in other)

    def apart(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
        if judged_apart(one, other) or any(incompatible(a, b) for a in one for b in other):
            return True
        pairs = [(a, b, chances.get(frozenset((a.iri, b.iri)))) for a in one for b in other]
        total = sum(probability(a, b) if chance is None else chance for a, b, chance in pairs)
        return total < limits["average"] * len(pairs)

    joined.join((pair for pair in sorted(same, key=sorted) if pair <= by_iri.keys()), unless=judged_apart)
    likely = ((pair, chance) for pair, chance in chances.items() if chance >= limits["same"] and pair <= by_iri.keys())
    joined.join((pair for pair, _ in sorted(likely, key=lambda each: (-each[1], sorted(each[0])))), unless=apart)
    return joined.groups()


class _Joined:
    """A partition of tellings, which gets coarser."""

    def __init__(self, by_iri: Mapping[str, Telling]) -> None:
        self._group = {iri: [telling] for iri, telling in by_iri.items()}

    def join(self, pairs: Iterable[Pair], *, unless: Callable[[Sequence[Telling], Sequence[Telling]], bool]) -> None:
        """Makes one group of the two groups of each pair, in turn."""
        for pair in pairs:
            one, other = (self._group[iri] for iri in sorted(pair))
            if one is not other and not unless(one, other):
                one += other
                for telling in other:
                    self._group[telling.iri] = one

    def groups(self) -> list[list[Telling]]:
        distinct = {id(group): group for group in self._group.values()}
        return sorted(
            (sorted(group, key=lambda each: each.told) for group in distinct.values()), key=lambda g: g[0].told
        )
