"""An extraction with its links: which item each entity is, with a score and a reason, and where places lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.link.candidates import NAMELESS, candidates
from kg.link.choose import THRESHOLD, Choice, choose
from kg.link.context import shares, votes
from kg.model import Entity, Extraction, Link


def resolve(extraction: Extraction) -> Extraction:
    """The extraction with `links` for every entity that has a name of its own.

    An entity that nothing is known about, or nothing likely enough, gets a link without an item and says why. A place
    that turns out to be of another state than the extraction had it lies in that state afterwards, if that is named.
    """
    read = [(entity, candidates(entity)) for entity in extraction.entities]
    cast = votes(read)
    states = {entity.name: entity.id for entity in extraction.entities if "State" in entity.classes}
    labels = {identity: name for name, identity in states.items()}
    links: list[Link] = []
    entities: list[Entity] = []
    for entity, things in read:
        if NAMELESS & set(entity.classes) or (not things and _described(entity)):
            entities.append(entity)
            continue
        own = labels.get(entity.country or "")
        choice = choose(things, shares(cast, without=entity.id), own=own)
        links.append(_link(entity, choice))
        entities.append(_placed(entity, choice, states))
    return replace(extraction, entities=tuple(entities), links=tuple(sorted(links, key=lambda link: link.entity)))


def _described(entity: Entity) -> bool:
    """Whether the entity is only described, as 'a residential area' or 'air force of Ukraine', and has no name."""
    return not any(letter.isupper() for letter in entity.name.split(" of ")[0].split(" in ")[0])


def _link(entity: Entity, choice: Choice | None) -> Link:
    if choice is None:
        return Link(entity.id, None, 0.0, "nothing of its kind is known by this name")
    thing, score, reason = choice.thing, choice.score, choice.reason
    if score < THRESHOLD:
        return Link(entity.id, None, score, f"too unlikely: {reason}")
    if thing.qid is None and thing.geonames is None:
        reason += "; its item is not known"
    return Link(entity.id, thing.qid, score, reason, thing.geonames, thing.lat, thing.lon)


def _placed(entity: Entity, choice: Choice | None, states: Mapping[str, str]) -> Entity:
    """The entity in its country: a place lies within it, an agent is of it."""
    if choice is None or choice.score < THRESHOLD or choice.thing.country is None:
        return entity
    state = states.get(choice.thing.country)
    if state is None or state == entity.id:
        return entity
    if "Place" in entity.classes:
        settled = set(states.values())
        return replace(entity, within=state) if entity.within is None or entity.within in settled else entity
    return entity if entity.country else replace(entity, country=state)
