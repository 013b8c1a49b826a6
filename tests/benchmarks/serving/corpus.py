"""Made-up articles, extracted and linked: any number of them, always the same ones.

They go through `kg.rdf` as real ones do, so that their graphs have the shape of ours whatever that becomes. Entities
come back in many articles, a few of them in most, as in the news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, count
from typing import TypeVar

from kg.model import Article, Claim, Count, Entity, Event, Extraction, Link, Mention, Run, When, digest
from tests.benchmarks.serving.world import World, world

T = TypeVar("T")

RUN = Run("conflictkg", "0", "0", "none")
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
# code, words that name it, weapon, measure, what is counted
HAPPENINGS = (
    ("Shelling", "shelled", "Artillery", "Killed", "Civilians"),
    ("MissileAttack", "fired missiles at", "Missiles", "Destroyed", "Homes"),
    ("DroneAttack", "sent drones against", "Drones", "Intercepted", "Drones"),
    ("AirStrike", "bombed", "Bombs", "Wounded", "Civilians"),
    ("ArmedClash", "fought in", "Firearms", "Captured", "Combatants"),
    ("Evacuation", "evacuated", "", "Displaced", "People"),
    ("Protest", "marched through", "", "Wounded", "People"),
    ("Deployment", "deployed to", "", "Deployed", "Tanks"),
    ("HumanitarianAid", "sent aid to", "", "Supplied", "Vehicles"),
    ("Talks", "held talks in", "", "Released", "Prisoners"),
)
WHERE = (
    "near the railway station",
    "at dawn",
    "overnight",
    "beside the grain harbour",
    "along the front",
    "before the curfew",
)
CUES = ("said", "claimed", "reported", "announced")


def extractions() -> Iterator[Extraction]:
    """Articles without end, each with its entities, events, claims and links."""
    rng = random.Random(7)
    made = world(rng)
    return (_Desk(rng, made, number).extraction() for number in count())


class _Desk:
    """One article in the making: its text so far, and what the text names."""

    def __init__(self, rng: random.Random, made: World, number: int) -> None:
        self.rng, self.world, self.id = rng, made, f"article-{number:07}"
        self.text = ""
        self.spans: dict[str, list[Mention]] = {}
        self.events: list[Event] = []
        self.claims: list[Claim] = []

    def extraction(self) -> Extraction:
        outlet = self.pick(self.world.outlets)
        self.spans[outlet.id] = []
        for n in range(self.rng.randint(4, 12)):
            self.happening(n)
        issued = FIRST_DAY + timedelta(days=self.rng.randrange(DAYS))
        article = Article(self.id, self.text[:60], self.text, issued, outlet.name, f"https://example.org/{self.id}")
        entities = tuple(replace(self.world.entities[one], mentions=tuple(self.spans[one])) for one in self.named())
        links = tuple(self.link(one) for one in entities if one.id in self.world.items)
        return Extraction(article, RUN, outlet.id, entities, tuple(self.events), tuple(self.claims), links)

    def happening(self, n: int) -> None:
        """Writes a sentence on an event, and often one by which somebody contradicts it."""
        type_, verb, weapon, measure, counted = self.pick(HAPPENINGS)
        actor, place = self.pick(self.world.agents), self.pick(self.world.settlements)
        speaker, event, number = self.pick(self.world.speakers), digest(self.id, n), self.rng.randint(1, 400)
        begun, cue = len(self.text), self.pick(CUES)
        self.name(speaker)
        self.write(f" {cue} that ")
        self.name(actor)
        self.write(" ")
        trigger = self.write(verb)
        self.write(" ")
        self.name(place)
        self.write(f" {self.pick(WHERE)}, and that at least {number} {counted.lower()} were {measure.lower()}.")
        sentence = Mention(begun, len(self.text), self.text[begun:])
        self.write(" ")
        day = FIRST_DAY + timedelta(days=self.rng.randrange(DAYS))
        self.events.append(
            Event(
                id=event,
                type=type_,
                trigger=trigger,
                mentions=(trigger,),
                actors=(actor.id,),
                targets=(place.id,),
                weapons=(weapon,) if weapon else (),
                places=(place.id,),
                when=When(day, day + timedelta(days=self.rng.randrange(2))),
                confidence=self.rng.randint(50, 95) / 100,
                trace=(f"verb '{verb}' as {type_}",),
            )
        )
        self.claim(event, speaker, sentence, cue, None)
        self.claim(event, speaker, sentence, cue, Count(measure, counted, low=number))
        if self.rng.random() < 0.5:
            self.rival(event, Count(measure, counted, count=self.rng.randint(1, 400)))

    def rival(self, event: str, number: Count) -> None:
        speaker, begun, cue = self.pick(self.world.speakers), len(self.text), self.pick(CUES)
        self.name(speaker)
        self.write(f" {cue} the number was {number.count}.")
        self.claim(event, speaker, Mention(begun, len(self.text), self.text[begun:]), cue, number)
        self.write(" ")

    def claim(self, event: str, speaker: Entity, sentence: Mention, cue: str, number: Count | None) -> None:
        self.claims.append(
            Claim(
                id=digest(event, len(self.claims)),
                event=event,
                claimants=(speaker.id,),
                factuality=self.pick(("Asserted", "Denied", "Possible", "Planned")),
                mentions=(sentence,),
                confidence=self.rng.randint(50, 95) / 100,
                cue=cue,
                count=number,
            )
        )

    def link(self, entity: Entity) -> Link:
        item = self.world.items[entity.id]
        return Link(
            entity.id,
            f"Q{item}",
            0.9,
            "the only thing of this name",
            lat=item % 90 if "Place" in entity.classes else None,
            lon=item % 180 if "Place" in entity.classes else None,
            labels=tuple((language, f"{entity.name} ({language})") for language in ("de", "fr", "uk")),
            named=entity.id,
        )

    def named(self) -> list[str]:
        """The ids of all entities that the text names, and of what these lie in or belong to."""
        found: list[str] = []
        wanted = list(self.spans)
        while wanted:
            one = wanted.pop(0)
            if one not in found:
                found.append(one)
                self.spans.setdefault(one, [])
                entity = self.world.entities[one]
                wanted += filter(None, (entity.within, entity.country))
        return found

    def name(self, entity: Entity) -> None:
        self.spans.setdefault(entity.id, []).append(self.write(entity.name))

    def write(self, words: str) -> Mention:
        begun = len(self.text)
        self.text += words
        return Mention(begun, len(self.text), words)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, the n-th 1/n times as often as the first."""
        return self.rng.choices(choices, cum_weights=_weights(len(choices)))[0]


_WEIGHTS: dict[int, list[float]] = {}


def _weights(length: int) -> list[float]:
    if length not in _WEIGHTS:
        _WEIGHTS[length] = list(accumulate(1 / n for n in range(1, length + 1)))
    return _WEIGHTS[length]
