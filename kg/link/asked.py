"""What is asked of the gazetteer: an entity with its names, and what the words around them say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Extraction
from kg.names import fold

BODIES = frozenset(
    {"Organization", "GovernmentBody", "InternationalOrganization", "ArmedForce", "ArmedGroup", "NewsOutlet"}
)
NAMELESS = frozenset({"Group", "Asset"})
"""Classes of entities that have no name of their own, so that there is nothing to look up."""
AROUND = 160
"""Characters on each side of a mention whose words may tell what it is."""
SPEAKING = 12
"""Mentions of one entity that are looked at; more tell nothing new."""

_SIDE = r"(?:(?:far |the )?(?:north|south|east|west|central|upper|lower)\w*(?:[- ]\w+)?,? )?"
_NAME = r"((?:[A-Z][\w.'’-]*)(?: (?:of |and |al-|the )?[A-Z][\w.'’-]*){0,3})"
_BEHIND = re.compile(rf"^(?:,|,? in|,? near| of)? ?(?:the )?{_SIDE}(?:state of |province of |region of )?{_NAME}")
_COMMA = re.compile(rf"^, {_NAME}")
_SETTLED = (
    r"(?:city|town|village|province|region|district|port|capital|governorate|oblast|state|county|island|suburb"
    r"|neighbou?rhood|area|border|coast|camp|base|crossing)"
)
_BEFORE = re.compile(rf"{_NAME}(?:['’]s?)? (?:\w+ ){{0,3}}?{_SETTLED}(?: town| city)?(?: of)? (?:the )?$")
_OWNER = re.compile(rf"{_NAME}['’]s? {_SIDE}$")
_TYPES = r"(province|region|governorate|oblast|district|county|state|department|prefecture|city|town|village)"
_TYPE_BEFORE = re.compile(rf"\b{_TYPES} of (?:the )?$")
_TYPE_BEHIND = re.compile(rf"^ {_TYPES}\b")
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """An entity as the linker sees it.

    `kind` is "state", "place", "person", "body", "agent" (any that acts) or "any". `own` is the label of the state that
    the text gives it as of, `inside` the names that stand where its container would ('Paris, Texas'),
    `words` the folded words around its mentions, `types` the kinds of place that it is called ('province'), `title` the folded words of its office.
    """

    entity: Entity
    kind: str
    names: tuple[str, ...]
    own: str | None
    inside: tuple[str, ...]
    words: frozenset[str]
    types: frozenset[str]
    title: frozenset[str]


def asked(extraction: Extraction) -> tuple[Asked, ...]:
    """What is asked in one document: every entity that has a name, in the order of the extraction."""
    text = extraction.article.text
    states = {entity.id: entity.name for entity in extraction.entities if "State" in entity.classes}
    return tuple(
        _ask(entity, extraction.entities, states, text) for entity in extraction.entities if is_named(entity)
    )


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


def _ask(entity: Entity, entities: Sequence[Entity], states: Mapping[str, str], text: str) -> Asked:
    kind = kind_of(entity.classes)
    inside: list[str] = []
    words: set[str] = set()
    types: set[str] = set()
    for mention in entity.mentions[:SPEAKING]:
        before, after = text[max(0, mention.start - AROUND) : mention.start], text[mention.end : mention.end + AROUND]
        words.update(map(str.casefold, _WORD.findall(before)), map(str.casefold, _WORD.findall(after)))
        if kind in ("place", "state", "any"):
            inside += _containers(before, after)
            types.update(match.group(1) for match in (_TYPE_BEFORE.search(before), _TYPE_BEHIND.match(after)) if match)
    names = dict.fromkeys((entity.name, *entity.names, *_longer(entity, entities, kind)))
    return Asked(
        entity,
        kind,
        tuple(names),
        states.get(entity.country or "") or states.get(entity.within or ""),
        tuple(dict.fromkeys(filter(None, inside))),
        frozenset(words),
        frozenset(types),
        frozenset(_WORD.findall((entity.role or "").casefold())),
    )


def _containers(before: str, after: str) -> list[str]:
    """The names that stand where the text tells what a place lies in."""
    found = [match.group(1) for match in (_COMMA.match(after), _BEHIND.match(after)) if match]
    found += [match.group(1) for match in (_BEFORE.search(before), _OWNER.search(before)) if match]
    # 'Paris, Texas, on Friday' and 'Texas Governor': the name may be shorter than the run of capitals.
    return [" ".join(name.split()[:size]) for name in found for size in range(len(name.split()), 0, -1)]


def _longer(entity: Entity, entities: Sequence[Entity], kind: str) -> list[str]:
    """The full names in the document that a surname or an acronym is short for, if there is one such name only."""
    if " " in entity.name:
        return []
    last = fold(entity.name)
    if kind in ("person", "any"):
        persons = (e.name for e in entities if " " in e.name and (not e.classes or "Person" in e.classes))
        full = {name for name in persons if fold(name).split(" ")[-1] == last}
        if full or kind == "person":
            return sorted(full) if len(full) == 1 else []
    if entity.name.isupper() and len(entity.name) > 2:
        full = {e.name for e in entities if e != entity and initials(e.name) == last and kind_of(e.classes) == kind}
        return sorted(full) if len(full) == 1 else []
    return []


def initials(name: str) -> str:
    """The folded first letters of the words of a name that are written with a capital: 'sdf'."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isupper()).casefold() if len(words) > 1 else ""
