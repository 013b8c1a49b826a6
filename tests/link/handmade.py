"""Extractions made by hand: a text and its cast, each marked wherever the text has its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.extract import extract
from kg.link import Linker, resolve
from kg.link.asked import Asked, asked
from kg.model import Article, Entity, Event, Extraction, Link, Mention, Run, slug
from kg.names import Gazetteer

RUN = Run("conflictkg", "0", "0", "none")
DAY = date(2024, 5, 1)


def place(name: str, **rest: str) -> Entity:
    return Entity(slug(name), ("Place",), name, **rest)  # type: ignore[arg-type]


def state(name: str) -> Entity:
    return Entity(slug(name), ("State", "Place"), name)


def person(name: str, **rest: str) -> Entity:
    return Entity(slug(name), ("Person",), name, **rest)  # type: ignore[arg-type]


def body(name: str, *classes: str, **rest: str) -> Entity:
    return Entity(slug(name), classes or ("Organization",), name, **rest)  # type: ignore[arg-type]


def name(words: str) -> Entity:
    """A name of which nothing more is known."""
    return Entity(slug(words), (), words)


def marked(text: str, cast: Sequence[Entity]) -> tuple[Entity, ...]:
    """The cast with their mentions, found in the text where they bring none; of names that overlap, the longest."""
    taken: set[int] = set()
    found: dict[str, list[Mention]] = {one.id: list(one.mentions) for one in cast}
    for one in sorted((one for one in cast if not one.mentions), key=lambda one: -len(one.name)):
        for match in re.finditer(rf"\b{re.escape(one.name)}\b", text):
            if not taken & set(range(*match.span())):
                taken |= set(range(*match.span()))
                found[one.id].append(Mention(*match.span(), match.group()))
    return tuple(replace(one, mentions=tuple(found[one.id])) for one in cast)


def extraction(
    text: str, *cast: Entity, published: date | None = DAY, acting: Sequence[str] = (), article: str = "a"
) -> Extraction:
    """The extraction of the text; the ids in `acting` do something in it."""
    start = Mention(0, 1, text[:1])
    events = (Event("e", "Talks", start, (start,), tuple(acting)),) if acting else ()
    return Extraction(Article(article, "", text, published), RUN, "outlet", marked(text, cast), events)


def linked(
    text: str,
    *cast: Entity,
    published: date | None = DAY,
    acting: Sequence[str] = (),
    gazetteer: Gazetteer | None = None,
) -> dict[str, Link]:
    """The links of the text's cast by the ids that they were given."""
    found = resolve(extraction(text, *cast, published=published, acting=acting), gazetteer=gazetteer)
    return {link.named: link for link in found.links if link.named is not None}


def asks(gazetteer: Gazetteer, text: str, *cast: Entity, acting: Sequence[str] = ()) -> dict[str, Asked]:
    """What is asked of the text's cast, by id."""
    return {one.entity.id: one for one in asked(extraction(text, *cast, acting=acting), gazetteer)}


def linker(gazetteer: Gazetteer) -> Linker:
    return Linker(gazetteer)


def read(text: str, published: date = DAY) -> list[tuple[str, Link]]:
    """The words of every mention that extraction finds in the text, with their links."""
    found = resolve(extract(Article("a", "", text, published)))
    links = {link.entity: link for link in found.links}
    spans = ((mention, entity.id) for entity in found.entities for mention in entity.mentions if entity.id in links)
    return [(mention.exact.rstrip("."), links[entity]) for mention, entity in sorted(spans)]


AMERICA = "Georgia saw marches in Atlanta, Savannah, Chicago and Los Angeles"
CITIES = (place("Atlanta"), place("Savannah"), place("Chicago"), place("Los Angeles"))
