"""The things that an entity can be: found by name, of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.link.asked import BODIES, Asked
from kg.names import Gazetteer, Name, fold

ENOUGH = 40
"""Candidates of one entity that are weighed; 'San Antonio' names hundreds of villages."""


SHORT = 4
"""Letters of a word in capitals up to which it is an acronym rather than a name."""


@dataclass(slots=True)
class Candidate:
    """A thing that an entity can be, by which of its names, how alike the names are, and what speaks for it."""

    thing: Name
    name: str
    alike: float = 1.0
    features: dict[str, float] = field(default_factory=dict)
    odds: float = 0.0
    score: float = 0.0
    containers: tuple[Name, ...] | None = None


def candidates(one: Asked, gazetteer: Gazetteer, more: Iterable[Name] = ()) -> list[Candidate]:
    """The things that the entity can be, the likeliest by themselves first; each once, by its likeliest name.

    A state is only ever a state, a person only a person: open data holds villages under the item of an army, and
    those are no candidates. `more` are things that another service found by the entity's name.
    """
    best: dict[object, Candidate] = {}
    for name in (*one.names, *_owned(one)):
        for thing in gazetteer.lookup(name):
            surname = thing.how == "surname" and one.kind not in ("person", "agent")
            if not surname and not _is_other(thing, name, one, gazetteer):
                _keep(best, Candidate(thing, name), one)
    for thing in more:
        _keep(best, Candidate(thing, one.entity.name), one)
    if not best:
        # A line in capitals hides which words are names.
        for name in filter(str.isupper, one.names):
            for thing in gazetteer.lookup(name.title()) if len(name) > SHORT else ():
                _keep(best, Candidate(thing, name), one)
    if not best and one.kind in ("person", "any"):
        for name in one.names:
            # 'Elijah Eugene Cummings' may be known without his second name.
            words = name.split()
            for thing in gazetteer.lookup(f"{words[0]} {words[-1]}") if len(words) > 2 else ():
                if "Person" in thing.classes:
                    _keep(best, Candidate(thing, name, 0.95), one)
    if not best:
        for name in one.names:
            for thing, alike in gazetteer.similar(name):
                if not _is_other(thing, name, one, gazetteer):
                    _keep(best, Candidate(thing, name, alike), one)
    found = _identified(list(best.values()))
    if one.kind == "state" and any(c.thing.how == "metonym" for c in found):
        # 'Washington' that acts is the government; the city is meant where something happens.
        found = [candidate for candidate in found if "State" in candidate.thing.classes]
    ranked = sorted(found, key=lambda c: (-c.thing.prior, -c.thing.population, c.thing.label, c.thing.number))
    return ranked[:ENOUGH]


def _identified(found: list[Candidate]) -> list[Candidate]:
    """The candidates without those that have no item where another of their label and class has one.

    The project's tables know bodies whose item nobody has confirmed; a larger gazetteer, or a service, may have it.
    """
    twins: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        if candidate.thing.qid is not None:
            twins.setdefault((fold(candidate.thing.label), candidate.thing.classes[0]), candidate)
    left = []
    for candidate in found:
        thing = candidate.thing
        twin = None if thing.qid or thing.geonames else twins.get((fold(thing.label), thing.classes[0]))
        if twin is None:
            left.append(candidate)
        else:
            same, prior = twin.thing, max(twin.thing.prior, thing.prior)
            twin.thing = replace(same, prior=prior, country=same.country or thing.country, role=same.role or thing.role)
    return left


def _owned(one: Asked) -> tuple[str, ...]:
    """What a body of a state may be called without the words that tell whose it is: 'the Security Service'."""
    if one.kind not in ("body", "any") or one.own is None:
        return ()
    return tuple(form for name in one.names for form in (f"{name} of {one.own}", f"{one.own} {name}"))


def _is_other(thing: Name, name: str, one: Asked, gazetteer: Gazetteer) -> bool:
    """Whether the entity has the surname of somebody else: 'Trump', short for 'Oleh Trump', is not Donald."""
    word = fold(name)
    if "Person" not in thing.classes or " " in word:
        return False
    own = map(fold, (one.entity.name, *one.entity.names))
    firsts = {full[0] for full in own if full.endswith(f" {word}")}
    return bool(firsts) and not any(fold(form)[:1] in firsts for form, _ in gazetteer.forms(thing) if " " in form)


def _keep(best: dict[object, Candidate], candidate: Candidate, one: Asked) -> None:
    thing = candidate.thing
    if not possible(one.kind, thing, bound=one.bound):
        return
    key = thing.qid or thing.geonames or (thing.label, thing.classes, thing.number)
    known = best.get(key)
    if known is None or (known.thing.prior, known.alike) < (thing.prior, candidate.alike):
        best[key] = candidate


def possible(kind: str, thing: Name, *, bound: bool = True) -> bool:
    """Whether something that the text shows as of this kind can be the thing; what is not `bound` can change class."""
    pointed = thing.how in ("demonym", "metonym")
    state, place, person = "State" in thing.classes, "Place" in thing.classes, "Person" in thing.classes
    body = bool(BODIES & set(thing.classes))
    match kind:
        case "state":
            # 'Georgia' is taken for the country first, but can be the place of that name.
            return state or not bound and place and not pointed
        case "place":
            return place and not pointed
        case "person":
            return person
        case "body":
            return body
        case "agent":
            return body or person or state
    return True
