"""How likely each of several things with one name is meant, as far as their standing alone can say."""

from __future__ import annotations

from collections.abc import Sequence

LEAST, MOST = 0.05, 0.9


def shares(standing: Sequence[float]) -> list[float]:
    """The share of each thing in the standing of all, between 0.05 and 0.9; all alike where none has any."""
    total = sum(standing)
    if total <= 0:
        return [max(LEAST, min(MOST, 1 / len(standing)))] * len(standing) if standing else []
    return [max(LEAST, min(MOST, value / total)) for value in standing]
