"""An incident: one happening as all its tellings have it together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ontology
from kg.merge.conflicts import Conflict, belonging
from kg.merge.telling import Party, Telling, in_days
from kg.merge.tolls import Estimate, denials, estimates
from kg.names import fold

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Incident:
    """What the tellings come to. `key` names it: that of the event which told it first.

    `roles` has for each role those who have it, by IRI, with the number of sources that say so, the most first; weapons
    are codes. `sources` counts articles, near-copies with their originals. `outlets` and `claimants` are IRIs.
    `denied` are pairs of a claim that denies it and one that asserts it.
    """

    key: str
    shard: str
    label: str
    tellings: tuple[Telling, ...]
    type: str
    start: date | None
    end: date | None
    precision: str
    roles: dict[str, dict[str, int]]
    sources: int
    outlets: tuple[str, ...]
    claimants: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    denied: tuple[tuple[str, str], ...]
    conflicts: tuple[Conflict, ...]


def key_of(tellings: Sequence[Telling]) -> tuple[str, str]:
    """The incident's key, and the shard that it stands in: the day of the first article that tells of it."""
    first = min(tellings, key=lambda each: each.told)
    return first.iri.rpartition("/")[2], first.issued.isoformat() if first.issued else UNDATED


def incident(tellings: Sequence[Telling]) -> Incident:
    """What these tellings of one happening come to."""
    tellings = sorted(tellings, key=lambda each: each.told)
    key, shard = key_of(tellings)
    start, end, precision = _when(tellings)
    type = _type(tellings)
    places = _role(tellings, "places")
    return Incident(
        key=key,
        shard=shard,
        label=_label(type, _names(tellings, places), start, end, precision),
        tellings=tuple(tellings),
        type=type,
        start=start,
        end=end,
        precision=precision,
        roles={
            "actor": _role(tellings, "actors"),
            "target": _role(tellings, "targets"),
            "place": places,
            "mediator": _role(tellings, "mediators"),
            "weapon": _counted((telling.source, each) for telling in tellings for each in telling.weapons),
        },
        sources=len({telling.source for telling in tellings}),
        outlets=tuple(sorted({telling.outlet for telling in tellings if telling.outlet})),
        claimants=tuple(sorted({who for telling in tellings for word in telling.claims for who in word.claimants})),
        estimates=tuple(estimates(tellings)),
        denied=tuple(denials(tellings)),
        conflicts=tuple(belonging(tellings)),
    )


def _counted(said: Iterable[tuple[str, str]]) -> dict[str, int]:
    """What was said by how many sources, the most first."""
    sources: dict[str, set[str]] = defaultdict(set)
    for source, what in said:
        sources[what].add(source)
    return dict(sorted(((what, len(each)) for what, each in sources.items()), key=lambda each: (-each[1], each[0])))


def _role(tellings: Sequence[Telling], role: str) -> dict[str, int]:
    """Who has the role: one node for each thing, though people without a name have a node in each article."""
    node: dict[str, str] = {}
    known = [(telling, party) for telling in tellings for party in getattr(telling, role)]
    for _, party in known:
        node.setdefault(_same(party), party.iri)
    if role == "places":  # what holds another place that is told says less
        outer = {each for _, party in known for each in party.around}
        known = [(telling, party) for telling, party in known if party.key not in outer] or known
    return _counted((telling.source, node[_same(party)]) for telling, party in known)


def _same(party: Party) -> str:
    return party.key if party.is_named else fold(party.name)


def _type(tellings: Sequence[Telling]) -> str:
    """The type that most sources give; a type of the first level counts for those below it that others give."""
    votes = _counted((telling.source, telling.type) for telling in tellings)
    special = {type: sum(votes.get(each, 0) for each in ontology.ancestors(type)) for type in votes}
    return max(special, key=lambda type: (special[type], len(ontology.ancestors(type)), -list(votes).index(type)))


def _when(tellings: Sequence[Telling]) -> tuple[date | None, date | None, str]:
    """The span of days that most sources give, among those of the finest precision."""
    order = ("Day", "Week", "Month", "Year")
    dated = [telling for telling in tellings if telling.start is not None and telling.precision in order]
    if not dated:
        return None, None, ""
    finest = min((telling.precision for telling in dated), key=order.index)
    spans = Counter(
        (t.start, t.end) for t in {(t.source, t.start, t.end): t for t in dated if t.precision == finest}.values()
    )
    start, end = max(
        spans, key=lambda span: (spans[span], -((span[1] or date.max) - (span[0] or date.min)).days, str(span))
    )
    return start, end, finest


def _names(tellings: Sequence[Telling], places: dict[str, int]) -> list[str]:
    names = {party.iri: party.name for telling in tellings for party in telling.places}
    return [names[iri] for iri in list(places)[:1]]


def _label(type: str, places: Sequence[str], start: date | None, end: date | None, precision: str) -> str:
    label = ontology.codes("EventType")[type].label
    return ", ".join(filter(None, (label[:1].upper() + label[1:], *places, in_days(start, end, precision))))
