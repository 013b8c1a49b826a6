"""The built-in extractor: spaCy parses, rules over the parse do the rest. One article in, one Extraction out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import chain

from spacy.tokens import Doc

import kg
import ontology
from kg.errors import ExtractError
from kg.extract.cast import Cast
from kg.extract.casting import cast_roles, means
from kg.extract.claims import claims
from kg.extract.confidence import confidence
from kg.extract.coreference import coreference
from kg.extract.counts import Tally, measure_of_role, tally
from kg.extract.dating import carry_days, carry_places, give_days
from kg.extract.drafts import Draft, drafts
from kg.extract.effects import effects
from kg.extract.factuality import factuality
from kg.extract.happenings import Happening, happenings, is_told
from kg.extract.joining import join
from kg.extract.mediation import mediations
from kg.extract.naming import named
from kg.extract.parsing import MODEL, parsed, pipeline
from kg.extract.responsibility import responsibilities
from kg.extract.roles import fillers
from kg.extract.scene import Scene
from kg.extract.speech import quotations
from kg.extract.spots import spots
from kg.extract.syntax import sentence_numbers
from kg.model import Article, Claim, Event, Extraction, Mention, Run, digest


@cache
def run() -> Run:
    """What made the extraction: this tool, the ontology, the model."""
    return Run("conflictkg", kg.__version__, ontology.VERSION, f"{MODEL} {pipeline().meta['version']}")


def extract(article: Article) -> Extraction:
    """What the article tells. Raises ExtractError where the extractor fails on it."""
    found = next(extract_all([article]))
    if isinstance(found, ExtractError):
        raise found
    return found


def extract_all(articles: Iterable[Article]) -> Iterator[Extraction | ExtractError]:
    """The extractions of the articles in their order; an error stands in the place of an article that fails."""
    for article, doc in parsed(articles):
        if isinstance(doc, ExtractError):
            yield doc
            continue
        try:
            yield read(doc, article)
        except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
            why = f"{article.id}: the extractor failed ({type(error).__name__}: {error}); please report the article"
            failure = ExtractError(why)
            failure.__cause__ = error
            yield failure


def bare(article: Article) -> Extraction:
    """The article with its publisher, and nothing of what its text tells."""
    cast = Cast(article, pipeline().make_doc(""))
    publisher = cast.outlet(article.outlet)
    return Extraction(article, run(), publisher, cast.entities({publisher}))


def read(doc: Doc, article: Article) -> Extraction:
    """The extraction of a parsed article."""
    found = spots(doc)
    sentences = sentence_numbers(doc)
    scene = Scene(doc, found, coreference(doc, found, sentences), sentences)
    quotations(scene)
    cast = Cast(article, doc)
    cast.learn(found)
    publisher = cast.outlet(article.outlet)
    told = join(drafts(scene, _title(doc, article)))
    tallies, told = effects(scene, told)
    published = article.published.date() if isinstance(article.published, datetime) else article.published
    give_days(scene, told, published)
    for draft in told:
        cast_roles(scene, cast, draft)
        told_by = {t.head for t in draft.extra}
        draft.factuality = factuality(draft.head, tuple(h for h in draft.heads[1:] if h.i not in told_by))
    mediations(scene, cast, told)
    carry_days(told)
    carry_places(told)
    taken = responsibilities(scene, cast, told)
    for one in taken:
        if not one.denies:
            one.draft.actors += [a for a in one.actors if a not in one.draft.actors]
    tallies += _role_counts(scene, told)
    events: list[Event] = []
    said: list[Claim] = []
    for happening in happenings(told, tallies, cast):
        if not is_told(happening):
            continue
        event = _event(scene, cast, happening, article)
        extra = [one.word for one in taken if one.draft in happening.drafts]
        said += claims(scene, cast, happening, event.id, publisher, extra, event.confidence)
        events.append(event)
    used = {publisher, *chain.from_iterable((*e.actors, *e.targets, *e.places, *e.mediators) for e in events)}
    used |= {who for claim in said for who in claim.claimants} | named(scene, cast)
    return Extraction(article, run(), publisher, cast.entities(used), tuple(events), tuple(said))


def _title(doc: Doc, article: Article) -> range:
    """The tokens of the title where the text repeats it at its top."""
    start = article.text.find(article.title) if article.title else -1
    end = start + len(article.title)
    if not 0 <= start < 200 or article.text[end : end + 1] not in ("", "\n"):  # the first sentence is no title
        return range(0)
    span = doc.char_span(start, start + len(article.title), alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)


def _role_counts(scene: Scene, told: list[Draft]) -> list[tuple[Draft, Tally]]:
    """Counts that a role's own number gives: '700 troops crossed', 'arrested five men', 'shot down 162 drones'."""
    out = []
    for draft in told:
        for role in ("target", "actor", "weapon"):
            measure = measure_of_role(draft.code, f"{role}s")
            if measure is None:
                continue
            scope = tuple(draft.heads[1:])
            found = [t for t, _ in fillers(scene, draft.code, draft.trigger, draft.frame, role, scope)]
            for token in means(draft.head) if role == "weapon" else found:
                if (one := tally(scene, measure, token)) is not None:
                    out.append((draft, one))
    return out


def _event(scene: Scene, cast: Cast, happening: Happening, article: Article) -> Event:
    """The event that a happening makes: roles of the leading draft, completed from its other mentions."""
    lead = happening.lead
    code = lead.code
    if code in ("ArmedAttack", "Violence"):
        code = next((d.code for d in happening.drafts if d.code not in ("ArmedAttack", "Violence")), code)
    mentions = tuple(
        sorted({_mention(scene.doc, t.start, t.end) for d in happening.drafts for t in (d.trigger, *d.extra)})
    )
    trigger = _mention(scene.doc, lead.trigger.start, lead.trigger.end)

    def roles(name: str) -> tuple[str, ...]:
        for draft in happening.drafts:
            if getattr(draft, name):
                return tuple(dict.fromkeys(getattr(draft, name)))
        return ()

    actors = (
        tuple(dict.fromkeys(a for d in happening.drafts for a in d.actors))
        if code in ("Talks", "Agreement", "Ceasefire", "PrisonerExchange")
        else roles("actors")
    )
    whens = [d.when for d in happening.drafts if d.when is not None]
    when = next((w for w in whens if w.precision == "Day"), whens[0] if whens else None)
    trace = tuple(line for d in happening.drafts for line in (d.rule, *d.trace))
    sure = confidence(happening, code)
    return Event(
        digest(article.id, trigger.start, code),
        code,
        trigger,
        mentions,
        actors,
        roles("targets"),
        roles("weapons"),
        _places(cast, happening),
        roles("mediators"),
        when,
        sure,
        trace,
    )


def _places(cast: Cast, happening: Happening) -> tuple[str, ...]:
    """The places of the first mention that tells any; a place inside them that a later one tells is more specific."""
    told = [draft.places for draft in happening.drafts if draft.places]
    if not told:
        return ()
    inside = [p for places in told[1:] for p in places if cast.members[p].lies_in in told[0]]
    return tuple(dict.fromkeys(inside[:1] or told[0]))


def _mention(doc: Doc, start: int, end: int) -> Mention:
    span = doc[start:end]
    return Mention(span.start_char, span.end_char, span.text)
