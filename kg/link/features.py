"""What speaks for and against each thing that an entity can be; every feature is a number, its weight is in a table."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from kg.link.around import ranks
from kg.link.asked import BODIES, SPEAKING, Asked
from kg.link.candidates import Candidate
from kg.names import Gazetteer, Name, Office, fold, kilometres

REACH = 150.0
"""Kilometres at which nearness to another place of the document has lost two thirds of its weight."""


EXACT = {"label": 1.0, "demonym": 1.0, "alias": 0.3}
"""How much it tells that a name is spelled as the thing has it, by how it refers to the thing."""
UNKNOWN = 4.7
"""The power of ten of people that a place with an item is taken for, where nobody says how many it has."""
WORLD = 6.3
"""The power of ten of people from which on a city is known all over the world."""


@cache
def settings() -> dict[str, dict[str, Any]]:
    """The weights of the features and the limits of the decision."""
    return tomllib.loads(files("kg.link").joinpath("weights.toml").read_text("utf8"))


@dataclass(frozen=True, slots=True)
class Document:
    """What the rest of a document says: the part of its names of each country, and where its other places lie."""

    countries: Mapping[str, float]
    points: Sequence[tuple[float, float]]


def home(thing: Name) -> str | None:
    """The label of the state that the thing is or belongs to."""
    return thing.label if "State" in thing.classes else thing.country


def local(one: Asked, found: Sequence[Candidate], gazetteer: Gazetteer, published: date | None) -> None:
    """Give the candidates those features that don't depend on the rest of the document."""
    inside = _insides(one, found, gazetteer)
    largest = max((_size(candidate.thing) for candidate in found), default=0.0)
    largest_inside = max((_size(c.thing) for c in found if c.thing.number in inside), default=0.0)
    for candidate in found:
        thing = candidate.thing
        prior = min(max(thing.prior, 0.01), 0.99)
        told = candidate.features
        told["prior"] = math.log(prior / (1 - prior))
        if candidate.alike < 1 or thing.how == "similar":
            told["similar"] = (1 - candidate.alike) * 10
        else:
            told["exact"] = EXACT.get(thing.how, 0.0)
        if thing.how == "surname":
            told["surname"] = 1.0
        told["longer"] = min(3, len(fold(candidate.name).split()) - 1)
        if thing.how == "metonym" and one.kind in ("any", "agent"):
            told["pointed"] = 1.0
        if one.entity.classes and BODIES & set(thing.classes) and one.kind == "body":
            same = one.entity.classes[0] == thing.classes[0]
            told["class" if same else "other_body"] = 1.0 if same or one.entity.classes[0] != "Organization" else 0.0
        if one.own is not None and (country := home(thing)) is not None and one.kind != "state":
            told["own" if country == one.own else "not_own"] = 1.0
        if inside:
            told["inside" if thing.number in inside else "not_inside"] = 1.0
        if "Person" in thing.classes and one.around.ranks:
            held = _held(thing, one, gazetteer, published)
            if held:
                told["office" if held > 0 else "other_office"] = abs(held)
        if "Place" in thing.classes and "State" not in thing.classes:
            # Of places in the container that the text names, only one another's size counts.
            rival = largest_inside if thing.number in inside else largest
            told["smaller"] = round(rival - _size(thing), 3)
            if (
                one.around.types
                and (often := one.around.types.total() / min(SPEAKING, len(one.entity.mentions))) >= 0.5
            ):
                told["typed"] = min(1.0, often) if _typed(thing, one, gazetteer) else -min(1.0, often)
            if candidate.name.isupper() and len(candidate.name) <= 5 and not inside:
                told["acronym"] = 1.0
        if thing.common and thing.word_loss >= 0.3 and "Place" in thing.classes:
            told["word"] = 1.0
        if thing.description and one.around.words & set(fold(thing.description).split()):
            told["described"] = 1.0
        if thing.source.count(";"):
            told["agreed"] = 1.0 if "State" not in thing.classes else 0.0


def document(candidate: Candidate, around: Document) -> None:
    """Give a candidate the features that depend on what the other names of the document are taken for."""
    told, thing = candidate.features, candidate.thing
    for name in ("country", "elsewhere", "near"):
        told.pop(name, None)
    country = home(thing)
    if country is not None and around.countries:
        told["country"] = around.countries.get(country, 0.0)
        if country not in around.countries and "State" not in thing.classes:
            # A city that the whole world knows is named anywhere, a small town at home.
            told["elsewhere"] = min(1.0, max(0.0, (WORLD - _size(thing)) / 2)) if "Place" in thing.classes else 1.0
    if thing.lat is not None and thing.lon is not None and "State" not in thing.classes and around.points:
        gaps = (kilometres(thing.lat, thing.lon, lat, lon) for lat, lon in around.points)
        told["near"] = round(math.exp(-min(gaps) / REACH), 4)


def weigh(found: Sequence[Candidate]) -> None:
    """Give the candidates their odds and scores; the scores of all, and of none of them, add up to one."""
    weights: Mapping[str, float] = settings()["weights"]
    for candidate in found:
        candidate.odds = sum(weights[name] * value for name, value in candidate.features.items())
    sharp: float = settings()["limits"]["sharpness"]
    top = max([0.0, *(candidate.odds for candidate in found)])
    total = math.exp(-sharp * top) + sum(math.exp(sharp * (candidate.odds - top)) for candidate in found)
    for candidate in found:
        candidate.score = math.exp(sharp * (candidate.odds - top)) / total


def _insides(one: Asked, found: Sequence[Candidate], gazetteer: Gazetteer) -> set[int]:
    """The candidates that lie in a place named beside the entity; empty where no container of theirs is named."""
    if not one.around.inside:
        return set()
    spelled = {
        thing.number for name in one.around.inside for thing in gazetteer.lookup(name) if "Place" in thing.classes
    }
    inside = set()
    for candidate in found:
        if "Place" in candidate.thing.classes and "State" not in candidate.thing.classes:
            candidate.containers = gazetteer.containers(candidate.thing)
            if any(place.number in spelled for place in candidate.containers):
                inside.add(candidate.thing.number)
    return inside


_SETTLEMENTS = frozenset(["city", "town", "village"])


def _size(thing: Name) -> float:
    """The power of ten of a place's people, or what its fame comes to: of regions the people are mostly unknown."""
    if "Place" not in thing.classes or "State" in thing.classes:
        return 0.0
    people = math.log10(max(thing.population, 300)) if thing.population or not thing.qid else UNKNOWN
    return max(people, 0.9 * math.log2(1 + thing.fame), 6.0 if thing.prior > 0.7 else 0)


def _typed(thing: Name, one: Asked, gazetteer: Gazetteer) -> bool:
    """Whether the place is of a kind that the text calls it: 'Hatay Province' for 'the province of Hatay'."""
    regional = set(one.around.types) - _SETTLEMENTS
    if not regional:
        return thing.population > 0
    name = fold(one.entity.name)
    forms = {fold(form) for form, _ in gazetteer.forms(thing)}
    return any(f"{name} {kind}" in forms or f"{kind} of {name}" in forms for kind in regional)


def _held(thing: Name, one: Asked, gazetteer: Gazetteer, published: date | None) -> float:
    """Whether the person held the office that the text gives: 1 at the date, 0.6 at some time, -1 not; 0 unknown."""
    title = one.around.ranks
    offices = gazetteer.offices(thing) or ((Office(thing.role, thing.country),) if thing.role else ())
    if not title or not offices:
        return 0.0
    held = [(office, ranks(office.role)) for office in offices]
    fitting = [office for office, words in held if words and (title <= words or words <= title)]
    if not fitting:
        return -1.0
    if published is None:
        return 0.6
    then = [
        office
        for office in fitting
        if (office.start is None or office.start <= published) and (office.end is None or published <= office.end)
    ]
    return (1.0 if any(office.start or office.end for office in then) else 0.8) if then else 0.3
