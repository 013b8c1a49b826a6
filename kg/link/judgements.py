"""What people decided about names: stronger than every score, recorded in a file, and undoable.

A judgement is about a name, and then about every entity that goes by it, or about one entity by its id. Of judgements
that contradict one another the later wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from kg.link.candidates import Candidate
from kg.model import Entity, Extraction, Link
from kg.names import Gazetteer, Name, fold

Verb = Literal["same", "different", "pin", "unlink"]
VERBS: tuple[str, ...] = get_args(Verb)
ITEM = re.compile(r"Q[1-9]\d{0,11}|geonames:[1-9]\d{0,11}")
"""How a thing is written: an item of Wikidata, or the number of a place in GeoNames."""

_ID = re.compile(r"\S+-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: a verb about `name` (a name or an entity's id), in one article or, where that is empty, in all.

    `other` is what it is the same as or different from, a name or id as well; `item` the thing that decides: what the
    entity is pinned to, or what `other` was when it was judged. `when` is an ISO 8601 moment in UTC. `undone` says when
    and by whom it was taken back; a judgement that has it counts no more.
    """

    number: int
    when: str
    who: str
    verb: str
    name: str
    other: str = ""
    item: str = ""
    article: str = ""
    why: str = ""
    undone: str = ""

    def about(self, entity: Entity, article: str) -> bool:
        """Whether the judgement counts and is about this entity of this article, on either side."""
        return self.counts(article) and any(self.sides(entity))

    def counts(self, article: str) -> bool:
        """Whether the judgement was not undone, and is about this article or about all."""
        return not self.undone and self.article in ("", article)

    def sides(self, entity: Entity) -> tuple[bool, bool]:
        """Whether the entity is what `name` says, and what `other` says."""
        known = known_as(entity)
        return key(self.name) in known or self.name in known, bool(self.other) and bool(
            {key(self.other), self.other} & known
        )

    def words(self, entity: Entity | None = None) -> str:
        """What was decided, by whom, when and why, in words; about the entity, where it is the other one."""
        other = self.name if entity is not None and not self.sides(entity)[0] else self.other or self.item
        verb = {
            "pin": f"pinned to {self.item}",
            "same": f"said to be the same as {other}",
            "different": f"said to be different from {other}",
            "unlink": "unlinked",
        }[self.verb]
        return f"{verb} by {self.who} on {self.when[:10]}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all judgements about one entity come to.

    `deciding` is the one that decides its item, if there is one; `barred` are the things that it is not, `same` the
    names or ids of entities that it is; `heard` are all the judgements that count for it, the latest first.
    """

    deciding: Judgement | None
    barred: frozenset[str]
    same: tuple[str, ...]
    heard: tuple[Judgement, ...]


class Judgements:
    """The judgements of one file, in the order that they were made."""

    def __init__(self, made: Iterable[Judgement] = ()) -> None:
        self.made = tuple(made)
        self._about: dict[str, set[int]] = defaultdict(set)
        for place, judgement in enumerate(self.made):
            for name in filter(None, (judgement.name, judgement.other)):
                self._about[name].add(place)
                self._about[key(name)].add(place)

    @classmethod
    def read(cls, path: Path) -> Judgements:
        """The judgements of a file; see `kg.link.ledger.read`."""
        from kg.link.ledger import read

        return cls(read(path))

    def on(self, entity: Entity, article: str) -> list[Judgement]:
        """The judgements about an entity of an article that count, the latest first."""
        if not self.made:
            return []
        places = set().union(*(self._about.get(name, ()) for name in known_as(entity)))
        found = (self.made[place] for place in sorted(places, reverse=True))
        return [judgement for judgement in found if judgement.about(entity, article)]

    def verdict(self, entity: Entity, article: str) -> Verdict:
        """What the judgements about an entity of an article come to."""
        barred: set[str] = set()
        parted: set[frozenset[str]] = set()
        same: list[str] = []
        heard: list[Judgement] = []
        for judgement in self.on(entity, article):
            pair = frozenset({key(judgement.name), key(judgement.other or judgement.item)})
            mine, theirs = judgement.sides(entity)
            if judgement.verb == "different":
                parted.add(pair)
                if mine and judgement.item:
                    barred.add(judgement.item)
            elif judgement.item in barred or (judgement.verb == "same" and pair in parted):
                continue  # taken back by a later one
            elif judgement.item or judgement.verb == "unlink":
                return Verdict(judgement, frozenset(barred), tuple(dict.fromkeys(same)), (*heard, judgement))
            else:
                same += [other for other, holds in ((judgement.other, mine), (judgement.name, theirs)) if holds]
            heard.append(judgement)
        return Verdict(None, frozenset(barred), tuple(dict.fromkeys(same)), tuple(heard))

    def narrowed(
        self, entity: Entity, article: str, found: Sequence[Candidate], gazetteer: Gazetteer
    ) -> list[Candidate]:
        """The candidates that the judgements leave: the one that was decided, or none where the entity was unlinked."""
        verdict = self.verdict(entity, article)
        if verdict.deciding is None:
            return [candidate for candidate in found if not {*items(candidate.thing)} & verdict.barred]
        item = verdict.deciding.item
        if not item:
            return []
        decided = next((candidate for candidate in found if item in items(candidate.thing)), None)
        decided = decided or Candidate(thing_of(item, gazetteer, entity), entity.name)
        decided.features["judged"] = 1.0
        return [decided]

    def applied(self, link: Link, entity: Entity, extraction: Extraction) -> Link:
        """The link with what the judgements add to it, after its candidates were `narrowed`."""
        verdict = self.verdict(entity, extraction.article.id)
        if not verdict.heard:
            return link
        told = "; ".join(judgement.words(entity) for judgement in verdict.heard)
        same = tuple(sorted({i for name in verdict.same for i in _ids(name, extraction)} - {entity.id}))
        if verdict.deciding is None:
            return replace(link, same=same, reason=f"{link.reason}; {told}")
        return replace(link, same=same, score=1.0, reason=told, rivals=())

    def apart(self, entities: Sequence[Entity], article: str) -> list[tuple[int, int]]:
        """The places of those entities of one article that are judged to be different things, in pairs."""
        pairs = set()
        for judgement in self.made:
            if judgement.verb == "different" and judgement.other and judgement.counts(article):
                sides = [judgement.sides(entity) for entity in entities]
                left = [place for place, (mine, _) in enumerate(sides) if mine]
                right = [place for place, (_, theirs) in enumerate(sides) if theirs]
                pairs |= {(one, other) for one in left for other in right if one != other}
        return sorted(pairs)


def _ids(name: str, extraction: Extraction) -> list[str]:
    """The ids of the article's entities that go by the name; what is an id itself may be of another article."""
    here = [entity.id for entity in extraction.entities if {name, key(name)} & known_as(entity)]
    return here or [name] * bool(_ID.fullmatch(name))


def key(name: str) -> str:
    """What names that differ only in case, accents and the like have in common."""
    return fold(name) or name


def known_as(entity: Entity) -> set[str]:
    """The id and the folded names of an entity."""
    return {entity.id, *map(key, (entity.name, *entity.names))}


def items(thing: Name) -> tuple[str, ...]:
    """How the thing is written in judgements."""
    geonames = f"geonames:{thing.geonames}" if thing.geonames is not None else None
    return tuple(filter(None, (thing.qid, geonames)))


def same_thing(one: Name, other: Name) -> bool:
    """Whether both are the same thing of Wikidata or of GeoNames."""
    return not {*items(one)}.isdisjoint(items(other))


def thing_of(item: str, gazetteer: Gazetteer, entity: Entity) -> Name:
    """The thing as the gazetteer has it, else one that nothing is known of but that the entity is it."""
    if item.startswith("geonames:"):
        number = int(item.removeprefix("geonames:"))
        return gazetteer.by_geonames(number) or Name(entity.name, entity.classes or ("Agent",), geonames=number)
    return gazetteer.by_qid(item) or Name(entity.name, entity.classes or ("Agent",), item)
