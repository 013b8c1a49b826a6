"""An extraction whose entities go under other ids, everywhere that they are referred to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Extraction


def renamed(extraction: Extraction, ids: Mapping[str, str]) -> Extraction:
    """The extraction with each id of `ids` replaced; ids that are not in it stay."""

    def new(identity: str | None) -> str | None:
        return None if identity is None else ids.get(identity, identity)

    def all_new(identities: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids.get(identity, identity) for identity in identities)

    if all(old == other for old, other in ids.items()):
        return extraction
    return replace(
        extraction,
        publisher=ids.get(extraction.publisher, extraction.publisher),
        entities=tuple(
            replace(
                entity,
                id=ids.get(entity.id, entity.id),
                country=new(entity.country),
                within=new(entity.within),
                owner=new(entity.owner),
                member_of=all_new(entity.member_of),
            )
            for entity in extraction.entities
        ),
        events=tuple(
            replace(
                event,
                actors=all_new(event.actors),
                targets=all_new(event.targets),
                places=all_new(event.places),
                mediators=all_new(event.mediators),
            )
            for event in extraction.events
        ),
        claims=tuple(
            replace(
                claim,
                claimants=all_new(claim.claimants),
                count=replace(claim.count, affected=new(claim.count.affected)) if claim.count else None,
            )
            for claim in extraction.claims
        ),
        links=tuple(
            replace(
                link,
                entity=ids.get(link.entity, link.entity),
                within=new(link.within),
                country=new(link.country),
                same=all_new(link.same),
            )
            for link in extraction.links
        ),
    )
