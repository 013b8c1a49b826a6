"""How well linking does on texts whose names somebody linked by hand.

Mentions are scored one by one (micro averages), those of things that the gazetteer has; of the others it is counted
how many are linked all the same. End to end, a name linked where nobody marked one counts against precision. Places are
also scored by how far the place chosen is from the right one: within 161 km (100 miles), as geoparsing is measured
(Gritta et al., 2018).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kg.link.asked import kind_of
from kg.link.gold import Gold
from kg.model import Article, Entity, Extraction, Link, Mention, digest
from kg.names import Gazetteer, Name, fold, kilometres, lookup, surface

NEAR = 161.0
"""Kilometres within which a place counts as found."""

RARE = 0.3
"""The prior up to which a name means a thing too seldom to leave its kind open."""

Resolve = Callable[[Extraction], Extraction]
Extract = Callable[[Article], Extraction]


@dataclass(slots=True)
class Scores:
    """Counts by class: right, linked, to be found; and of places that have coordinates: near, placed, and all.

    `outside` counts mentions of what is not in the gazetteer, because nobody knows an item or it lacks the item;
    `outside_linked` those of them that were linked all the same. They are in no other count.
    """

    right: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    near: int = 0
    placed: int = 0
    located: int = 0
    outside: int = 0
    outside_linked: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, kind: str, which: str) -> int:
        """The count "right", "linked" or "wanted" of one class, or of 'all'."""
        counts: Counter[str] = getattr(self, which)
        return counts.total() if kind == "all" else counts[kind]

    def row(self, kind: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of one class, or of 'all'."""
        right, linked, wanted = (self.count(kind, which) for which in ("right", "linked", "wanted"))
        precision, recall = right / (linked or 1), right / (wanted or 1)
        return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def evaluate(
    golds: Iterable[tuple[Article, list[Gold]]],
    *,
    extract: Extract,
    resolve: Resolve,
    gazetteer: Gazetteer,
    given: bool,
    told: Callable[[str], None] = lambda _: None,
) -> Scores:
    """The scores on the texts: with the spans `given`, or end to end, with the spans that extraction finds itself."""
    scores = Scores()
    for article, mentions in golds:
        extraction = extract(article)
        scored = [gold for gold in mentions if not gold.optional]
        if given:
            extraction = with_spans(extraction, [(gold.start, gold.end) for gold in scored])
        linked = resolve(extraction)
        spans = _spans(linked)
        for gold in scored:
            _score(scores, gold, _at(spans, gold, exact=given), gazetteer, article)
        if not given:
            _spurious(scores, spans, mentions, article)
        told(article.id)
    if not given:
        # Of a class that nobody marked in any text, as of people in a set of places, finding one is no error.
        for kind in [kind for kind in scores.linked if not scores.wanted[kind]]:
            del scores.linked[kind]
    return scores


def with_spans(extraction: Extraction, spans: Iterable[tuple[int, int]]) -> Extraction:
    """The extraction with the given spans as its mentions; each of them goes by its own words.

    Spans of the same words are one entity. It is of the kind that extraction takes it for, where that found the name;
    where it found another name of the same entity there ('Kuwait' in 'Kuwait City'), its kind is open.
    """
    text = extraction.article.text
    owners = [(m.start, m.end, entity) for entity in extraction.entities for m in entity.mentions]
    given: dict[tuple[str, tuple[str, ...]], tuple[Entity, list[Mention]]] = {}
    for start, end in sorted(set(spans)):
        mention = Mention(start, end, text[start:end])
        owner = next((entity for s, e, entity in owners if s <= start and end <= e), None)
        if owner is None or not _is_name(mention.exact, owner):
            owner = Entity("", (), mention.exact)
        given.setdefault((surface(mention.exact), owner.classes), (owner, []))[1].append(mention)
    entities = [
        replace(
            owner,
            id=f"given-{digest(*key, length=8)}",
            name=mentions[0].exact,
            names=owner.names if "Person" in owner.classes else (),
            mentions=tuple(mentions),
        )
        for key, (owner, mentions) in given.items()
    ]
    others = [entity for entity in extraction.entities if "Person" in entity.classes or "State" in entity.classes]
    silent = [replace(entity, mentions=()) for entity in others]
    bare = replace(extraction, publisher="", events=(), claims=())
    return replace(bare, entities=tuple(sorted((*entities, *silent), key=lambda entity: entity.id)))


def _is_name(words: str, entity: Entity) -> bool:
    """Whether the words name the entity that extraction found there, and its kind rests on more than a guess.

    The language model takes towns that it doesn't know for people; a full name of a person is seldom anything else.
    """
    if "Person" in entity.classes and " " in entity.name:
        return bool(
            {fold(words)} & {fold(part) for name in (entity.name, *entity.names) for part in (name, name.split()[-1])}
        )
    kinds = {kind_of(thing.classes) for thing in lookup(words) if thing.how != "metonym" and thing.prior > RARE}
    named = fold(words) in {fold(name) for name in (entity.name, *entity.names)} or "State" in entity.classes
    return named and kinds == {kind_of(entity.classes)}


def _spans(linked: Extraction) -> dict[tuple[int, int], tuple[Entity, Link | None]]:
    links = {link.entity: link for link in linked.links}
    return {
        (mention.start, mention.end): (entity, links.get(entity.id))
        for entity in linked.entities
        for mention in entity.mentions
    }


def _at(spans: dict[tuple[int, int], tuple[Entity, Link | None]], gold: Gold, *, exact: bool) -> Link | None:
    """The link of the entity whose mention is at the span; end to end, of one that overlaps it by most of both."""
    if (gold.start, gold.end) in spans:
        return spans[gold.start, gold.end][1]
    if exact:
        return None
    best = max(spans, key=lambda span: _overlap(span, gold), default=None)
    return spans[best][1] if best is not None and _overlap(best, gold) > 0.5 else None


def _overlap(span: tuple[int, int], gold: Gold) -> float:
    shared = min(span[1], gold.end) - max(span[0], gold.start)
    return shared / max(span[1] - span[0], gold.end - gold.start)


def _score(scores: Scores, gold: Gold, link: Link | None, gazetteer: Gazetteer, article: Article) -> None:
    thing = known(gold, gazetteer)
    linked = link is not None and (link.qid is not None or link.geonames is not None)
    right = linked and link is not None and is_right(link, gold, thing)
    if thing is None:
        scores.outside += 1
        scores.outside_linked += linked and not right
    else:
        kind = kind_of(thing.classes)
        scores.wanted[kind] += 1
        scores.linked[kind] += linked
        scores.right[kind] += right
        _place(scores, gold, thing, link)
    if not right and (linked or thing is not None):
        got = f"{link.qid or link.geonames or ''} {link.reason} ({link.score})" if link else "nothing there"
        want = f"{thing.label} {thing.qid or thing.geonames}" if thing else "nothing"
        words = article.text[gold.start : gold.end]
        around = article.text[max(0, gold.start - 30) : gold.end + 30].replace("\n", " ")
        scores.wrong.append(f"{article.id}: {words!r} should be {want}, is {got} | {around}")


def _place(scores: Scores, gold: Gold, thing: Name, link: Link | None) -> None:
    """Score a place by distance, if it is one and its coordinates are known."""
    if "Place" not in thing.classes or "State" in thing.classes:
        return
    point = gold.point or ((thing.lat, thing.lon) if thing.lat is not None and thing.lon is not None else None)
    if point is None:
        return
    scores.located += 1
    if link is None or link.lat is None or link.lon is None:
        return
    scores.placed += 1
    scores.near += kilometres(*point, link.lat, link.lon) <= NEAR


def known(gold: Gold, gazetteer: Gazetteer) -> Name | None:
    """The thing of the gazetteer that a mention was linked to, if it is there."""
    thing = gazetteer.by_qid(gold.qid) if gold.qid else None
    return thing or (gazetteer.by_geonames(gold.geonames) if gold.geonames else None)


def is_right(link: Link, gold: Gold, thing: Name | None) -> bool:
    """Whether a link is what the mention was linked to, by any of its identifiers."""
    if link.qid is not None and link.qid in {gold.qid, thing and thing.qid, *gold.also}:
        return True
    return link.geonames is not None and link.geonames in {gold.geonames, thing and thing.geonames}


def _spurious(
    scores: Scores,
    spans: dict[tuple[int, int], tuple[Entity, Link | None]],
    golds: list[Gold],
    article: Article,
) -> None:
    """Count what is linked where nobody marked a name."""
    for (start, end), (entity, link) in spans.items():
        taken = any(start < gold.end and gold.start < end for gold in golds)
        if not taken and link is not None and (link.qid or link.geonames):
            scores.linked[kind_of(entity.classes)] += 1
            scores.wrong.append(f"{article.id}: {article.text[start:end]!r} is not marked, is {link.qid} {link.reason}")
