"""Made-up states with their places, people and forces, for made-up articles to tell of."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from kg.model import Entity, entity_id

STATES, REGIONS, SETTLEMENTS, PEOPLE = 40, 8, 8, 8
BEGINNINGS = "Ar Bel Cor Dan Esk Fal Gor Hal Ist Jor Kar Lum Mar Nov Or Pel Quar Rav Sol Tar Ul Ver Wol Yel Zar".split()
MIDDLES = "a an e en i in o on u un".split()
ENDINGS = "burg dale dor grad hal ka land mar nia pol ra sk stan tal va via ville wick".split()


@dataclass(frozen=True, slots=True)
class World:
    """All entities by id, the lists that articles pick from, and which Wikidata item (number) an entity is."""

    entities: dict[str, Entity] = field(default_factory=dict)
    settlements: list[Entity] = field(default_factory=list)
    agents: list[Entity] = field(default_factory=list)
    speakers: list[Entity] = field(default_factory=list)
    outlets: list[Entity] = field(default_factory=list)
    items: dict[str, int] = field(default_factory=dict)

    def add(self, *lists: list[Entity], family: str, name: str, classes: tuple[str, ...], **more: str) -> Entity:
        """The new entity, which is in the lists too."""
        entity = Entity(entity_id(family, name), classes, name, **more)
        self.entities[entity.id] = entity
        for one in lists:
            one.append(entity)
        if family in ("place", "person"):
            self.items[entity.id] = 1000 + len(self.items)
        return entity


def world(rng: random.Random) -> World:
    """The same world for the same state of `rng`; its lists are in no order, so that any state can be the busiest."""
    made, used = World(), set[str]()

    def name() -> str:
        while True:
            parts = (BEGINNINGS, MIDDLES, ENDINGS, ENDINGS)[: rng.choice((3, 3, 4))]
            found = "".join(map(rng.choice, parts))
            if found not in used:
                used.add(found)
                return found

    for _ in range(60):
        made.add(made.outlets, family="agent", name=f"{name()} Herald", classes=("NewsOutlet",))
    for _ in range(STATES):
        state = made.add(made.agents, family="place", name=name(), classes=("State", "Place"))
        own = {"country": state.id}
        made.add(made.agents, family="agent", name=f"{state.name} Army", classes=("ArmedForce",), **own)
        made.add(made.speakers, family="agent", name=f"{state.name} Ministry", classes=("GovernmentBody",), **own)
        made.add(made.agents, family="agent", name=f"{name()} Front", classes=("ArmedGroup",), **own)
        for _ in range(PEOPLE):
            both = f"{name()} {name()}"
            made.add(made.speakers, family="person", name=both, classes=("Person",), role="Minister", **own)
        for _ in range(REGIONS):
            region = made.add(family="place", name=f"{name()} Region", classes=("Place",), within=state.id)
            for _ in range(SETTLEMENTS):
                made.add(made.settlements, family="place", name=name(), classes=("Place",), within=region.id)
    for one in (made.settlements, made.agents, made.speakers, made.outlets):
        rng.shuffle(one)
    return made
