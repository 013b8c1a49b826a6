"""Why a name is linked as it is: all candidates of an entity with their features, what each adds, and the scores."""

from __future__ import annotations

from dataclasses import dataclass

from kg.link.features import settings
from kg.link.linker import Linker
from kg.link.resolve import Weighed, weigh_all
from kg.model import Entity, Extraction, Link
from kg.names import Name, fold


@dataclass(frozen=True, slots=True)
class Weighing:
    """A candidate with its score (0-1) and what each feature adds to its log-odds, the weightiest first."""

    thing: Name
    score: float
    odds: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """An entity, the kind that it is taken for, what was decided, and its candidates, the likeliest first."""

    entity: Entity
    kind: str
    decision: str
    weighings: tuple[Weighing, ...]


def explain(extraction: Extraction, name: str, linker: Linker) -> list[Explained]:
    """What was decided of the entities of the document that go by the name, and why."""
    weighed = weigh_all(extraction, linker.gazetteer, judgements=linker.judgements, online=linker.online)
    decided = {link.named: link for link in linker(extraction).links}
    return [
        Explained(each.one.entity, each.one.kind, _decision(decided[each.one.entity.id]), _weighings(each))
        for each in weighed
        if _called(each.one.entity, name)
    ]


def _decision(link: Link) -> str:
    matches = " and ".join(([link.qid] if link.qid else []) + ([f"GeoNames {link.geonames}"] if link.geonames else []))
    return f"{matches or 'unknown'}: {link.reason}"


def _called(entity: Entity, name: str) -> bool:
    names = (entity.id, entity.name, *entity.names, *(mention.exact for mention in entity.mentions))
    return name == entity.id or fold(name) in {fold(one) for one in names}


def _weighings(each: Weighed) -> tuple[Weighing, ...]:
    weights = settings()["weights"]
    ranked = sorted(each.found, key=lambda c: (-c.odds, c.thing.label, c.thing.number))
    return tuple(
        Weighing(
            candidate.thing,
            candidate.score,
            candidate.odds,
            tuple(
                sorted(
                    ((name, round(weights[name] * value, 2)) for name, value in candidate.features.items()),
                    key=lambda part: (-abs(part[1]), part[0]),
                )
            ),
        )
        for candidate in ranked
    )
