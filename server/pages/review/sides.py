"""Two events beside each other: what each tells, and in what they agree."""

from __future__ import annotations

from dataclasses import dataclass

from server.iris import node
from server.pages.claimed import Claim, claims, claims_query
from server.pages.event.happening import ROLES, Happening, happening
from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows

SENTENCES = """SELECT ?event ?words ?sentence ?at ?start WHERE {{
  VALUES ?event {{ {events} }}
  ?event ckg:trigger ?trigger .
  ?trigger ckg:exact ?words ; ckg:start ?at .
  ?claim ckg:about ?event ; ckg:mention ?mention .
  ?mention ckg:exact ?sentence ; ckg:start ?start
}} ORDER BY ?event ?at ?start ?sentence"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two events. `sentence` is in three parts, of which the middle one names the event; '' where there is none.

    `shared` are the parties and places that the other one has too.
    """

    event: Happening
    claims: tuple[Claim, ...]
    sentence: tuple[str, str, str]
    incident: str
    shared: frozenset[str]

    @property
    def article(self) -> str:
        """The article that tells it, '' where none is known."""
        return min(self.event.articles, default="")

    @property
    def things(self) -> set[str]:
        """The nodes to be named."""
        speakers = {each for claim in self.claims for each in (*claim.speakers, *claim.affected)}
        return self.event.things | speakers


def sides(one: str, other: str) -> tuple[Side, Side]:
    """Both events."""
    sentences = _sentences(one, other)
    incidents = _incidents(one, other)
    told = [happening(iri) for iri in (one, other)]
    parties = [{iri for role in ROLES for iri in event.roles[role]} for event in told]
    shared = frozenset(parties[0] & parties[1])
    found = [
        Side(
            event,
            claims(claims_query(f"VALUES ?event {{ {node(event.iri)} }}")),
            sentences.get(event.iri, ("", "", "")),
            incidents.get(event.iri, ""),
            shared,
        )
        for event in told
    ]
    return found[0], found[1]


def _sentences(*events: str) -> dict[str, tuple[str, str, str]]:
    """For each event the sentence that has its trigger, cut around it; else the first one that tells of it."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows(prefixed(SENTENCES.format(events=listed(events)))):
        begin = int(row["at"]) - int(row["start"])
        end = begin + len(row["words"])
        sentence = row["sentence"]
        if begin >= 0 and sentence[begin:end] == row["words"] and not found.get(row["event"], ("", "", ""))[1]:
            found[row["event"]] = (sentence[:begin], row["words"], sentence[end:])
        else:
            found.setdefault(row["event"], (sentence, "", ""))
    return found


def _incidents(*events: str) -> dict[str, str]:
    query = f"SELECT ?event ?incident WHERE {{ VALUES ?event {{ {listed(events)} }} ?event ckg:incident ?incident }}"
    return {row["event"]: row["incident"] for row in rows(prefixed(query))}
