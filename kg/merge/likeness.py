"""How likely two tellings tell of one happening, and where they can't.

The probability is that of a logistic regression over what they have in common and what tells them apart. The weights
are in `weights.toml`; `python -m tests.merge.fit` fits them to given clusters.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import ontology
from kg.merge.blocks import OLD
from kg.merge.telling import Party, Telling
from kg.names import fold, kilometres

NEAR_KILOMETRES = 30.0
DAYS_APART = 1  # between the ends of two spans of days: night falls, and days differ between time zones
RATIO = 3.0  # from which on two numbers are far apart
APART = frozenset({"another", "second", "separat"})  # content words of one that is told as another
UNKNOWN_LAG = 60  # days, where it isn't known when an article was issued


@cache
def settings() -> Mapping[str, Mapping[str, float]]:
    """The weights of the features, and the limits of decisions."""
    return tomllib.loads(files("kg.merge").joinpath("weights.toml").read_text("utf8"))


def incompatible(one: Telling, other: Telling) -> str:
    """Why these two can't be of one happening, whatever they have in common; empty where they can."""
    if one.article == other.article and _told_apart(one, other):
        return "one article tells them apart"
    if one.family != other.family:
        return "they are of different kinds"
    if _gap(one, other) > DAYS_APART:
        return "their days do not meet"
    if one.places and other.places and not any(_meet(p, q) for p in one.places for q in other.places):
        return "their places do not meet"
    return ""


def _told_apart(one: Telling, other: Telling) -> bool:
    """Whether an article that tells of both takes them for two.

    It does unless they are of one type, day and place, neither is called another or a separate one, and nobody gives
    two numbers for the same: then it tells of one happening twice, as where two sides speak of it.
    """
    places = {place.key for place in one.places if not place.is_country}
    same = one.type == other.type and one.is_day and one.start == other.start and one.end == other.end
    if not (same and places & {place.key for place in other.places}) or APART & (one.words | other.words):
        return True
    return any(
        (a.measure, a.counted, a.claimants) == (b.measure, b.counted, b.claimants)
        and (a.least, a.most) != (b.least, b.most)
        for a in one.claims
        for b in other.claims
        if a.measure
    )


def probability(one: Telling, other: Telling) -> float:
    """How likely they tell of one happening, 0 where they can't."""
    return 0.0 if incompatible(one, other) else chance(features(one, other))


def chance(found: Mapping[str, float]) -> float:
    """The probability that features come to."""
    weights = settings()["weights"]
    return 1.0 / (1.0 + math.exp(-sum(weights[name] * value for name, value in found.items())))


def features(one: Telling, other: Telling) -> dict[str, float]:
    """What two compatible tellings have in common, and what differs, by name."""
    return {
        "bias": 1.0,
        **_types(one, other),
        **_times(one, other),
        **_places(one, other),
        **_sides(one, other),
        **_numbers(one, other),
        **_texts(one, other),
    }


def _types(one: Telling, other: Telling) -> dict[str, float]:
    if one.type == other.type:
        return {"same_type": 1.0}
    if {one.type, other.type} & {one.family, "ArmedAttack"}:
        return {"vaguer_type": 1.0}
    return {"other_type": 1.0}


def _gap(one: Telling, other: Telling) -> int:
    """Days between the two, 0 where they can be of one day or a day is unknown."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def _times(one: Telling, other: Telling) -> dict[str, float]:
    if one.start is None or other.start is None:
        # What has no day is mostly new: it happened shortly before the article.
        return {"no_day": 1.0, "no_day_lag": math.log1p(_lag(one, other))}
    if _gap(one, other):
        return {"day_apart": 1.0}
    if not (one.is_day and other.is_day):
        return {"coarse_day": 1.0}
    if one.start != other.start:
        return {"days_meet": 1.0}
    return {"same_day": 1.0, "old_day": float(max(_age(one), _age(other)) >= OLD)}


def _lag(one: Telling, other: Telling) -> int:
    """Days between two articles, or between the day of one telling and the article of that which has none."""
    for dated, undated in ((one, other), (other, one)):
        if dated.end is not None and undated.start is None and undated.issued is not None:
            return abs((undated.issued - dated.end).days)
    return abs((one.issued - other.issued).days) if one.issued and other.issued else UNKNOWN_LAG


def _age(telling: Telling) -> int:
    """Days from a happening to the article that tells of it."""
    return (telling.issued - telling.start).days if telling.issued and telling.start else 0


def _meet(one: Party, other: Party) -> bool:
    """Whether something can have happened at both: one holds the other, is near it, or nobody knows where they are."""
    if one.key == other.key or one.key in other.around or other.key in one.around:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.country and other.country and (distance := _distance(one, other)) is not None:
        return distance <= NEAR_KILOMETRES
    # What has no item may be anywhere in its country; a sea, or a region of several countries, has no bounds here.
    return not (_is_known(one) and _is_known(other) and one.country and other.country)


def _is_known(place: Party) -> bool:
    return place.key != place.iri


def _distance(one: Party, other: Party) -> float | None:
    """Kilometres between two places that are points, None where one is larger or it isn't known where it is."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    if one.is_country or other.is_country:
        return None
    return kilometres(one.lat, one.lon, other.lat, other.lon)


def _places(one: Telling, other: Telling) -> dict[str, float]:
    if not one.places or not other.places:
        return {"no_place": 1.0}
    fine = {p.key for p in one.places if not p.is_country} & {p.key for p in other.places if not p.is_country}
    if fine:
        return {"same_place": 1.0}
    pairs = [(p, q) for p in one.places for q in other.places]
    if any((d := _distance(p, q)) is not None and d <= NEAR_KILOMETRES for p, q in pairs):
        return {"near_place": 1.0}
    if any(not (p.is_country or q.is_country) and (p.key in q.around or q.key in p.around) for p, q in pairs):
        return {"place_within": 1.0}
    if any(p.key == q.key or p.key in q.around or q.key in p.around for p, q in pairs):
        return {"same_country": 1.0}
    return {"other_place": 1.0}


def _sides(one: Telling, other: Telling) -> dict[str, float]:
    found: dict[str, float] = {}
    for role, mine, theirs in (("actor", one.actors, other.actors), ("target", one.targets, other.targets)):
        if mine and theirs:
            found[f"{role}_{_likeness(mine, theirs)}"] = 1.0
    found["named"] = float(min(len(_keys(one, countries=False) & _keys(other, countries=False)), 3))
    found["states"] = float(min(len(_keys(one, countries=True) & _keys(other, countries=True)), 2))
    return found


def _keys(telling: Telling, *, countries: bool) -> set[str]:
    """The participants with a name that are countries, or those that are not."""
    return {party.key for party in telling.parties if party.is_named and party.is_country is countries}


def _likeness(one: tuple[Party, ...], other: tuple[Party, ...]) -> str:
    if {party.key for party in one} & {party.key for party in other}:
        return "same"
    pairs = [(p, q) for p in one for q in other]
    if any(p.key in q.around or q.key in p.around for p, q in pairs):
        return "related"
    if any(set(fold(p.name).split()) & set(fold(q.name).split()) for p, q in pairs):
        return "related"
    return "differs" if any(p.is_named and q.is_named for p, q in pairs) else "vague"


def _numbers(one: Telling, other: Telling) -> dict[str, float]:
    same, far = 0.0, 0.0
    for mine in one.claims:
        for theirs in other.claims:
            if mine.measure and mine.measure == theirs.measure and _comparable(mine.counted, theirs.counted):
                a, b = mine.least or mine.most, theirs.least or theirs.most
                if a and b and a == b:
                    same = max(same, math.log1p(a))
                elif a and b and max(a, b) >= RATIO * min(a, b):
                    far = 1.0
    return {"same_number": min(same, 5.0), "far_number": far * (not same)}


def _comparable(one: str, other: str) -> bool:
    return one in ontology.ancestors(other) or other in ontology.ancestors(one)


def _texts(one: Telling, other: Telling) -> dict[str, float]:
    shared, least = len(one.words & other.words), min(len(one.words), len(other.words))
    return {
        "same_trigger": float(one.trigger.casefold() == other.trigger.casefold()),
        "words": shared / least if least else 0.0,
        "many_words": math.log1p(shared),
    }
