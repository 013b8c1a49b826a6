"""The countries that an article is about, as far as its unambiguous names tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Entity
from kg.names import Name

SURE = 0.5
"""How far the likeliest thing must be above a rival in another country, to speak for its country."""
MANY = 3
"""Mentions of one entity beyond these add nothing."""


def home(thing: Name) -> str | None:
    """The label of the state that the thing is or belongs to."""
    return thing.label if "State" in thing.classes else thing.country


def votes(read: Iterable[tuple[Entity, tuple[Name, ...]]]) -> dict[str, Counter[str]]:
    """For each entity id, how strongly the entity speaks for which country; an ambiguous name is silent."""
    return {entity.id: _vote(entity, things) for entity, things in read}


def shares(cast: Mapping[str, Counter[str]], *, without: str) -> dict[str, float]:
    """The part of all votes, but those of the entity `without`, that each country has; empty where there are none."""
    total: Counter[str] = Counter()
    for entity, vote in cast.items():
        if entity != without:
            total.update(vote)
    amount = sum(total.values())
    return {country: count / amount for country, count in sorted(total.items())} if amount else {}


def _vote(entity: Entity, things: tuple[Name, ...]) -> Counter[str]:
    if not things or (country := home(things[0])) is None:
        return Counter()
    rivals = [thing for thing in things[1:] if home(thing) != country]
    if things[0].common or any(thing.prior > things[0].prior - SURE for thing in rivals):
        return Counter()
    # The state itself tells more than somebody of it: a Russian minister may speak about any country.
    weight = 2 if "State" in things[0].classes else 1
    return Counter({country: weight * min(MANY, max(1, len(entity.mentions)))})
