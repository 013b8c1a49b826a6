"""Rows: short texts and what a careful reader finds in them, as the tables of this folder write them down.

A row names the point it is about, gives a text and what must be found. What it doesn't name is left open: a row about
actors says nothing of days. A role that it does name must hold exactly the names given. 'a|b' accepts either name, '?a' may
be there or not, '...' leaves the rest of the role open. A common noun stands for a name that ends with it: 'civilians' for
'eight civilians'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pytest

PUBLISHED = date(2025, 6, 3)
OUTLET = "The Harbour Post"


@dataclass(frozen=True, slots=True)
class Want:
    """What one event must be; None leaves a part open. `type` is 'code|code', '~code' a code or one below it.

    `claims` holds pairs of claimants and factuality; `counts` tuples of measure, kind and number, with the claimants as
    a fourth part where the row is about them. `whole` counts are all there are.
    """

    type: str
    trigger: str | None = None
    actors: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    mediators: tuple[str, ...] | None = None
    weapons: tuple[str, ...] | None = None
    when: str | None = None
    precision: str | None = None
    factuality: str | None = None
    claimants: tuple[str, ...] | None = None
    counts: tuple[tuple[str, ...], ...] | None = None
    mentions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A text with the point it is about, the events wanted in it, and the types (and those below) that must not be.

    `alone` says that the wanted events are all there are. `people` is for the entities: name to wanted properties.
    """

    point: str
    text: str
    wants: tuple[Want, ...] = ()
    absent: tuple[str, ...] = ()
    alone: bool = False
    published: date | None = PUBLISHED
    title: str = ""
    entities: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...] = ()


def names(text: str | None) -> tuple[str, ...] | None:
    """The names of 'Ukraine; Russia'; an empty text is no name at all."""
    return None if text is None else tuple(part.strip() for part in text.split(";") if part.strip())


def an(
    type: str,
    trigger: str | None = None,
    *,
    actors: str | None = None,
    targets: str | None = None,
    places: str | None = None,
    mediators: str | None = None,
    weapons: str | None = None,
    when: str | None = None,
    precision: str | None = None,
    factuality: str | None = None,
    claimants: str | None = None,
    counts: tuple[str, ...] | None = None,
    mentions: str | None = None,
) -> Want:
    """The wanted event, its roles given as 'name; name'; `when` is 'day' or 'day/day', '' for none, 'a|b' for either.

    A count reads 'Killed People 5', 'Killed People 5.. @ Kyiv', 'Killed People ..5', 'Launched Drones 4..6', '52 of 80';
    '? Killed …' may be there or not.
    """
    return Want(
        type,
        trigger,
        names(actors),
        names(targets),
        names(places),
        names(mediators),
        names(weapons),
        when,
        precision,
        factuality,
        names(claimants),
        None if counts is None else tuple(tuple(part.strip() for part in count.split("@")) for count in counts),
        names(mentions),
    )


def row(
    point: str,
    text: str,
    *wants: Want,
    absent: str = "",
    alone: bool = False,
    published: date | None = PUBLISHED,
    title: str = "",
    entities: dict[str, dict[str, str | None]] | None = None,
) -> Row:
    """A row: the point, the text, the wanted events; `absent` are types as 'Violence; Talks', 'any' for every type."""
    expected = tuple((name, tuple(wanted.items())) for name, wanted in (entities or {}).items())
    return Row(point, text, wants, names(absent) or (), alone, published, title, expected)


def table(rows: Iterable[Row], *, open_: Iterable[Row] = ()) -> Sequence[object]:
    """The parameters of a test over rows: those of `open_` are known to fail, and must be moved when they don't."""
    done = [pytest.param(one, id=one.point) for one in rows]
    mark = pytest.mark.xfail
    return done + [
        pytest.param(one, id=one.point, marks=mark(strict=True, reason=f"open: {one.point}")) for one in open_
    ]


def at(year: int, month: int, day: int, hour: int, zone: str) -> datetime:
    """A publication time with its zone, '+03:00'."""
    return datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{hour:02}:00:00{zone}")
