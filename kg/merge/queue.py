"""What people may settle: pairs of events that may be of one incident or not, the least sure first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from kg.merge.gather import tellings
from kg.merge.judgements import counting, judgements
from kg.merge.telling import Telling
from kg.rdf import PREFIXES
from kg.store import Store

_PREFIXES = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("ckg", "prov", "rdf", "rdfs"))
_DOUBTS = f"""{_PREFIXES}
SELECT ?one ?other ?chance ?why ?graph ?its WHERE {{
  ?doubt a rdf:Statement ; rdf:predicate prov:alternateOf ; rdf:value ?chance ; rdfs:comment ?why ;
    rdf:subject ?one ; rdf:object ?other .
  GRAPH ?graph {{ ?one a ckg:Event }} GRAPH ?its {{ ?other a ckg:Event }}
}}"""
_SENTENCES = f"""{_PREFIXES}
SELECT ?text WHERE {{ ?claim ckg:about <%s> ; ckg:mention ?mention . ?mention ckg:exact ?text ; ckg:start ?at }}
ORDER BY ?at ?text"""
_LABEL = f"{_PREFIXES} SELECT ?label WHERE {{ <%s> rdfs:label ?label }} LIMIT 1"


@dataclass(frozen=True, slots=True)
class Side:
    """One event of a pair, with the sentences that tell of it in the order of the text, and its outlet's name."""

    telling: Telling
    sentences: tuple[str, ...]
    outlet: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A pair, the first to tell first. `chance` is the probability that they are of one incident; `why` says why they
    are brought together now or not."""

    one: Side
    other: Side
    chance: float
    why: str

    @property
    def doubt(self) -> float:
        """From 0, sure, to 1: as likely as not."""
        return 1 - abs(2 * self.chance - 1)


def queue(store: Store, *, limit: int | None = None) -> list[Doubted]:
    """The pairs that nobody has judged, the least sure first; at most `limit`."""
    judged = counting(judgements(store))
    rows = []
    for row in store.query(_DOUBTS).rows():
        values = {name: str(getattr(term, "value", "")) for name, term in row.items()}
        one, other = sorted((values["one"], values["other"]))
        if (one, other) not in judged:
            chance = float(values["chance"])
            rows.append((abs(chance - 0.5), one, other, values["why"], chance, values["graph"], values["its"]))
    found = []
    for _, one, other, why, chance, *graphs in islice(sorted(set(rows)), limit):
        told = {telling.iri: telling for telling in tellings(store, sorted(set(graphs)))}
        first, second = sorted((_side(store, told, iri) for iri in (one, other)), key=lambda side: side.telling.told)
        found.append(Doubted(first, second, chance, why))
    return found


def _side(store: Store, told: Mapping[str, Telling], event: str) -> Side:
    telling = told[event]
    sentences = tuple(dict.fromkeys(_texts(store, _SENTENCES % event)))
    return Side(telling, sentences, next(iter(_texts(store, _LABEL % telling.outlet)), "") if telling.outlet else "")


def _texts(store: Store, query: str) -> list[str]:
    return [str(getattr(next(iter(row.values())), "value", "")) for row in store.query(query).rows()]
