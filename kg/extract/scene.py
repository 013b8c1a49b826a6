"""A parsed text with what was found out about its names and its anaphora."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract.coreference import SPEAKER
from kg.extract.phrases import Phrase, phrase
from kg.extract.spot import Spot

_DEALS = {"agreement", "deal", "accord", "pact", "treaty", "ceasefire", "truce", "memorandum", "plan", "armistice"}


@dataclass(slots=True)
class Scene:
    """A parsed text with what was found out about its names and its anaphora; `sentences` numbers them by token."""

    doc: Doc
    spots: dict[int, Spot]
    links: dict[int, int]
    sentences: dict[int, int]
    event_heads: frozenset[int] = frozenset()
    violent_heads: frozenset[int] = frozenset()
    speakers: dict[int, int] = field(default_factory=dict)
    _phrases: dict[int, Phrase] = field(default_factory=dict)

    def phrase(self, token: Token) -> Phrase:
        """The phrase of the token, or of its antecedent where it takes one up."""
        target = self.links.get(token.i, token.i)
        if token.lower_ in SPEAKER:
            target = self.speakers.get(token.sent.start, target)
        if target not in self._phrases:
            self._phrases[target] = phrase(self.doc[target], self.spots)
        return self._phrases[target]

    def tags(self, token: Token) -> frozenset[str]:
        """What the phrase of the token can be; 'event' for a trigger noun, 'deal' for an agreement, 'plural' for
        many."""
        one = self.phrase(token)
        tags = set(one.tags)
        head = self.doc[one.head]
        if one.head in self.event_heads and not tags & {"agent"}:
            tags.add("event")
        if head.lemma_.lower() in _DEALS:
            tags.add("deal")
        if head.tag_ in ("NNS", "NNPS") or any(True for c in token.children if c.dep_ == "conj"):
            tags.add("plural")
            if "state" in tags or "official" in tags or "organ" in tags:
                tags.add("state-plural")
        if (
            one.owner is not None
            and tags & {"weapon", "equipment", "event"}
            and one.owner.classes[0] in ("State", "ArmedGroup")
        ):
            tags.add("owned")
        return frozenset(tags)
