"""The wars that incidents belong to: a table of conflicts with their Wikidata items, and which of them one is of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kg.merge.telling import Party, Telling

_FOUGHT = {"AirStrike", "DroneAttack", "MissileAttack", "Shelling", "Bombing", "ArmedClash", "TerritoryCaptured"}
"""What happens in war, so that its place and day are enough to tell which."""

_AT_PLACE = {"Violence", "Control", "Mobilization", "Displacement", "Custody", "Aid"}
"""Families of what belongs to a war by being done by or to one of its sides where it is fought."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A war: its item, the places it is fought in and the sides that fight it, by their items, its first and last day.

    `end` is None while it goes on. `part_of` is the item of a greater one, or empty.
    """

    item: str
    name: str
    start: date
    end: date | None
    places: frozenset[str]
    sides: tuple[frozenset[str], ...]
    part_of: str = ""


@cache
def conflicts() -> dict[str, Conflict]:
    """All conflicts of the table, by item."""
    table = tomllib.loads(files("kg.merge").joinpath("conflicts.toml").read_text("utf8"))
    found = {}
    for row in table["conflict"]:
        found[row["item"]] = Conflict(
            row["item"], row["name"], row["start"], row.get("end"), frozenset(row["places"]),
            tuple(map(frozenset, row["sides"])), row.get("part_of", ""),
        )  # fmt: skip
    return found


@cache
def _about() -> dict[str, list[Conflict]]:
    """The conflicts that each place or party is of, by its item."""
    found: dict[str, list[Conflict]] = {}
    for conflict in conflicts().values():
        for item in conflict.places.union(*conflict.sides):
            found.setdefault(item, []).append(conflict)
    return found


def belonging(tellings: Sequence[Telling]) -> list[Conflict]:
    """The conflicts that a happening is of, and the greater ones that these are part of, in the order of their items.

    It is of those with most of their sides among its participants: where two sides meet it may be anywhere, as talks
    are; where one acts it is where the conflict is fought; an act of war without known participants is told by its
    place alone.
    """
    things = (party for telling in tellings for party in (*telling.parties, *telling.places))
    items = {item for party in things for item in (party.key, *party.around)}
    known = {conflict.item: conflict for item in items for conflict in _about().get(item, ())}
    weighed = [(_sides(conflict, tellings), conflict) for conflict in known.values() if _fits(conflict, tellings)]
    most = max((sides for sides, _ in weighed), default=0)
    found = {conflict.item for sides, conflict in weighed if sides == most}
    for item in list(found):
        while item := conflicts()[item].part_of:
            found.add(item)
    return [conflicts()[item] for item in sorted(found)]


def _fits(conflict: Conflict, tellings: Sequence[Telling]) -> bool:
    if not any(_during(conflict, telling) for telling in tellings):
        return False
    sides = _sides(conflict, tellings)
    if sides > 1:
        return True
    if not any(_any_of(conflict.places, telling.places) for telling in tellings):
        return False
    if sides:
        return any(telling.family in _AT_PLACE for telling in tellings)
    return any(t.type in _FOUGHT and not any(p.is_named for p in t.parties) for t in tellings)


def _during(conflict: Conflict, telling: Telling) -> bool:
    start, end = telling.start or telling.issued, telling.end or telling.issued
    if start is None or end is None:
        return False
    return end >= conflict.start and (conflict.end is None or start <= conflict.end)


def _sides(conflict: Conflict, tellings: Sequence[Telling]) -> int:
    parties = [party for telling in tellings for party in telling.parties]
    return sum(_any_of(side, parties) for side in conflict.sides)


def _any_of(items: frozenset[str], parties: Iterable[Party]) -> bool:
    return any(party.key in items or not items.isdisjoint(party.around) for party in parties)
