"""Codes and numbers in words."""

from __future__ import annotations

from collections.abc import Mapping


def words(name: str) -> str:
    """The local name of a code or property in lower-case words: `AirStrike` is 'air strike'."""
    return "".join(
        f" {c}" if c.isupper() and i and not name[i - 1].isupper() else c for i, c in enumerate(name)
    ).lower()


def number(said: Mapping[str, object]) -> str:
    """The number of a count claim in words, '52 of 80 drones intercepted'; empty for a claim without one.

    `said` goes from `count`, `low`, `high` and `total` to numbers or texts, from `counted` and `measure` to codes.
    """
    if "measure" not in said or "counted" not in said:
        return ""
    low, high, of = said.get("low"), said.get("high"), said.get("total")
    spread = f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}" if high else ""
    told = f"{said.get('count') or spread}{f' of {of}' if of else ''}"
    return f"{told} {words(str(said['counted']))} {words(str(said['measure']))}"
