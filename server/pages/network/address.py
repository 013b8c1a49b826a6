"""What the address of a network page says: the parameters of `/export`, and what was added and taken away since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.export import Selection, View, selection, view

STARTS = ("around", "node", "query", "article", "entity", "place")
"""The parameters that say where to start; without any, the whole store is looked at."""
FILTERS = ("type", "from", "to", "class")
CHANGES = ("expand", "hide", "without")
LIMITS = (100, 300, 1000, 2000)
UNCHOSEN, CHOSEN = 100, 300


@dataclass(frozen=True, slots=True)
class Address:
    """`given` has the values of STARTS and FILTERS. `expand` has IRIs whose neighbours are added, twice for more.

    `hide` has IRIs that are left out, `without` local names of classes that are drawn but not shown.
    """

    view: View
    given: Mapping[str, tuple[str, ...]]
    limit: int
    expand: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the `/export` of what it starts with."""
        chosen = [(name, value) for name, values in self.given.items() for value in values]
        return [("view", self.view.name), *chosen, ("limit", str(self.limit))]

    @property
    def selection(self) -> Selection:
        """What is chosen to start with. Raises UsageError."""
        return selection({**self.given, "limit": (str(self.limit),)})

    def filters(self, *names: str) -> dict[str, tuple[str, ...]]:
        """The filters of these names, which hold for what is added too."""
        return {name: self.given[name] for name in names if name in self.given}


def address(args: Mapping[str, Sequence[str]]) -> Address:
    """What these parameters say. Raises UsageError for a value that isn't right."""
    values = {name: tuple(value.strip() for value in found if value.strip()) for name, found in args.items()}
    given = {name: values[name] for name in (*STARTS, *FILTERS) if values.get(name)}
    starts = any(name in given for name in STARTS)
    expand, hide, without = (values.get(name, ()) for name in CHANGES)
    return Address(
        view=view(next(iter(values.get("view", ())), "events" if starts else "actors")),
        given=given,
        limit=_limit(next(iter(values.get("limit", ())), "")) or (CHOSEN if starts else UNCHOSEN),
        expand=expand,
        hide=tuple(dict.fromkeys(hide)),
        without=tuple(dict.fromkeys(without)),
    )


def _limit(text: str) -> int:
    if text and not (text.isdecimal() and 0 < int(text[:9]) <= LIMITS[-1]):
        raise UsageError(f"a page draws up to {LIMITS[-1]:,} nodes, so limit can't be {text[:20]!r}; an export can")
    return int(text or 0)
