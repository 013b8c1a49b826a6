"""What an article becomes: frozen dataclasses that every room shares.

Entities, events and claims refer to one another by `id`. An id is a hash of content, so the same article gives the same
ids on every run. Codes (event types, kinds, measures, factuality) and classes are local names of the ontology.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date


def digest(*parts: object, length: int = 16) -> str:
    """The first `length` hex digits of the SHA-256 of the parts, kept apart by a character no text holds."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf8", "surrogatepass")).hexdigest()[:length]


def slug(name: str, *, length: int = 48) -> str:
    """The name in lower-case ASCII letters, digits and hyphens, at most `length` long; may be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def entity_id(family: str, name: str, scope: str = "") -> str:
    """The id of an entity by its name: the same in every article, unless `scope` is the one that it belongs to."""
    key = slug(name) or digest(name)
    return f"{key}-{digest(family, scope, key, length=8)}"


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read. Every offset counts Unicode code points in `text`.

    `id` is the caller's (dcterms:identifier). `published` is a `date`, or a `datetime` where the hour is known.
    """

    id: str
    title: str
    text: str
    published: date | None = None
    outlet: str = ""
    url: str = ""
    language: str = "en"
    licence: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span of the article's text: `text[start:end] == exact`, always."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An agent, place or asset. `id` does not depend on the article where the entity has a name of its own.

    `classes` has the most specific class first; a country is ("State", "Place"). `country`, `member_of`, `within` and
    `owner` are ids of other entities of the same extraction. `kind` is a Kind code, for assets and groups.
    """

    id: str
    classes: tuple[str, ...]
    name: str
    names: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    country: str | None = None
    role: str | None = None
    member_of: tuple[str, ...] = ()
    within: str | None = None
    kind: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The earliest and latest day something can have been; `precision` is Day, Week, Month or Year (OWL-Time units)."""

    start: date
    end: date
    precision: str = "Day"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned or is denied, as the article tells it.

    `type` is an EventType code and `weapons` are Kind codes; the other roles hold entity ids. `trigger` is the word(s)
    that name the event; `mentions` are all its triggers in the text. `trace` says which rules made it.
    """

    id: str
    type: str
    trigger: Mention
    mentions: tuple[Mention, ...]
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    when: When | None = None
    confidence: float = 0.5
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something: exact `count`, bounds `low` and `high`, `total` for the 80 of '52 of 80'."""

    measure: str
    counted: str
    count: int | None = None
    low: int | None = None
    high: int | None = None
    total: int | None = None
    affected: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's word that an event is so. `mentions` are the sentences that say it; `cue` is the reporting word."""

    id: str
    event: str
    claimants: tuple[str, ...]
    factuality: str
    mentions: tuple[Mention, ...]
    confidence: float = 0.5
    cue: str = ""
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Rival:
    """A thing that an entity was not taken for, with the score (0-1) that it had."""

    label: str
    score: float
    qid: str | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The decision which item of Wikidata (`qid`) or GeoNames an entity is; None where it is honestly unknown.

    `lat` and `lon` are WGS 84 degrees, `labels` (language, label) pairs of the thing, `rivals` what else it could be,
    the likeliest first. `within` is the id of the entity that the place lies in and `country` that of the state the
    agent is of, where the link tells so and the text does not; `same` are ids of entities said to be the same. `named`
    is the id that the extraction gave the entity; None where only the link brought it in, as what contains it.
    """

    entity: str
    qid: str | None
    score: float
    reason: str
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    labels: tuple[tuple[str, str], ...] = ()
    rivals: tuple[Rival, ...] = ()
    within: str | None = None
    country: str | None = None
    same: tuple[str, ...] = ()
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What made an extraction: tool, its version, the ontology's version, the model and its version.

    `gazetteer` is what names were looked up in, with its version; empty before they are linked.
    """

    tool: str
    version: str
    ontology: str
    model: str
    gazetteer: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article yields. `publisher` is the id of the entity that speaks in the article's own voice."""

    article: Article
    run: Run
    publisher: str
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = field(default=())
