"""An extraction with its links: which item each entity is, with a score and a reason, and where places lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kg.link.asked import Asked, asked
from kg.link.candidates import Candidate, candidates
from kg.link.decide import applied
from kg.link.features import Document, document, home, local, settings, weigh
from kg.link.judgements import Judgements, same_thing
from kg.link.online import Service
from kg.link.ordered import ordered
from kg.model import Extraction
from kg.names import Gazetteer, shipped

MANY = 3
"""Mentions of one entity beyond these add nothing to what a document is about."""
MAPPED = 24
"""Places of a document beyond these tell nothing new of where it plays."""
SUBJECT = 0.6
"""The part of a document's names that are of one state from which on it is about that state."""
SURE = 0.6
"""The score from which on an entity tells something about the rest of the document."""


@dataclass(slots=True)
class Weighed:
    """An entity with the things it can be, weighed; `chosen` is the likeliest, or None where nothing is found."""

    one: Asked
    found: list[Candidate]

    @property
    def chosen(self) -> Candidate | None:
        """The likeliest of the things."""
        return min(self.found, key=lambda c: (-c.odds, c.thing.label, c.thing.number), default=None)


def resolve(
    extraction: Extraction,
    *,
    gazetteer: Gazetteer | None = None,
    judgements: Judgements | None = None,
    online: Service | None = None,
) -> Extraction:
    """The extraction with `links` for every entity that has a name of its own.

    The names of one document are decided together: what they are likeliest taken for tells which countries it is about
    and where it plays, and that is weighed for each name again. An entity that nothing is known about, or nothing
    likely enough, gets a link without an item that says why. `gazetteer` is the shipped one unless given, `judgements`
    win over every score, `online` is asked for names too.
    """
    known = gazetteer or shipped()
    weighed = weigh_all(extraction, known, judgements=judgements, online=online)
    return applied(extraction, [(each.one, each.found) for each in weighed], known, judgements or Judgements())


def weigh_all(
    extraction: Extraction,
    gazetteer: Gazetteer,
    *,
    judgements: Judgements | None = None,
    online: Service | None = None,
) -> list[Weighed]:
    """Every entity that has a name, with the things it can be and their features and scores."""
    article = extraction.article
    published = article.published.date() if isinstance(article.published, datetime) else article.published

    def considered(one: Asked) -> Weighed:
        more = online.candidates(one.entity.name, classes=one.entity.classes) if online else ()
        found = candidates(one, gazetteer, more)
        if judgements is not None:
            found = judgements.narrowed(one.entity, article.id, found, gazetteer)
        local(one, found, gazetteer, published)
        weigh(found)
        return Weighed(one, found)

    weighed = [considered(one) for one in asked(ordered(extraction), gazetteer)]
    _settle(weighed)
    subject = _subject(weighed)
    nameless = [n for n, each in enumerate(weighed) if each.one.kind == "body" and not each.found and not each.one.own]
    if subject is not None and nameless:
        # 'The Security Service' in a text about Ukraine is Ukraine's.
        for number in nameless:
            weighed[number] = considered(replace(weighed[number].one, own=subject))
        _settle(weighed)
    if judgements is not None:
        pairs = judgements.apart([each.one.entity for each in weighed], article.id)
        while _parted(weighed, pairs):
            _again(weighed)
    return weighed


def _settle(weighed: Sequence[Weighed]) -> None:
    """Weigh every entity by the others until none is taken for anything else, or often enough."""
    for _ in range(settings()["limits"]["rounds"]):
        before = [each.chosen for each in weighed]
        _again(weighed)
        if all(now is then for now, then in zip((each.chosen for each in weighed), before, strict=True)):
            break


def _subject(weighed: Sequence[Weighed]) -> str | None:
    """The label of the state that most names of a document are of, if it is one state's document."""
    total: Counter[str] = Counter()
    for each in weighed:
        total.update(_votes(each))
    country, votes = max(total.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return country if votes > SUBJECT * total.total() else None


def _parted(weighed: Sequence[Weighed], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether two entities that are judged to differ were taken for one thing; the less likely one no longer is."""
    for first, second in pairs:
        mine, theirs = weighed[first].chosen, weighed[second].chosen
        if mine is None or theirs is None or not same_thing(mine.thing, theirs.thing):
            continue
        loser, taken = (weighed[first], mine) if mine.score <= theirs.score else (weighed[second], theirs)
        loser.found.remove(taken)
        return True
    return False


def _again(weighed: Sequence[Weighed]) -> None:
    """Weigh every entity by what the others are likeliest taken for."""
    votes = [_votes(each) for each in weighed]
    total: Counter[str] = Counter()
    for vote in votes:
        total.update(vote)
    points = [_point(each) for each in weighed]
    for number, each in enumerate(weighed):
        rest = total - votes[number]
        amount = sum(rest.values())
        shares = {country: count / amount for country, count in sorted(rest.items())} if amount else {}
        places = sorted({point for n, point in enumerate(points) if point is not None and n != number})[:MAPPED]
        for candidate in each.found:
            document(candidate, Document(shares, places))
    for each in weighed:
        weigh(each.found)


def _votes(each: Weighed) -> Counter[str]:
    """How strongly an entity speaks for which country; a name that can be something of another country is silent."""
    chosen = each.chosen
    if chosen is None or (country := home(chosen.thing)) is None:
        return Counter()
    if each.one.kind == "state" or chosen.features.get("inside"):
        sure = True
    else:
        same = sum(candidate.score for candidate in each.found if home(candidate.thing) == country)
        sure = same >= SURE and not chosen.thing.common
    # The state itself tells more than somebody of it: a Russian minister may speak about any country.
    weight = 2 if "State" in chosen.thing.classes else 1
    return Counter({country: weight * min(MANY, max(1, len(each.one.entity.mentions)))}) if sure else Counter()


def _point(each: Weighed) -> tuple[float, float] | None:
    """Where an entity lies that is a place smaller than a state and is likely enough what it is taken for."""
    chosen = each.chosen
    if chosen is None or chosen.score < SURE or "State" in chosen.thing.classes:
        return None
    thing = chosen.thing
    return (thing.lat, thing.lon) if thing.lat is not None and thing.lon is not None else None
