"""What the statements of a Wikidata entity say: the best ranked ones, without those that no longer hold."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kg.names import Office

Claims = Mapping[str, Any]
"""The statements of an entity by property, as the JSON of Wikidata has them."""

_YEAR, _MONTH, _DAY = 9, 10, 11
"""Precisions of Wikidata's dates."""


def items(claims: Claims, prop: str) -> list[str]:
    """The items that are values of a property."""
    return [value["id"] for value in _values(claims, prop) if isinstance(value, dict) and "id" in value]


def strings(claims: Claims, prop: str) -> list[str]:
    """The strings that are values of a property."""
    return [value for value in _values(claims, prop) if isinstance(value, str)]


def texts(claims: Claims, prop: str) -> list[tuple[str, str]]:
    """The (language, text) values of a property, former ones too: they are still names."""
    found = (
        _value(statement["mainsnak"]) for statement in claims.get(prop, ()) if statement.get("rank") != "deprecated"
    )
    return [(value["language"], value["text"]) for value in found if isinstance(value, dict) and "text" in value]


def point(claims: Claims) -> tuple[float | None, float | None]:
    """The coordinates (P625) in degrees, those on earth."""
    for value in _values(claims, "P625"):
        if str(value.get("globe", "Q2")).endswith("Q2"):
            return float(value["latitude"]), float(value["longitude"])
    return None, None


def amount(claims: Claims, prop: str) -> int:
    """The latest value (P585) of a property that is a number, 0 if there is none."""
    dated = [
        (when or date.min, int(float(value["amount"])))
        for statement, value in _best(claims, prop)
        for when in [_qualified(statement.get("qualifiers") or {}, "P585", last=True)]
    ]
    return max(dated, key=lambda pair: pair[0])[1] if dated else 0


def offices(claims: Claims) -> tuple[Office, ...]:
    """The offices held (P39), each once a term; `role` and `country` are items that the builder makes labels of."""
    found: dict[Office, None] = {}
    for statement in claims.get("P39", ()):
        value = _value(statement["mainsnak"])
        if statement.get("rank") == "deprecated" or not isinstance(value, dict):
            continue
        qualifiers: Claims = statement.get("qualifiers") or {}
        of = (_value(snak) for prop in ("P1001", "P17", "P642") for snak in qualifiers.get(prop, ()))
        country = next((thing["id"] for thing in of if isinstance(thing, dict) and "id" in thing), None)
        start, end = _qualified(qualifiers, "P580", last=False), _qualified(qualifiers, "P582", last=True)
        found[Office(value["id"], country, start, end)] = None
    return tuple(found)


def day(time: Mapping[str, Any], *, last: bool) -> date | None:
    """The first day that a date can be, or with `last` the last one; None before our era or for less than a year."""
    text, precision = time["time"], int(time["precision"])
    if precision < _YEAR or not text.startswith("+"):
        return None
    year, month, number = (int(part) for part in text[1:].split("T")[0].split("-"))
    if not 1 <= year <= 9999:
        return None
    if precision < _MONTH or not month:
        month = 12 if last else 1
    if precision < _DAY or not number:
        number = monthrange(year, month)[1] if last else 1
    return date(year, month, number)


def _qualified(qualifiers: Claims, prop: str, *, last: bool) -> date | None:
    found = (_value(snak) for snak in qualifiers.get(prop, ()))
    return next((day(value, last=last) for value in found if isinstance(value, dict)), None)


def _values(claims: Claims, prop: str) -> Iterator[Any]:
    """The values of the best statements."""
    yield from (value for _, value in _best(claims, prop))


def _best(claims: Claims, prop: str) -> list[tuple[Mapping[str, Any], Any]]:
    """The best statements with their values: preferred ones if there are any, and of them those without an end."""
    kept = [
        ((statement.get("rank") == "preferred", "P582" not in (statement.get("qualifiers") or {})), statement, value)
        for statement in claims.get(prop, ())
        if statement.get("rank") != "deprecated" and (value := _value(statement["mainsnak"])) is not None
    ]
    best = max((rank for rank, _, _ in kept), default=None)
    return [(statement, value) for rank, statement, value in kept if rank == best]


def _value(snak: Mapping[str, Any]) -> Any:
    """The value of a snak, None where it is 'unknown' or 'no value'."""
    return snak["datavalue"]["value"] if snak.get("snaktype", "value") == "value" else None
