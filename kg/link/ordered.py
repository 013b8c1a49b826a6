"""An extraction in an order that does not depend on who made it, so that one read from the store is linked alike."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Extraction


def ordered(extraction: Extraction) -> Extraction:
    """The extraction with its entities by id, and their names and mentions in order."""
    return replace(
        extraction,
        entities=tuple(
            replace(
                entity, names=tuple(sorted({*entity.names} - {entity.name})), mentions=tuple(sorted(entity.mentions))
            )
            for entity in sorted(extraction.entities, key=lambda entity: entity.id)
        ),
    )
