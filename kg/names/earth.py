"""Distances on the earth."""

from __future__ import annotations

import math
from functools import lru_cache

DIAMETER = 12_742.0
"""Kilometres: the mean diameter of the earth."""


@lru_cache(maxsize=1 << 16)
def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points given in degrees (haversine formula)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return DIAMETER * math.asin(min(1.0, math.sqrt(half)))
