"""What linked entities lie in or are of: places that the text may not name, up to the state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Entity, Extraction, Link, entity_id
from kg.names import Gazetteer, Name


def contained(extraction: Extraction, things: Mapping[str, Name], gazetteer: Gazetteer) -> Extraction:
    """The extraction with every linked place in the places that contain it, and every linked agent of its state.

    `things` are what the entities of these ids were taken for. Containers that the text doesn't name become entities
    without mentions, linked by what they contain.
    """
    known = _Map(extraction, things, gazetteer)
    for identity, thing in things.items():
        if "Place" not in thing.classes:
            state = gazetteer.state(thing.country) if thing.country else None
            if state is not None:
                known.set_country(identity, state)
        elif "State" not in thing.classes:
            known.set_within(identity, gazetteer.containers(thing))
    return replace(
        extraction,
        entities=tuple(sorted(known.entities.values(), key=lambda entity: entity.id)),
        links=tuple(sorted(known.links.values(), key=lambda link: link.entity)),
    )


class _Map:
    """The entities and links of one extraction by id, and which of the entities each thing is."""

    def __init__(self, extraction: Extraction, things: Mapping[str, Name], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.entities = {entity.id: entity for entity in extraction.entities}
        self.links = {link.entity: link for link in extraction.links}
        self.named = {(thing.qid, thing.geonames): identity for identity, thing in things.items()}

    def set_country(self, identity: str, state: Name) -> None:
        """Say of an agent whose it is, where the text doesn't."""
        if self.entities[identity].country is None:
            self.links[identity] = replace(self.links[identity], country=self.place(state, identity))

    def set_within(self, identity: str, chain: Iterable[Name]) -> None:
        """Say of a place what it lies in, and of that the same; a province is told beside the state in the text."""
        for container in chain:
            outer = self.place(container, identity)
            link = self.links[identity]
            if outer != identity and link.within is None and self.entities[identity].within != outer:
                self.links[identity] = replace(link, within=outer)
            identity = outer

    def place(self, place: Name, inner: str) -> str:
        """The id of the entity that is this place; where there is none yet, of a new one that contains `inner`."""
        key = (place.qid, place.geonames)
        if key in self.named:
            return self.named[key]
        state = "State" in place.classes
        identity = entity_id("state" if state else "place", place.label)
        taken = self.links.get(identity)
        if identity in self.entities and taken is not None and taken.qid not in (None, place.qid):
            identity = f"{identity}-{(place.qid or f'g{place.geonames}').lower()}"
        self.named[key] = identity
        self.entities.setdefault(identity, Entity(identity, ("State", "Place") if state else ("Place",), place.label))
        if identity not in self.links:
            score, reason = self.links[inner].score, f"contains {self.entities[inner].name}"
            labels = self.gazetteer.labels(place)
            self.links[identity] = Link(
                identity, place.qid, score, reason, place.geonames, place.lat, place.lon, labels
            )
        return identity
