"""Tellings as JSON and back, for the index."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from kg.merge.telling import Party, Telling, Word

_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Party, Telling, Word)}
_ROLES = ("actors", "targets", "places", "mediators")
_DAYS = ("issued", "start", "end")


def encode(telling: Telling) -> str:
    """The telling as JSON."""
    values = _values(telling)
    for name in (*_ROLES, "claims"):
        values[name] = [list(_values(each).values()) for each in values[name]]
    for name in _DAYS:
        values[name] = values[name] and values[name].isoformat()
    values["words"] = sorted(values["words"])
    return json.dumps(list(values.values()), ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Telling:
    """The telling that `encode` was given."""
    values: dict[str, Any] = dict(zip(_FIELDS[Telling], json.loads(text), strict=True))
    for name in _ROLES:
        values[name] = tuple(Party(*map(_frozen, each)) for each in values[name])
    values["claims"] = tuple(Word(*map(_frozen, each)) for each in values["claims"])
    for name in _DAYS:
        values[name] = values[name] and date.fromisoformat(values[name])
    return Telling(**values | {"weapons": tuple(values["weapons"]), "words": frozenset(values["words"])})


def _values(of: Any) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _FIELDS[type(of)]}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
