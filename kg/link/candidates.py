"""The things that an entity's names can stand for and that are of its kind."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Entity
from kg.names import Name, lookup

AGENTS = frozenset(
    {"Organization", "GovernmentBody", "InternationalOrganization", "ArmedForce", "ArmedGroup", "NewsOutlet"}
)
UNLIKE = 0.25
"""How much less likely a thing is whose class is another kind of organisation than the entity's."""

NAMELESS = frozenset({"Group", "Asset"})
"""Classes of entities that have no name of their own, so that there is nothing to look up."""


def candidates(entity: Entity) -> tuple[Name, ...]:
    """The things that the entity can be, the likeliest first; each once, by the likeliest of the entity's names.

    A state is only ever a state, a person only a person. A name that merely points to a thing, as 'Kyiv' to the
    government of Ukraine, counts only where the entity is a state.
    """
    if NAMELESS & set(entity.classes):
        return ()
    best: dict[tuple[object, ...], Name] = {}
    for name in dict.fromkeys((entity.name, *entity.names)):
        for thing in lookup(name):
            loss = _loss(entity, thing)
            if loss is None:
                continue
            weighed = replace(thing, prior=max(0.01, thing.prior - loss))
            key = (thing.label, thing.classes, thing.qid, thing.geonames, thing.country)
            if key not in best or best[key].prior < weighed.prior:
                best[key] = weighed
    return tuple(sorted(best.values(), key=_rank))


def _rank(thing: Name) -> tuple[float, int, str, str]:
    return -thing.prior, -thing.population, thing.label, thing.qid or ""


def _loss(entity: Entity, thing: Name) -> float | None:
    """What the classes take from the likelihood that the entity is the thing; None if it can't be."""
    classes = set(entity.classes)
    pointed = thing.how in ("demonym", "metonym")
    if "State" in classes:
        return 0.0 if "State" in thing.classes else None
    if "Place" in classes:
        return 0.0 if "Place" in thing.classes and not pointed else None
    if pointed and "State" in thing.classes:
        return None
    if "Person" in classes:
        return 0.0 if "Person" in thing.classes else None
    if classes & AGENTS and set(thing.classes) & AGENTS:
        same = entity.classes[0] == thing.classes[0] or entity.classes[0] == "Organization"
        return 0.0 if same else UNLIKE
    if entity.classes == ("Agent",):
        return 0.0 if set(thing.classes) & (AGENTS | {"Person", "State"}) else None
    return None
