"""The events of an article as cards: who did what to whom, where and when, and who says so in which sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.export import amount, in_words
from server.iris import local
from server.pages.dates import when_in_words
from server.pages.told import Thing, Told
from server.pages.verdict import verdict

ROLES = ("actor", "target", "mediator", "place")
NUMBERS = ("measure", "counted", "count", "low", "high", "total")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a mention and where they begin in the text."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Number:
    """A claim that carries a number, in words, and on whose side it was counted."""

    claim: str
    words: str
    affected: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """What the same speakers say with the same word in the same sentences, as one or several claims."""

    speakers: tuple[Thing, ...]
    cue: str
    factuality: str
    sentences: tuple[Sentence, ...]
    claims: tuple[str, ...]
    numbers: tuple[Number, ...]

    @property
    def claim(self) -> str:
        """The claim that carries no number, where there is one."""
        numbered = {number.claim for number in self.numbers}
        return next((claim for claim in self.claims if claim not in numbered), self.claims[0])


@dataclass(frozen=True, slots=True)
class Site:
    """A place with those that it lies in, the nearest first."""

    place: Thing
    within: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One event. `key` names it in addresses of this page, `verdict` is how sure the article's speakers are of it."""

    iri: str
    key: str
    type: str
    trigger: Sentence | None
    verdict: str
    roles: Mapping[str, tuple[Thing, ...]]
    weapons: tuple[Thing, ...]
    sites: tuple[Site, ...]
    when: str
    confidence: str
    sayings: tuple[Saying, ...]

    @property
    def sentences(self) -> set[Sentence]:
        """Every sentence that carries a claim about the event."""
        return {sentence for saying in self.sayings for sentence in saying.sentences}


def cards(told: Told, events_space: str) -> list[Card]:
    """A card for every event of the article, in the order of the text. `events_space` is where event IRIs begin."""
    claims = told.having("ckg:reportedIn", told.article)
    about: dict[str, list[str]] = {}
    for claim in claims:
        for event in told.all(claim, "ckg:about"):
            about.setdefault(event, []).append(claim)
    made = [_card(told, event, claims, events_space) for event, claims in about.items()]
    return sorted(made, key=lambda card: (card.trigger.start if card.trigger else -1, card.iri))


def sentence(told: Told, mention: str) -> Sentence | None:
    """The place of a mention in this article's text; None where it is in another's, or is no span."""
    start, end = told.one(mention, "ckg:start"), told.one(mention, "ckg:end")
    if told.article not in told.all(mention, "ckg:inArticle") or not (start.isdecimal() and end.isdecimal()):
        return None
    return Sentence(int(start), int(end), told.one(mention, "ckg:exact"))


def sentences(told: Told, iri: str, curie: str = "ckg:mention") -> tuple[Sentence, ...]:
    """The places in this article's text that a node is said to be mentioned at, in their order."""
    found = (sentence(told, mention) for mention in told.all(iri, curie))
    return tuple(sorted((each for each in found if each), key=lambda each: (each.start, each.end)))


def _card(told: Told, event: str, claims: list[str], events_space: str) -> Card:
    roles = {role: tuple(map(told.thing, told.all(event, f"ckg:{role}"))) for role in ROLES}
    type = told.one(event, "ckg:eventType")
    return Card(
        iri=event,
        key=_key(event, events_space),
        type=in_words(type) if type else "event",
        trigger=next(iter(sentences(told, event, "ckg:trigger")), None),
        verdict=verdict({local(told.one(claim, "ckg:factuality")).lower() for claim in claims}),
        roles=roles,
        weapons=tuple(Thing(iri, in_words(iri), "Kind") for iri in told.all(event, "ckg:weapon")),
        sites=tuple(Site(place, _within(told, place.iri)) for place in roles["place"]),
        when=when_in_words(
            told.one(event, "ckg:startDate"),
            told.one(event, "ckg:endDate"),
            told.one(event, "ckg:precision").rpartition("#")[2],
        ),
        confidence=told.one(event, "ckg:confidence"),
        sayings=_sayings(told, claims),
    )


def _key(event: str, events_space: str) -> str:
    """The end of the event's IRI, or of one that stands elsewhere something as short."""
    if event.startswith(events_space):
        return event.removeprefix(events_space)
    return hashlib.blake2b(event.encode(), digest_size=8).hexdigest()


def _within(told: Told, place: str) -> tuple[Thing, ...]:
    """The places that this one lies in, the nearest first, each once."""
    found: dict[str, Thing] = {}
    above = told.one(place, "ckg:within")
    while above and above != place and above not in found:
        found[above] = told.thing(above)
        above = told.one(above, "ckg:within")
    return tuple(found.values())


def _sayings(told: Told, claims: Iterable[str]) -> tuple[Saying, ...]:
    alike: dict[tuple[tuple[str, ...], str, str, tuple[Sentence, ...]], list[str]] = {}
    for claim in claims:
        cue, factuality = told.one(claim, "ckg:cue"), local(told.one(claim, "ckg:factuality")).lower()
        key = (told.all(claim, "ckg:claimant"), cue, factuality, sentences(told, claim))
        alike.setdefault(key, []).append(claim)
    made = [
        Saying(tuple(map(told.thing, speakers)), cue, factuality, spans, tuple(same), _numbers(told, same))
        for (speakers, cue, factuality, spans), same in alike.items()
    ]
    return tuple(sorted(made, key=lambda saying: [each.start for each in saying.sentences]))


def _numbers(told: Told, claims: Iterable[str]) -> tuple[Number, ...]:
    found = []
    for claim in claims:
        parts = {name: value for name in NUMBERS if (value := told.one(claim, f"ckg:{name}"))}
        if counted := amount(parts):
            found.append(Number(claim, str(counted), tuple(map(told.thing, told.all(claim, "ckg:affected")))))
    return tuple(sorted(found, key=lambda number: (number.words.rpartition(" ")[2], number.words)))
