"""The text of an article with its mentions marked: which words stand for what, and in which event they have a part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ontology
from server.pages.article.cards import Card, Sentence, sentences
from server.pages.article.passages import Passage, Segment, flattened, paragraphs, quoted
from server.pages.told import Thing, Told

NO_ENTITIES = {"", *ontology.narrower("Event", "Claim")}


@dataclass(frozen=True, slots=True)
class Mark:
    """The words from `start` to `end` stand for a thing. `event` is the key of the event that they name, else ''.

    `roles` are pairs of an event's key and the part that the thing has in it.
    """

    start: int
    end: int
    thing: Thing
    event: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """A sentence that carries claims about the events with these keys."""

    start: int
    end: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph that lies in the same sentences, as segments that the same marks cover."""

    start: int
    said: tuple[Reported, ...]
    segments: tuple[Segment[Mark], ...]

    @property
    def begins(self) -> bool:
        """Whether a sentence begins here."""
        return any(each.start == self.start for each in self.said)

    @property
    def events(self) -> str:
        """The keys of the events that its sentences are about."""
        return " ".join(dict.fromkeys(key for said in self.said for key in said.events))


@dataclass(frozen=True, slots=True)
class Story:
    """The text to show, by paragraphs, and how many marks there are of each class. `whole` where the text is stored."""

    whole: bool
    paragraphs: tuple[tuple[Run, ...], ...]
    legend: tuple[tuple[Thing, int], ...]


def story(told: Told, cards: Sequence[Card]) -> Story:
    """The text of the article with its marks; where it isn't stored, the sentences of its claims."""
    text = told.one(told.article, "ckg:text")
    said = sorted(_said(cards), key=lambda each: (each.start, each.end))
    marks = sorted(_marks(told, cards), key=lambda each: (each.start, each.end, bool(each.event), each.thing.iri))
    passages = list(paragraphs(text)) if text else quoted((s.start, s.words) for card in cards for s in card.sentences)
    return Story(bool(text), tuple(tuple(_runs(passage, said, marks)) for passage in passages), _legend(marks))


def _runs(passage: Passage, said: Iterable[Reported], marks: Iterable[Mark]) -> Iterator[Run]:
    last = passage.start + len(passage.text)
    inside = [mark for mark in marks if mark.start < last and mark.end > passage.start]
    for piece in flattened(passage, said):
        yield Run(piece.start, piece.spans, tuple(flattened(Passage(piece.start, piece.text), inside)))


def _said(cards: Iterable[Card]) -> Iterator[Reported]:
    about: dict[tuple[int, int], list[str]] = defaultdict(list)
    for card in cards:
        for sentence in card.sentences:
            about[sentence.start, sentence.end].append(card.key)
    return (Reported(start, end, tuple(keys)) for (start, end), keys in about.items())


def _marks(told: Told, cards: Iterable[Card]) -> Iterator[Mark]:
    """A mark for every place where the text names an event or an entity."""
    roles: dict[str, dict[Sentence, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for card in cards:
        event = Thing(card.iri, card.type, "Event")
        for span in {*sentences(told, card.iri), *filter(None, [card.trigger])}:
            yield Mark(span.start, span.end, event, card.key, ((card.key, "trigger"),))
        for iri, parts in _parts(card).items():
            for span in _told_in(card, sentences(told, iri)):
                roles[iri][span] += [(card.key, part) for part in parts]
    for iri, node in told.nodes.items():
        thing = told.thing(iri) if "ckg:mention" in node else None
        if thing and thing.kind not in NO_ENTITIES:
            for span in sentences(told, iri):
                yield Mark(span.start, span.end, thing, "", tuple(roles[iri][span]))


def _parts(card: Card) -> Mapping[str, list[str]]:
    """The parts that each entity has in an event: its roles, and who speaks of it or is counted in it."""
    parts: dict[str, list[str]] = defaultdict(list)
    for role, things in card.roles.items():
        for thing in things:
            parts[thing.iri].append(role)
    for saying in card.sayings:
        for thing in saying.speakers:
            parts[thing.iri].append("speaker")
        for number in saying.numbers:
            for thing in number.affected:
                parts[thing.iri].append("affected")
    return {iri: list(dict.fromkeys(found)) for iri, found in parts.items()}


def _told_in(card: Card, spans: Sequence[Sentence]) -> Sequence[Sentence]:
    """Of the places where an entity is named those in the event's own sentences, or all where it is in none of them."""
    inside = [span for span in spans if any(s.start <= span.start and span.end <= s.end for s in card.sentences)]
    return inside or spans


def _legend(marks: Iterable[Mark]) -> tuple[tuple[Thing, int], ...]:
    """A thing for each class that is marked, with the number of its marks, the most frequent first."""
    counted = Counter(mark.thing.kind for mark in marks)
    first = {mark.thing.kind: mark.thing for mark in marks}
    return tuple((first[kind], number) for kind, number in counted.most_common())
