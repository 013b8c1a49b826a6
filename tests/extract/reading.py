"""How a row is judged: the extractor reads its text, and what the row wants is looked for in what was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import ontology
from kg.extract import extract
from kg.model import Article, Claim, Count, Entity, Event, Extraction
from tests.extract.rows import OUTLET, PUBLISHED, Row, Want, names

ROLES = ("actors", "targets", "places", "mediators", "weapons")
_ARTICLES = ("the ", "a ", "an ", "some ")


@cache
def reading(text: str, published: date | None = PUBLISHED, title: str = "") -> Extraction:
    """The extraction of a text, made once."""
    return extract(Article(id="sample", title=title, text=text, published=published, outlet=OUTLET))


def wrong(one: Row) -> list[str]:
    """What of a row is not so, in words; empty where the extractor reads the text as the row does."""
    found = reading(one.text, one.published, one.title)
    out = [f"unwanted {shown(found, event)}" for event in found.events if _is_any(event.type, one.absent)]
    left = list(found.events)
    for want in one.wants:
        judged = sorted(((_against(found, event, want), n) for n, event in enumerate(left)), key=lambda j: len(j[0]))
        if not judged:
            out.append(f"no {want.type}")
            continue
        faults, best = judged[0]
        if any(fault.startswith("type") for fault in faults) and len(faults) == len(judged[0][0]):
            near = [j for j in judged if not any(fault.startswith("type") for fault in j[0])]
            faults, best = near[0] if near else ([f"no {want.type}; got {[shown(found, e) for e in found.events]}"], -1)
        if best >= 0:
            event = left.pop(best)
            faults = [f"{fault} in {shown(found, event)}" for fault in faults]
        out += faults
    if one.alone and left:
        out += [f"too many: {shown(found, event)}" for event in left]
    for name, wanted in one.entities:
        out += _entity_faults(found, name, wanted)
    return out


def shown(found: Extraction, event: Event) -> str:
    """The event in one line: what a message needs."""
    parts = [f"{event.type} {event.trigger.exact!r}"]
    for role in ROLES:
        if filled := getattr(event, role):
            parts.append(f"{role}={'; '.join(filled if role == 'weapons' else _named(found, filled))}")
    if event.when:
        parts.append(f"when={event.when.start}/{event.when.end} {event.when.precision}")
    parts += [_claimed(found, claim) for claim in found.claims if claim.event == event.id]
    return ", ".join(parts)


def _claimed(found: Extraction, claim: Claim) -> str:
    count = f" {claim.count.measure} {claim.count.counted} {_range(claim.count)}" if claim.count else ""
    return f"[{claim.factuality} by {'; '.join(_named(found, claim.claimants))}{count}]"


def _named(found: Extraction, ids: Iterable[str]) -> list[str]:
    by_id = {entity.id: entity for entity in found.entities}
    return [by_id[identity].name for identity in ids]


def _is_any(code: str, wanted: Iterable[str]) -> bool:
    return any(one == "any" or one in ontology.ancestors(code) for one in wanted)


def _of_type(code: str, wanted: str) -> bool:
    return any(code == one or one.startswith("~") and one[1:] in ontology.ancestors(code) for one in wanted.split("|"))


def _against(found: Extraction, event: Event, want: Want) -> list[str]:
    """What an event lacks of the one wanted."""
    out = [] if _of_type(event.type, want.type) else [f"type {want.type}"]
    said = [claim for claim in found.claims if claim.event == event.id]
    if want.trigger is not None and want.trigger not in " ".join(mention.exact for mention in event.mentions):
        out.append(f"type with trigger {want.trigger!r}")
    for role in ROLES:
        wanted = getattr(want, role)
        if wanted is not None and not _same(found, getattr(event, role), wanted, codes=role == "weapons"):
            out.append(f"{role} not {list(wanted)}")
    if want.mentions is not None and sorted(m.exact for m in event.mentions) != sorted(want.mentions):
        out.append(f"mentions not {list(want.mentions)} but {[m.exact for m in event.mentions]}")
    if want.when is not None and _days(event) not in want.when.split("|"):
        out.append(f"when not {want.when or 'open'}")
    if want.precision is not None and (event.when is None or event.when.precision != want.precision):
        out.append(f"precision not {want.precision}")
    plain = [claim for claim in said if claim.count is None] or said
    if want.factuality is not None and not {claim.factuality for claim in plain} & set(want.factuality.split("|")):
        out.append(f"factuality not {want.factuality}")
    if want.claimants is not None and not any(
        _same(found, claim.claimants, want.claimants)
        for claim in plain
        if want.factuality is None or claim.factuality in want.factuality.split("|")
    ):
        out.append(f"claimants not {list(want.claimants)}")
    if want.counts is not None:
        out += _count_faults(found, [claim for claim in said if claim.count], want.counts)
    return out


def _count_faults(found: Extraction, said: list[Claim], wanted: tuple[tuple[str, ...], ...]) -> list[str]:
    out, left = [], list(said)
    for told, *who in wanted:
        number, optional = told.removeprefix("? "), told.startswith("? ")
        fitting = [
            claim
            for claim in left
            if claim.count
            and _is_count(claim.count, number)
            and (not who or _same(found, claim.claimants, names(who[0]) or ()))
        ]
        if fitting:
            left.remove(fitting[0])
        elif not optional:
            out.append(f"no count {' by '.join((number, *who))}")
    return out + [f"unwanted count {_claimed(found, claim)}" for claim in left]


def _is_count(count: Count, wanted: str) -> bool:
    measure, kinds, number = wanted.split(" ", 2)
    return count.measure == measure and count.counted in kinds.split("|") and _range(count) == number


def _range(count: Count) -> str:
    exact = "" if count.count is None else str(count.count)
    bounds = "" if count.low is None and count.high is None else f"{_text(count.low)}..{_text(count.high)}"
    return exact + bounds + ("" if count.total is None else f" of {count.total}")


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _days(event: Event) -> str:
    if event.when is None:
        return ""
    start, end = event.when.start.isoformat(), event.when.end.isoformat()
    return start if start == end else f"{start}/{end}"


def _same(found: Extraction, ids: tuple[str, ...], wanted: tuple[str, ...], *, codes: bool = False) -> bool:
    by_id = {entity.id: entity for entity in found.entities}
    have: list[Entity | str] = list(ids) if codes else [by_id[identity] for identity in ids]
    rest_open = False
    for name in wanted:
        if name == "...":
            rest_open = True
            continue
        one = next((filler for filler in have if _is_named(filler, name.removeprefix("?"))), None)
        if one is not None:
            have.remove(one)
        elif not name.startswith("?"):
            return False
    return rest_open or not have


def _is_named(filler: Entity | str, wanted: str) -> bool:
    if isinstance(filler, str):
        return filler in wanted.split("|")
    have = {_bare(name) for name in (filler.name, *filler.names)}
    return any(
        known == _bare(name) or name.islower() and known.endswith(f" {_bare(name)}")
        for name in wanted.split("|")
        for known in have
    )


def _bare(name: str) -> str:
    lower = name.strip().lower().replace("’", "'")
    return next((lower[len(word) :] for word in _ARTICLES if lower.startswith(word)), lower)


def _entity_faults(found: Extraction, name: str, wanted: tuple[tuple[str, str | None], ...]) -> list[str]:
    """What the entity of a name lacks: `class`, `kind`, `role`, and `country`, `member_of`, `within`, `owner` by name."""
    have = [entity for entity in found.entities if _is_named(entity, name)]
    if not have:
        return [f"no entity {name}; got {[f'{e.name} {e.classes[0]}' for e in found.entities]}"]
    out = []
    for part, value in wanted:
        if part == "class":
            right = any(value and entity.classes[0] in value.split("|") for entity in have)
        elif part in ("kind", "role"):
            right = any(_one_of(getattr(entity, part), value) for entity in have)
        else:
            right = any(_points(found, entity, part, value) for entity in have)
        if not right:
            out.append(f"{name}: {part} not {value} but {[_part(found, entity, part) for entity in have]}")
    return out


def _one_of(have: str | None, wanted: str | None) -> bool:
    return have == wanted or have is not None and wanted is not None and have.lower() in wanted.lower().split("|")


def _ids(entity: Entity, part: str) -> tuple[str, ...]:
    value = getattr(entity, part)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _points(found: Extraction, entity: Entity, part: str, wanted: str | None) -> bool:
    by_id = {one.id: one for one in found.entities}
    ends = [by_id[identity] for identity in _ids(entity, part)]
    return any(_is_named(end, wanted) for end in ends) if wanted else not ends


def _part(found: Extraction, entity: Entity, part: str) -> object:
    if part == "class":
        return entity.classes
    return getattr(entity, part) if part in ("kind", "role") else _named(found, _ids(entity, part))
