"""The page of an event: what happened as it is told, and its claims side by side, with the numbers that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

import ontology
from kg.export import in_words
from server import media
from server.iris import node
from server.pages.article.page import EXPORTS
from server.pages.claimed import Claim, claims, claims_query
from server.pages.event.happening import Happening, happening
from server.pages.event.ranges import ranges
from server.pages.naming import things
from server.pages.reported import reports
from server.pages.told import Thing

# What speakers do with an event, one and several, by factuality and in the order of a summary.
VERBS = {
    "asserted": ("asserts it", "assert it"),
    "denied": ("denies it", "deny it"),
    "possible": ("holds it possible", "hold it possible"),
    "planned": ("says it is planned", "say it is planned"),
    "hypothetical": ("supposes it", "suppose it"),
}
NAMED = 3  # so many of each role stand in the heading


@dataclass(frozen=True, slots=True)
class Saying:
    """What the same speakers say in the same sentences with the same word, as one claim or several."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]

    @property
    def confidence(self) -> str:
        """How sure the reading of each claim is, said once where it is the same for all."""
        return ", ".join(dict.fromkeys(claim.confidence or "unknown" for claim in self.claims))


@dataclass(frozen=True, slots=True)
class Stand:
    """Who takes one stand on the event: '2 assert it'."""

    factuality: str
    words: str
    speakers: tuple[str, ...]


def page(iri: str, path: str) -> str | None:
    """The page about an event."""
    told = happening(iri)
    query = claims_query(f"VALUES ?event {{ {node(iri)} }}")
    said = claims(query)
    found = ranges(said)
    known = things({*told.things, *(each for claim in said for each in (*claim.speakers, *claim.affected))})
    return render_template(
        "event.html",
        event=told,
        heading=_heading(told, known),
        key=path.rpartition("/")[2],
        known=known,
        types=types(told.type),
        weapons=[Thing(weapon, in_words(weapon), "Kind") for weapon in told.roles["weapon"]],
        sources=reports({*told.articles, *(claim.article for claim in said if claim.article)}),
        stands=_stands(said),
        sayings=_sayings(said),
        ranges=found,
        drawing=any(len(each.bars) > 1 for each in found),
        differing=any(each.differ for each in found),
        query=query,
        path=path,
        formats=tuple(media.GRAPH_TYPES),
        exports=EXPORTS,
    )


def types(type: str) -> list[Thing]:
    """The event's type and those above it, the widest first."""
    name = type.removeprefix(ontology.NAMESPACE)
    line = reversed(ontology.ancestors(name)) if name in ontology.codes("EventType") else [name] if name else []
    return [Thing(iri, in_words(iri), "EventType") for iri in (ontology.NAMESPACE + each for each in line)]


def _heading(told: Happening, known: Mapping[str, Thing]) -> Mapping[str, str]:
    """The parts of the heading in words: what happened, who did it, to whom, where and when."""
    named = {role: told.roles.get(role, ()) for role in ("actor", "target", "place")}
    # 'Shelling: → Makiivka, Makiivka' would say it twice.
    named["place"] = tuple(iri for iri in named["place"] if iri not in named["target"])
    roles = {role: _few([known[iri].label for iri in iris]) for role, iris in named.items()}
    return {**roles, "type": _capital(in_words(told.type) if told.type else "event"), "when": told.when}


def _few(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:NAMED])} and {rest} more"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _stands(said: Iterable[Claim]) -> list[Stand]:
    """Who asserts the event, who denies it, and so on. A speaker who does both counts for both."""
    by_factuality: dict[str, dict[str, None]] = {name: {} for name in VERBS}
    for claim in said:
        by_factuality.setdefault(claim.factuality, {}).update(dict.fromkeys(claim.speakers))
    found = []
    for factuality, speakers in by_factuality.items():
        one, several = VERBS.get(factuality, (factuality, factuality))
        if speakers:
            found.append(
                Stand(factuality, f"{len(speakers)} {one if len(speakers) == 1 else several}", tuple(speakers))
            )
    return found


def _sayings(said: Iterable[Claim]) -> list[Saying]:
    """Claims that share speakers, word, factuality and sentences, together; a sentence need not be quoted twice."""
    alike: dict[tuple[object, ...], list[Claim]] = {}
    for claim in said:
        key = (claim.speakers, claim.cue, claim.factuality, claim.article, claim.sentences)
        alike.setdefault(key, []).append(claim)
    return [Saying(tuple(sorted(found, key=lambda each: each.amount is None))) for found in alike.values()]
