"""Numbers by month as bars that fit beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from server.pages.dates import MONTHS

MOST = 120  # bars; more are too narrow to see
STEPS = (1, 3, 12, 120, 1200, 12000)  # months in a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """So many events in the months that `name` tells in words; `share` is its part of the highest bar, 0 to 1."""

    name: str
    count: int
    share: float


def bars(by_month: Mapping[str, int]) -> tuple[Bar, ...]:
    """Bars without a gap from the first month ('2025-06') to the last, in the finest step that leaves at most MOST."""
    counts = {_number(month): count for month, count in by_month.items()}
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    step = next((step for step in STEPS if last // step - first // step < MOST), STEPS[-1])
    found: Counter[int] = Counter()
    for month, count in counts.items():
        found[month // step] += count
    highest = max(found.values())
    numbers = range(first // step, last // step + 1)
    return tuple(Bar(_name(n * step, step), found[n], found[n] / highest) for n in numbers)


def _number(month: str) -> int:
    """The months since the year 0."""
    year, _, of_year = month.rpartition("-")
    return int(year) * 12 + int(of_year) - 1


def _name(month: int, step: int) -> str:
    """The months of a bar in words."""
    year, of_year = divmod(month, 12)
    if step >= 12:
        return f"{year}" if step == 12 else f"{year}–{year + step // 12 - 1}"
    months = MONTHS[of_year] if step == 1 else f"{MONTHS[of_year]}–{MONTHS[of_year + step - 1]}"
    return f"{months} {year}"
