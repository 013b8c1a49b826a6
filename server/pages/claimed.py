"""Claims, each with its speakers, its number and the sentences that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.export import Amount, amount
from ontology import NAMESPACE
from server.pages.prefixed import prefixed
from server.stores import rows

MOST = 2000  # rows; a claim has one for each of its speakers and sentences
QUERY = """SELECT ?claim ?event ?factuality ?cue ?speaker ?measure ?counted ?count ?low ?high ?total ?affected
       ?confidence ?article ?mention ?start ?sentence WHERE {{
  {which}
  ?claim ckg:about ?event .
  OPTIONAL {{ ?claim ckg:factuality ?factuality }}
  OPTIONAL {{ ?claim ckg:cue ?cue }}
  OPTIONAL {{ ?claim ckg:claimant ?speaker }}
  OPTIONAL {{ ?claim ckg:measure ?measure }}
  OPTIONAL {{ ?claim ckg:counted ?counted }}
  OPTIONAL {{ ?claim ckg:count ?count }}
  OPTIONAL {{ ?claim ckg:low ?low }}
  OPTIONAL {{ ?claim ckg:high ?high }}
  OPTIONAL {{ ?claim ckg:total ?total }}
  OPTIONAL {{ ?claim ckg:affected ?affected }}
  OPTIONAL {{ ?claim ckg:confidence ?confidence }}
  OPTIONAL {{ ?claim ckg:reportedIn ?article }}
  OPTIONAL {{ ?claim ckg:mention ?mention . ?mention ckg:exact ?sentence ; ckg:start ?start }}
}} ORDER BY ?start ?claim ?mention ?speaker LIMIT {most}"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. Speakers, affected sides, article and event are IRIs; `factuality` is a code's name in lower case.

    `sentences` are pairs of a mention's IRI and its words, in the order of the text.
    """

    iri: str
    event: str
    article: str
    factuality: str
    cue: str
    confidence: str
    amount: Amount | None
    speakers: tuple[str, ...]
    affected: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]


def claims_query(which: str) -> str:
    """The query for the claims that a pattern on ?claim, ?event or ?article chooses."""
    return prefixed(QUERY.format(which=which, most=MOST))


def claims(query: str) -> tuple[Claim, ...]:
    """The claims that such a query finds, in the order of the text."""
    by_claim: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows(query):
        by_claim[row["claim"]].append(row)
    return tuple(_claim(found) for found in by_claim.values())


def _claim(found: list[Mapping[str, str]]) -> Claim:
    first = found[0]
    return Claim(
        iri=first["claim"],
        event=first["event"],
        article=first.get("article", ""),
        factuality=first.get("factuality", "").removeprefix(NAMESPACE).lower(),
        cue=first.get("cue", ""),
        confidence=first.get("confidence", ""),
        amount=amount(first),
        speakers=tuple(_each(found, "speaker")),
        affected=tuple(_each(found, "affected")),
        sentences=tuple({row["mention"]: row["sentence"] for row in found if "mention" in row}.items()),
    )


def _each(found: Iterable[Mapping[str, str]], name: str) -> dict[str, None]:
    """The different values of a column, in their order."""
    return dict.fromkeys(row[name] for row in found if name in row)
