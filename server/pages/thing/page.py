"""The page of an entity: who or what it is, what it did, what was done to it, what it said, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request

import ontology
from server import media
from server.pages.article.page import EXPORTS
from server.pages.claimed import Claim
from server.pages.deeds import Deed, deeds
from server.pages.naming import things
from server.pages.reported import reports
from server.pages.thing.belonging import SHOWN, belongings
from server.pages.thing.overtime import strips
from server.pages.thing.parts import Listing, Part, listing, tallies
from server.pages.thing.profile import DECIDED, decisions, decisions_query, kinds, profile

CLASSES = ontology.narrower("Agent", "Place", "Asset")
"""The classes whose instances have this page."""
IT = {"they": "it", "them": "it", "their": "its"}
THEY = {"they": "they", "them": "them", "their": "their"}
PEOPLE = ("Person", "Group")


@dataclass(frozen=True, slots=True)
class Saying:
    """What the entity says of one event in the same sentences, as one claim or several."""

    deed: Deed
    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a part of the entity's events or claims, with where the pages before and after are."""

    heading: str
    listing: Listing
    deeds: tuple[Deed, ...]
    sayings: tuple[Saying, ...]
    before: str
    after: str


def page(iri: str, path: str) -> str | None:
    """The page about an entity."""
    known = profile(iri)
    counted = tallies(iri, (name.removeprefix(ontology.NAMESPACE) for name in known.classes))
    lists = [listing(tally, iri, request.args.get(tally.part.name, 1, type=int)) for tally in counted]
    said = [claim for each in lists for claim in each.claims]
    told = deeds([*(event for each in lists for event in each.events), *(claim.event for claim in said)])
    related, linked = belongings(iri), decisions_query(iri)
    chosen = decisions(linked)
    drawn = strips(counted)
    return render_template(
        "thing.html",
        entity=known,
        kinds=kinds(known),
        known=things(
            {
                *known.things,
                *(each for deed in told.values() for each in deed.things),
                *(each for claim in said for each in (*claim.speakers, *claim.affected)),
                *(each for relation in related for each in relation.iris),
                *(choice.value for choice in chosen if choice.item is None),
            }
        ),
        sources=reports({*_articles(told.values()), *(claim.article for claim in said)}),
        sections=[_section(each, told, known.kind) for each in lists],
        strips=drawn,
        headings={tally.part.name: _heading(tally.part, known.kind) for tally in counted},
        counts=dict.fromkeys(strip.query for strip in drawn),
        is_place=any(name == ontology.NAMESPACE + "Place" for name in known.classes),
        related=related,
        few=SHOWN,
        decisions=chosen,
        linked=linked,
        decided=DECIDED,
        path=path,
        formats=tuple(media.GRAPH_TYPES),
        exports=EXPORTS,
    )


def _articles(told: Iterable[Deed]) -> set[str]:
    return {article for deed in told for article in deed.articles}


def _heading(part: Part, kind: str) -> str:
    return part.heading.format(**THEY if kind in PEOPLE else IT)


def _section(each: Listing, told: Mapping[str, Deed], kind: str) -> Section:
    return Section(
        heading=_heading(each.part, kind),
        listing=each,
        deeds=tuple(told[iri] for iri in each.events),
        sayings=tuple(_sayings(each.claims, told)),
        before=_turned(each, -1),
        after=_turned(each, 1),
    )


def _sayings(own: Iterable[Claim], told: Mapping[str, Deed]) -> list[Saying]:
    """Claims on the same event by the same sentences, together."""
    alike: dict[tuple[object, ...], list[Claim]] = {}
    for claim in own:
        key = (claim.article, claim.event, claim.factuality, claim.speakers, claim.sentences)
        alike.setdefault(key, []).append(claim)
    return [
        Saying(told[found[0].event], tuple(sorted(found, key=lambda claim: claim.amount is None)))
        for found in alike.values()
    ]


def _turned(each: Listing, by: int) -> str:
    """The address of the page before or after, '' where there is none; the other parts stay where they are."""
    number = each.number + by
    if not 1 <= number <= each.pages:
        return ""
    given = {name: value for name, value in request.args.items() if name != each.part.name}
    return f"?{urlencode({**given, each.part.name: number})}#{each.part.name}"
