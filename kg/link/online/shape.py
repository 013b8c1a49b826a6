"""Reading JSON of others: each function gives the value if it has the form that the protocol says."""

from __future__ import annotations

import re

from kg.link.online.trouble import Unanswered

_ID = re.compile(r"[1-9][0-9]{0,11}")


def fields(value: object, what: str) -> dict[str, object]:
    """The value as an object's members. An empty array counts as none: MediaWiki writes empty maps so."""
    if isinstance(value, dict):
        return value
    if value == [] and isinstance(value, list):
        return {}
    raise _wrong(value, what, "an object")


def rows(value: object, what: str) -> list[object]:
    """The value as a list."""
    if isinstance(value, list):
        return value
    raise _wrong(value, what, "an array")


def text(value: object, what: str) -> str:
    """The value as a string."""
    # Half a character can be written in JSON, but nowhere else.
    if isinstance(value, str) and value.encode("utf8", "replace").decode() == value:
        return value
    raise _wrong(value, what, "a string")


def number(value: object, what: str) -> float:
    """The value as a number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        return float(value)
    raise _wrong(value, what, "a number")


def digits(value: object) -> int | None:
    """The number that a GeoNames id written as a string is; None for anything else."""
    return int(value) if isinstance(value, str) and _ID.fullmatch(value) else None


def _wrong(value: object, what: str, wanted: str) -> Unanswered:
    return Unanswered(f"{what} is {type(value).__name__}, not {wanted}, in the service's answer")
