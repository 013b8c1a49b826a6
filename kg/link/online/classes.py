"""From a service's types to classes of the ontology, and whether a thing of one class can be an entity of another."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files

from kg.link.asked import BODIES

STEPS = 5
"""How many times the classes above a type are asked for before its class counts as unknown."""

_ITEM = re.compile(r"Q[1-9][0-9]*")

Parents = Callable[[tuple[str, ...]], Mapping[str, tuple[str, ...]]]
"""The direct superclasses of each of some items."""


def is_item(text: str) -> bool:
    """Whether the text is the number of a Wikidata item."""
    return _ITEM.fullmatch(text) is not None


def class_of(types: Iterable[str], *, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ontology classes of a thing with these types, the most specific first; () where unknown.

    `known` are the superclasses of types that the table lacks, see `climb`. The nearest level that the table knows
    decides, and on one level the line that comes first.
    """
    level, seen = tuple(dict.fromkeys(types)), set[str]()
    for _ in range(STEPS + 1):
        found = [_table()[kind] for kind in map(_key, level) if kind in _table()]
        if found:
            best = min(found)[1]
            more = "Place" if best == "State" else "Organization" if best in BODIES else best
            return tuple(dict.fromkeys((best, more)))
        seen.update(level)
        level = tuple(dict.fromkeys(above for kind in level for above in known.get(kind, ()) if above not in seen))
    return ()


def climb(types: Iterable[str], *, parents: Parents) -> dict[str, tuple[str, ...]]:
    """The superclasses of every item among the types that the table lacks, level by level, `STEPS` levels at most."""
    known: dict[str, tuple[str, ...]] = {}
    level = tuple(types)
    for _ in range(STEPS):
        asked = tuple(sorted({kind for kind in level if is_item(kind) and kind not in _table() and kind not in known}))
        if not asked:
            break
        answer = parents(asked)
        known |= {kind: answer.get(kind, ()) for kind in asked}
        level = tuple(above for kind in asked for above in known[kind])
    return known


def fits(found: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    """Whether a thing of the classes `found` can be an entity of the classes `asked`; () asks for anything known."""
    if not found or not asked:
        return bool(found)
    if "State" in asked:
        return "State" in found
    if "Place" in asked:
        return "Place" in found
    if "Person" in asked:
        return "Person" in found
    if asked == ("Agent",):
        return bool(set(found) & (BODIES | {"Person", "State"}))
    return bool(set(found) & BODIES and set(asked) & BODIES)


def items_for(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The items to name as type in a query for entities of these classes; () where every type may do."""
    if not asked or asked == ("Agent",):
        return ()
    wanted = "State" if "State" in asked else asked[0]
    # Every organisation, because what one source calls an armed group is a party or a government body for another.
    if wanted in BODIES:
        wanted = "Organization"
    return tuple(kind for kind, (_, name) in _table().items() if name == wanted and is_item(kind))


def _key(kind: str) -> str:
    return kind if is_item(kind) else kind.rstrip("/").replace("#", "/").rpartition("/")[2]


@functools.cache
def _table() -> Mapping[str, tuple[int, str]]:
    """The line number and class of each type."""
    text = files("kg.link.online").joinpath("classes.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {kind: (place, name) for place, (kind, name, _) in enumerate(lines)}
