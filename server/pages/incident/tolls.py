"""What the numbers of an incident come to, and the claims behind each, drawn on one scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.export import in_words
from server.iris import PREFIXES, node
from server.pages.claimed import Claim
from server.pages.event.ranges import Bar, bar, scale
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows

ESTIMATES = """SELECT ?estimate ?measure ?counted ?affected ?low ?best ?high ?articles ?claim WHERE {{
  {incident} ckg:estimate ?estimate .
  ?estimate ckg:measure ?measure ; ckg:counted ?counted ; ckg:low ?low ; ckg:count ?best ; ckg:high ?high ;
    ckg:reports ?articles ; prov:wasDerivedFrom ?claim
  OPTIONAL {{ ?estimate ckg:affected ?affected }}
}} ORDER BY ?estimate ?claim"""
TIES = """SELECT ?claim ?tie ?other WHERE {{
  VALUES ?claim {{ {claims} }}
  ?claim ?tie ?other
  FILTER(?tie IN (cito:disagreesWith, cito:agreesWith, prov:wasRevisionOf))
}} ORDER BY ?claim ?tie ?other"""
DISAGREES, REPEATS, REVISES = (
    PREFIXES["cito"] + "disagreesWith",
    PREFIXES["cito"] + "agreesWith",
    PREFIXES["prov"] + "wasRevisionOf",
)

Ties = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What each claim has to do with others: by its IRI and the property, their IRIs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim that stands, on the scale; the claims that it can't be right beside, repeats, or took the place of."""

    claim: Claim
    bar: Bar
    disagrees: tuple[Claim, ...]
    repeats: tuple[Claim, ...]
    revises: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """What is said of one measure and kind: low, best and high, where these are on the scale, and who says what."""

    iri: str
    things: str
    affected: str
    low: int
    best: int
    high: int
    articles: int
    places: tuple[float, float, float]
    figures: tuple[Figure, ...]
    marks: tuple[tuple[int, float], ...]

    @property
    def torn(self) -> bool:
        """Whether not all of its numbers can be right."""
        return any(figure.disagrees for figure in self.figures)

    @property
    def claims(self) -> set[str]:
        return {figure.claim.iri for figure in self.figures}


def tolls_query(iri: str) -> str:
    """The query for the estimates of an incident."""
    return prefixed(ESTIMATES.format(incident=node(iri)))


def ties(claims: Iterable[Claim]) -> Ties:
    """What these claims have to do with each other."""
    wanted = listed(claim.iri for claim in claims)
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows(prefixed(TIES.format(claims=wanted))) if wanted else ():
        own = found[row["claim"]]
        own[row["tie"]] = (*own.get(row["tie"], ()), row["other"])
    return found


def tolls(query: str, claims: Sequence[Claim], tied: Ties) -> list[Toll]:
    """The estimates that the query finds; `claims` are those of the incident, in the order of time."""
    by_estimate: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows(query):
        by_estimate[row["estimate"]].append(row)
    return [_toll(iri, found, claims, tied) for iri, found in by_estimate.items()]


def _toll(iri: str, found: Sequence[Mapping[str, str]], claims: Sequence[Claim], tied: Ties) -> Toll:
    first, stand = found[0], {row["claim"] for row in found}
    by_iri = {claim.iri: claim for claim in claims}
    counted = [(claim, claim.amount) for claim in claims if claim.iri in stand and claim.amount]
    top, marks = scale([amount for _, amount in counted])
    against: dict[str, dict[str, None]] = defaultdict(dict)  # a claim that is disagreed with disagrees as well
    for claim, _ in counted:
        for other in tied.get(claim.iri, {}).get(DISAGREES, ()):
            if other in stand:
                against[claim.iri][other] = against[other][claim.iri] = None

    def of(claim: Claim, tie: str) -> tuple[Claim, ...]:
        return tuple(by_iri[other] for other in tied.get(claim.iri, {}).get(tie, ()) if other in by_iri)

    figures = tuple(
        Figure(
            claim,
            bar(claim, amount, top, at_odds=bool(against[claim.iri])),
            disagrees=tuple(by_iri[other] for other in against[claim.iri]),
            repeats=of(claim, REPEATS),
            revises=of(claim, REVISES),
        )
        for claim, amount in counted
    )
    low, best, high = (int(first[name]) for name in ("low", "best", "high"))
    return Toll(
        iri=iri,
        things=f"{in_words(first['counted'])} {in_words(first['measure'])}",
        affected=first.get("affected", ""),
        low=low,
        best=best,
        high=high,
        articles=int(first["articles"]),
        places=(round(100 * low / top, 2), round(100 * best / top, 2), round(100 * high / top, 2)),
        figures=figures,
        marks=marks,
    )
