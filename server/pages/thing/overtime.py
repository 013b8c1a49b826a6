"""How much there is of each part of an entity's page over time, as strips of bars on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.pages.bars import Bar, bars
from server.pages.thing.parts import Part, Tally


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars of one part, all of the same months as those of the others; `undated` is what has no day."""

    part: Part
    bars: tuple[Bar, ...]
    undated: int
    query: str

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)


def strips(tallies: Sequence[Tally]) -> tuple[Strip, ...]:
    """A strip for each part that has anything with a day; none where all is of one month."""
    dated = {tally.part: {month: n for month, n in tally.months.items() if month} for tally in tallies}
    axis = dict.fromkeys((month for months in dated.values() for month in months), 0)
    return tuple(
        Strip(tally.part, bars({**axis, **dated[tally.part]}), tally.months.get("", 0), tally.query)
        for tally in tallies
        if dated[tally.part] and len(axis) > 1
    )
