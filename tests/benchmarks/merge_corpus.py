"""A made-up world of happenings and the articles that tell of them, as extractions: for measuring merging alone.

Every happening has a type, a day, a town, sides and a toll. Articles of several outlets tell of those of the last days,
each with its own numbers and now and then without the day or with the country only, and recall one of long ago.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Article, Claim, Count, Entity, Event, Extraction, Link, Mention, Run, When, digest, entity_id

RUN = Run("benchmark", "1", "1", "none")
FIRST = date(2021, 1, 1)
TYPES = (
    "AirStrike", "DroneAttack", "MissileAttack", "Shelling", "Bombing", "ArmedAttack", "ArmedClash", "Protest", "Talks",
    "Arrest", "Evacuation", "TerritoryCaptured", "Visit", "Agreement",
)  # fmt: skip
WORDS = "market school depot bridge convoy station harbour hospital village square camp ministry border road airfield"
TOWNS, PROVINCES, COUNTRIES, SIDES, OUTLETS = 400, 60, 12, 60, 40


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens: `town` and `sides` are numbers of the made-up world."""

    number: int
    type: str
    day: date
    town: int
    sides: tuple[int, int]
    toll: int
    words: tuple[str, str]


def happenings(number: int, *, days: int, seed: int = 0) -> list[Happening]:
    """So many happenings within so many days, in the order of their days. A fifth of the towns see most of them."""
    chance = random.Random(seed)
    found = []
    for each in range(number):
        town = chance.randrange(TOWNS // 5) if chance.random() < 0.7 else chance.randrange(TOWNS)
        sides = (chance.randrange(SIDES), chance.randrange(SIDES))
        words = tuple(chance.sample(WORDS.split(), 2))
        day = FIRST + timedelta(chance.randrange(days))
        toll = chance.choice((0, 0, chance.randrange(1, 9), chance.randrange(3, 60)))
        found.append(Happening(each, chance.choice(TYPES), day, town, sides, toll, (words[0], words[1])))
    return sorted(found, key=lambda each: (each.day, each.number))


def extractions(events: int, *, seed: int = 0) -> Iterator[tuple[Extraction, Mapping[str, int]]]:
    """Articles with about so many events in all, and for each the happening that every event of it is of, by id."""
    chance = random.Random(seed)
    known = happenings(max(events // 3, 1), days=max(events // 100, 20), seed=seed)
    by_day: dict[date, list[Happening]] = defaultdict(list)
    for each in known:
        by_day[each.day].append(each)
    told, number, day = 0, 0, FIRST
    last = known[-1].day
    while told < events and day <= last:
        recent = [each for ago in range(3) for each in by_day[day - timedelta(ago)]]
        for _ in range(max(len(by_day[day]) // 3, 1)):
            chosen = chance.sample(recent, min(len(recent), chance.randrange(6, 13)))
            if chance.random() < 0.3:
                chosen.append(chance.choice(known[: max(known.index(chosen[0]), 1)] if chosen else known))
            yield _article(number, day, chosen, chance)
            told += len(chosen)
            number += 1
        day += timedelta(1)


def _article(
    number: int, day: date, chosen: list[Happening], chance: random.Random
) -> tuple[Extraction, Mapping[str, int]]:
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    publisher = Entity(entity_id("Organization", outlet), ("NewsOutlet",), outlet)
    entities: dict[str, Entity] = {publisher.id: publisher}
    links: dict[str, Link] = {}
    events, claims, text, of = [], [], "", {}
    for happening in dict.fromkeys(chosen):
        place = _town(happening.town, entities, links)
        if chance.random() < 0.1:
            place = entities[place].country or place
        actor, target = (_side(side, entities, links) for side in happening.sides)
        trigger, sentence = _told(happening, len(text), chance)
        text += sentence.exact + "\n"
        dated = chance.random()
        when = When(happening.day, happening.day) if dated < 0.8 else None
        if 0.8 <= dated < 0.85:
            first = happening.day.replace(day=1)
            when = When(first, (first + timedelta(31)).replace(day=1) - timedelta(1), "Month")
        event = Event(
            digest(number, happening.number), happening.type, trigger, (trigger,),
            actors=(actor,) if chance.random() < 0.8 else (), targets=(target,) if chance.random() < 0.7 else (),
            places=(place,) if chance.random() < 0.9 else (), when=when,
        )  # fmt: skip
        events.append(event)
        of[event.id] = happening.number
        count = None
        if happening.toll:
            count = Count("Killed", "People", max(happening.toll + chance.choice((0, 0, 0, 1, -1, 5)), 1))
        claims.append(Claim(digest(event.id, "claim"), event.id, (publisher.id,), "Asserted", (sentence,), count=count))
    article = Article(f"made-{number}", f"Article {number}", text or "Nothing.", day, outlet)
    found = Extraction(
        article, RUN, publisher.id, tuple(entities.values()), tuple(events), tuple(claims), tuple(links.values())
    )
    return found, of


def _told(happening: Happening, at: int, chance: random.Random) -> tuple[Mention, Mention]:
    """The trigger and the sentence, the first of which is in the second."""
    verb = chance.choice((happening.type.lower(), "attack", "incident"))
    more = chance.sample(WORDS.split(), 2)
    sentence = f"The {verb} near the {happening.words[0]} and the {happening.words[1]}, with {more[0]} and {more[1]}."
    return Mention(at + 4, at + 4 + len(verb), verb), Mention(at, at + len(sentence), sentence)


def _town(number: int, entities: dict[str, Entity], links: dict[str, Link]) -> str:
    """The id of a town, which is put among the entities with what holds it."""
    province, country = number % PROVINCES, number % PROVINCES % COUNTRIES
    state = _thing(f"Country {country}", ("State", "Place"), 1000 + country, entities, links)
    region = _thing(f"Province {province}", ("Place",), 2000 + province, entities, links, country=state, within=state)
    # Neighbours are about 80 km apart.
    point = (number // 20 * 0.7, number % 20 * 0.9)
    return _thing(f"Town {number}", ("Place",), 3000 + number, entities, links, point, country=state, within=region)


def _side(number: int, entities: dict[str, Entity], links: dict[str, Link]) -> str:
    if number < COUNTRIES:
        return _thing(f"Country {number}", ("State", "Place"), 1000 + number, entities, links)
    return _thing(f"Force {number}", ("ArmedGroup",), 9000 + number, entities, links)


def _thing(
    name: str,
    classes: tuple[str, ...],
    item: int,
    entities: dict[str, Entity],
    links: dict[str, Link],
    point: tuple[float, float] | None = None,
    **of: str,
) -> str:
    made = Entity(entity_id(classes[-1], name), classes, name, **of)  # type: ignore[arg-type]
    entities.setdefault(made.id, made)
    lat, lon = point or (None, None)
    links.setdefault(made.id, Link(made.id, f"Q{item}", 1.0, "made up", lat=lat, lon=lon))
    return made.id
