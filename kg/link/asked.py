"""What is asked of the gazetteer: an entity with its names, and what the words around them say of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.link.around import Around, ranks
from kg.model import Entity, Extraction
from kg.names import Gazetteer, fold

BODIES = frozenset(
    {"Organization", "GovernmentBody", "InternationalOrganization", "ArmedForce", "ArmedGroup", "NewsOutlet"}
)
NAMELESS = frozenset({"Group", "Asset"})
"""Classes of entities that have no name of their own, so that there is nothing to look up."""
AROUND = 160
"""Characters on each side of a mention whose words may tell what it is."""
SPEAKING = 12
"""Mentions of one entity that are looked at; more tell nothing new."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An entity as the linker sees it.

    `kind` is "state", "place", "person", "body", "agent" (any that acts) or "any". `own` is the label of the state that
    the text gives it as of; `around` is what the words around its mentions say. A `bound` entity takes part in
    an event, so what is linked must be of its class.
    """

    entity: Entity
    kind: str
    names: tuple[str, ...]
    own: str | None
    around: Around
    bound: bool


def asked(extraction: Extraction, gazetteer: Gazetteer) -> tuple[Asked, ...]:
    """What is asked in one document: every entity that has a name, in the order of the extraction."""
    text, entities = extraction.article.text, extraction.entities
    states = {entity.id: entity.name for entity in entities if "State" in entity.classes}
    bound = acting(extraction)
    return tuple(
        _ask(entity, entities, states, text, gazetteer, bound=entity.id in bound)
        for entity in entities
        if is_named(entity)
    )


def acting(extraction: Extraction) -> frozenset[str]:
    """The ids of the entities that act, suffer, speak or own something, so that their classes can't change."""
    used = {extraction.publisher}
    for event in extraction.events:
        used.update((*event.actors, *event.targets, *event.mediators, *event.places))
    for claim in extraction.claims:
        used.update(claim.claimants)
        if claim.count and claim.count.affected:
            used.add(claim.count.affected)
    for entity in extraction.entities:
        used.update(filter(None, (entity.country, entity.within, entity.owner, *entity.member_of)))
    return frozenset(used)


def is_named(entity: Entity) -> bool:
    """Whether the entity has a name to look up, and is not only described ('a residential area')."""
    if NAMELESS & set(entity.classes):
        return False
    return any(letter.isupper() for letter in entity.name.split(" of ")[0].split(" in ")[0])


def kind_of(classes: Sequence[str]) -> str:
    """The kind of things that an entity of these classes can be."""
    if "State" in classes:
        return "state"
    if "Place" in classes:
        return "place"
    if "Person" in classes:
        return "person"
    if BODIES & set(classes):
        return "body"
    return "agent" if classes else "any"


def _ask(
    entity: Entity,
    entities: Sequence[Entity],
    states: Mapping[str, str],
    text: str,
    gazetteer: Gazetteer,
    *,
    bound: bool,
) -> Asked:
    kind = kind_of(entity.classes)
    around = Around()
    for mention in entity.mentions[:SPEAKING]:
        around.take(text[max(0, mention.start - AROUND) : mention.start], text[mention.end : mention.end + AROUND])
    longer = _longer(entity, entities, kind, gazetteer)
    if (
        not bound
        and kind in ("any", "place")
        and not entity.name.isupper()
        and (around.personal or any(" " in name for name in longer))
    ):
        # 'Mr Jordan', and 'Cummings' after 'Elijah Cummings', are people whatever else is called so.
        kind = "person"
    around.ranks |= ranks(entity.role or "")
    own = states.get(entity.country or "") or states.get(entity.within or "")
    if own is None and kind not in ("place", "state"):
        own = next((state for owner in around.owners if (state := _state(owner, gazetteer))), None)
    names = dict.fromkeys((entity.name, *entity.names, *longer))
    return Asked(entity, kind, tuple(names), own, around, bound)


def _state(name: str, gazetteer: Gazetteer) -> str | None:
    """The label of the state that a name or demonym stands for first of all."""
    return next((thing.label for thing in gazetteer.lookup(name)[:1] if "State" in thing.classes), None)


def _is_person(entity: Entity, gazetteer: Gazetteer) -> bool:
    """Whether the entity is a person, or is of no known kind and has a person's name."""
    if entity.classes:
        return "Person" in entity.classes
    return any("Person" in thing.classes for thing in gazetteer.lookup(entity.name))


def _longer(entity: Entity, entities: Sequence[Entity], kind: str, gazetteer: Gazetteer) -> list[str]:
    """The full names in the document that a surname or an acronym is short for.

    Of several bearers of a surname it is the one that the text names first; of several bodies it is none.
    """
    if " " in entity.name:
        return []
    last = fold(entity.name)
    if kind in ("person", "any", "place"):
        bearers: dict[str, list[Entity]] = {}
        for other in entities:
            words = fold(other.name).split(" ")
            if len(words) > 1 and words[-1] == last and _is_person(other, gazetteer):
                bearers.setdefault(words[0], []).append(other)
        if bearers or kind == "person":
            return [bearer.name for bearer in min(bearers.values(), key=_first, default=[])]
    if entity.name.isupper() and len(entity.name) > 2:
        meant = {e.name for e in entities if e != entity and initials(e.name) == last and kind_of(e.classes) == kind}
        return sorted(meant) if len(meant) == 1 else []
    return []


def _first(entities: Sequence[Entity]) -> tuple[int, str]:
    """Where the first of the entities is first named; behind all others where the text is not known."""
    starts = [mention.start for entity in entities for mention in entity.mentions]
    return min(starts, default=sys.maxsize), min(entity.id for entity in entities)


def initials(name: str) -> str:
    """The folded first letters of the words of a name that are written with a capital: 'sdf'."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isupper()).casefold() if len(words) > 1 else ""
