"""The choice among the things that an entity can be: how likely each is by itself, and in this article."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.link.context import home
from kg.names import Name

NEAR = 3.0
"""What a country's part of the article adds, in log-odds, to things of that country."""
FAR = 1.2
"""What is taken from towns, regions and people of a country that an article about other countries doesn't name."""
OWN = 1.0
"""What the article's own word ('Ukraine's air force') adds to things of the country that it says the entity is of."""
THRESHOLD = 0.4
"""The score under which an entity stays unlinked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The thing chosen, its score between 0 and 1, and why."""

    thing: Name
    score: float
    reason: str


def choose(things: Sequence[Name], countries: Mapping[str, float], *, own: str | None = None) -> Choice | None:
    """The likeliest of the things, or None if there are none.

    `countries` gives each country's part (0-1) of what the rest of the article is about; `own` is the label of the
    state that the article says the entity belongs to.
    """
    if not things:
        return None
    scored = [(_odds(thing, countries, own), -number, thing) for number, thing in enumerate(things)]
    odds, _, thing = max(scored, key=lambda row: row[:2])
    score = 1 / (1 + math.exp(-odds))
    return Choice(thing, round(score, 3), _reason(thing, things, countries, own))


def _odds(thing: Name, countries: Mapping[str, float], own: str | None) -> float:
    prior = min(max(thing.prior, 0.01), 0.99)
    odds = math.log(prior / (1 - prior))
    country = home(thing)
    if country is None:
        return odds
    odds += NEAR * countries.get(country, 0.0)
    if own is not None:
        odds += OWN if own == country else -NEAR
    if countries and country not in countries and "State" not in thing.classes:
        odds -= FAR
    return odds


def _reason(thing: Name, things: Sequence[Name], countries: Mapping[str, float], own: str | None) -> str:
    words = [f"{thing.how} of {thing.label}"]
    country = home(thing)
    if country is not None and countries.get(country):
        words.append(f"{country} is {countries[country]:.0%} of the article's other names")
    elif country is not None and countries:
        words.append(f"no other name of the article is of {country}")
    if own is not None and own == country:
        words.append(f"it is given as of {own}")
    if len(things) > 1:
        words.append(f"{len(things)} candidates")
    return "; ".join(words)
