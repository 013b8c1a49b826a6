"""From weighed candidates to links: what is chosen, why, where it lies, and under which id the entity goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.link.asked import Asked, kind_of
from kg.link.candidates import Candidate, possible
from kg.link.containers import contained
from kg.link.features import home, settings
from kg.link.judgements import Judgements
from kg.link.rename import renamed
from kg.model import Entity, Extraction, Link, Rival
from kg.names import Gazetteer, Name, lookup


def applied(
    extraction: Extraction,
    weighed: Sequence[tuple[Asked, Sequence[Candidate]]],
    gazetteer: Gazetteer,
    judgements: Judgements,
) -> Extraction:
    """The extraction with the links that the weighed candidates come to, and the places that contain its places."""
    links: list[Link] = []
    ids: dict[str, str] = {}
    things: dict[str, Name] = {}
    for one, found in weighed:
        link, thing = _link(one, found, gazetteer)
        link = replace(judgements.applied(link, one.entity, extraction), named=one.entity.id)
        if link.qid is None and link.geonames is None:
            thing = None
        if thing is not None:
            things[one.entity.id] = thing
            ids[one.entity.id] = _own_id(one.entity, thing)
        links.append(link)
    named = renamed(replace(extraction, links=tuple(links)), ids)
    return contained(named, {ids[old]: thing for old, thing in things.items()}, gazetteer)


def _link(one: Asked, found: Sequence[Candidate], gazetteer: Gazetteer) -> tuple[Link, Name | None]:
    limits = settings()["limits"]
    ranked = sorted(found, key=lambda c: (-c.odds, c.thing.label, c.thing.number))
    if not ranked:
        return Link(one.entity.id, None, 0.0, "nothing of its kind is known by this name"), None
    best = ranked[0]
    # What the text is known to call something else is not linked, rather than called what it isn't.
    other = bool(one.entity.classes) and not possible(kind_of(one.entity.classes), best.thing)
    unlikely = best.score < limits["threshold"] or other and "judged" not in best.features
    rivals = tuple(
        Rival(c.thing.label, round(c.score, 3), c.thing.qid, c.thing.geonames)
        for c in ranked[0 if unlikely else 1 :][: limits["kept"]]
        if c.score >= limits["least"] and (c.thing.qid or c.thing.geonames)
    )
    reason, thing = why(best, len(ranked)), best.thing
    if unlikely:
        doubt = "likely of another class than the text shows" if other else "too unlikely"
        return Link(one.entity.id, None, round(best.score, 3), f"{doubt}: {reason}", rivals=rivals), None
    if thing.qid is None and thing.geonames is None:
        reason += "; its item is not known"
    labels = gazetteer.labels(thing) if thing.number >= 0 else ()
    score = round(best.score, 3)
    return (
        Link(one.entity.id, thing.qid, score, reason, thing.geonames, thing.lat, thing.lon, labels, rivals),
        thing,
    )


def why(candidate: Candidate, number: int) -> str:
    """What spoke for the choice, in words."""
    thing, told = candidate.thing, candidate.features
    words = [f"{thing.how} of {thing.label}" if thing.how != "similar" else f"sounds like {thing.label}"]
    country = home(thing)
    if country is not None and "country" in told:
        part = told["country"]
        words.append(
            f"{country} is {part:.0%} of the article's other names"
            if part
            else f"no other name of the article is of {country}"
        )
    if "own" in told:
        words.append(f"it is given as of {country}")
    if "inside" in told and candidate.containers:
        words.append(f"the text names {candidate.containers[0].label} or what that lies in beside it")
    if told.get("office", 0) >= 0.8:
        words.append("held the office that the text gives")
    if told.get("near", 0) > 0.5:
        words.append("near other places of the article")
    if number > 1:
        words.append(f"{number} candidates")
    return "; ".join(words)


def _own_id(entity: Entity, thing: Name) -> str:
    """The id of an entity that is known to be the thing: its own, unless its name stands for something else first.

    Two towns of one name are two nodes, but the id of neither depends on the article it is named in.
    """
    kind = "state" if "State" in entity.classes else "place" if "Place" in entity.classes else "agent"
    kind = "person" if "Person" in entity.classes else kind
    first = next((known for known in lookup(entity.name) if possible(kind, known)), None)
    if first is not None and (first.qid, first.geonames) == (thing.qid, thing.geonames):
        return entity.id
    return f"{entity.id}-{thing.qid.lower() if thing.qid else f'g{thing.geonames}'}"
