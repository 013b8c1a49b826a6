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
    """The conflict that a happening is of, and the greater ones that it is part of, in the order of their items.

    Where two sides meet it may be anywhere, as talks are. Where only one is told of, it is where the conflict is
    fought, and not the state of that place itself, which fights in all others there too. An act of war without known
    participants is of the one conflict of its place. Of several that fit, the one with most sides among the parties
    wins, then one that is fought there, then the one with fewest places and the latest start.
    """
    things = (party for telling in tellings for party in (*telling.parties, *telling.places))
    items = {item for party in things for item in (party.key, *party.around)}
    known = {conflict.item: conflict for item in items for conflict in _about().get(item, ())}
    now = [conflict for conflict in known.values() if any(_during(conflict, telling) for telling in tellings)]
    best = max((fit for conflict in now if (fit := _fit(conflict, tellings)) is not None), default=None)
    item = best[-1] if best is not None else _only(now, tellings)
    found = set()
    while item:
        found.add(item)
        item = conflicts()[item].part_of
    return [conflicts()[each] for each in sorted(found)]


def _fit(conflict: Conflict, tellings: Sequence[Telling]) -> tuple[int, bool, int, date, str] | None:
    """How well a conflict of the time fits by its sides, to be compared; None where it does not. Its item is last."""
    parties = [party for telling in tellings for party in telling.parties]
    sides = sum(_any_of(side, parties) for side in conflict.sides)
    there = _is_there(conflict, tellings)
    at_home = {place.country for telling in tellings for place in telling.places if place.country}
    strangers = [party for party in parties if at_home.isdisjoint((party.key, party.country))]
    acts = there and any(_any_of(side, strangers) for side in conflict.sides)
    if sides > 1 or (acts and any(telling.family in _AT_PLACE for telling in tellings)):
        return sides, there, -len(conflict.places), conflict.start, conflict.item
    return None


def _only(now: Sequence[Conflict], tellings: Sequence[Telling]) -> str:
    """The item of the one conflict that is fought there, apart from the greater ones; empty if there are more."""
    if not any(t.type in _FOUGHT and not any(p.is_named for p in t.parties) for t in tellings):
        return ""
    there = [conflict for conflict in now if _is_there(conflict, tellings)]
    greater = {conflict.part_of for conflict in there}
    least = [conflict.item for conflict in there if conflict.item not in greater]
    return least[0] if len(least) == 1 else ""


def _is_there(conflict: Conflict, tellings: Sequence[Telling]) -> bool:
    return any(_any_of(conflict.places, telling.places) for telling in tellings)


def _during(conflict: Conflict, telling: Telling) -> bool:
    start, end = telling.start or telling.issued, telling.end or telling.issued
    if start is None or end is None:
        return False
    return end >= conflict.start and (conflict.end is None or start <= conflict.end)


def _any_of(items: frozenset[str], parties: Iterable[Party]) -> bool:
    return any(party.key in items or not items.isdisjoint(party.around) for party in parties)
