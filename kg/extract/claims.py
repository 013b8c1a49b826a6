"""Claims: who says of an event that it is so, how far, and with which numbers."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract.cast import Cast
from kg.extract.drafts import Draft
from kg.extract.happenings import Happening, is_definite
from kg.extract.scene import Scene
from kg.extract.speech import Voice, voice
from kg.model import Claim, Count, Mention, digest


@dataclass(frozen=True, slots=True)
class Word:
    """One telling of an event before it becomes a claim: the speakers' ids, how far, the cue, the sentence."""

    claimants: tuple[str, ...]
    factuality: str
    cue: str
    sentence: Mention
    count: Count | None = None


def sentence_of(doc: Doc, token: Token) -> Mention:
    """The sentence a token stands in, without white space around it."""
    span: Span = token.sent
    start, end = span.start, span.end
    while start < end - 1 and doc[start].is_space:
        start += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    piece = doc[start:end]
    return Mention(piece.start_char, piece.end_char, piece.text)


def speakers(scene: Scene, cast: Cast, found: Voice | None, publisher: str) -> tuple[tuple[str, ...], str]:
    """The ids of those who speak, the publisher where nobody is named, and the cue."""
    if found is None:
        return (publisher,), ""
    ids: list[str] = []
    for token in found.claimants:
        one = scene.phrase(token)
        if "pronoun" in one.tags and one.spot is None and "agent" not in one.tags:
            continue
        identity = cast.of(one, "agent")
        if identity not in ids and cast.is_agent(identity):
            ids.append(identity)
    return (tuple(ids), found.cue) if ids else ((publisher,), "")


def claims(
    scene: Scene, cast: Cast, happening: Happening, event: str, publisher: str, extra: list[Word], confidence: float
) -> tuple[Claim, ...]:
    """The claims about one event: each speaker's word once, and one claim for each number."""
    words: list[Word] = []
    lead = happening.lead
    for draft in happening.drafts:
        if draft is not lead and is_definite(draft) and not any(d is draft for d, _ in happening.tallies):
            continue
        who, cue = speakers(scene, cast, voice_of(scene, draft), publisher)
        words.append(Word(who, draft.factuality, cue, sentence_of(scene.doc, draft.head)))
    words += extra
    for draft, tally in happening.tallies:
        found = voice(scene, tally.token) or (
            voice_of(scene, draft) if tally.token.sent.start == draft.head.sent.start else None
        )
        who, cue = speakers(scene, cast, found, publisher)
        number = tally.number
        count = Count(tally.measure, tally.kind, number.count, number.low, number.high, number.total)
        words.append(Word(who, draft.factuality, cue, sentence_of(scene.doc, tally.token), count))
    out: dict[str, Claim] = {}
    for word in words:
        identity = digest(event, *word.claimants, word.factuality, word.count, "" if word.count else "plain")
        known = out.get(identity)
        mentions = tuple(sorted({*(known.mentions if known else ()), word.sentence}))
        certainty = round(min(0.99, confidence + (0.03 if word.cue else 0.0)), 2)
        out[identity] = Claim(
            identity,
            event,
            word.claimants,
            word.factuality,
            mentions,
            certainty,
            known.cue if known else word.cue,
            word.count,
        )
    return tuple(out.values())


def voice_of(scene: Scene, draft: Draft) -> Voice | None:
    """The speaker of the clause that tells the draft, never its own actor's word of Pressure."""
    found = voice(scene, draft.head)
    if found is not None and draft.head.i == found.verb:
        return None
    return found
