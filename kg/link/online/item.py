"""What is used of a Wikidata item, read from the JSON of `wbgetentities`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.link.online.classes import is_item
from kg.link.online.shape import digits, fields, number, rows, text

INSTANCE_OF, SUBCLASS_OF, COUNTRY, CITIZENSHIP = "P31", "P279", "P17", "P27"
COORDINATES, GEONAMES, POSITION, START, END = "P625", "P1566", "P39", "P580", "P582"
EARTH = "http://www.wikidata.org/entity/Q2"


@dataclass(frozen=True, slots=True)
class Item:
    """A Wikidata item: `types`, `country` and `office` are items; `sitelinks` counts pages about it in all wikis."""

    qid: str
    label: str
    description: str = ""
    types: tuple[str, ...] = ()
    country: str | None = None
    office: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    sitelinks: int = 0


def read_item(entity: dict[str, object], *, language: str) -> Item | None:
    """The item of an entity; None if it has no name in the language, in English or in all languages (`mul`)."""
    label = term(entity, "labels", language)
    if not label:
        return None
    lat, lon = _coordinates(entity)
    return Item(
        qid=text(entity.get("id"), "id"),
        label=label,
        description=term(entity, "descriptions", language),
        types=items(entity, INSTANCE_OF),
        country=next(iter(items(entity, COUNTRY) or items(entity, CITIZENSHIP)), None),
        office=_office(entity),
        geonames=next((digits(value) for _, value in _statements(entity, GEONAMES)), None),
        lat=lat,
        lon=lon,
        sitelinks=len(fields(entity.get("sitelinks", {}), "sitelinks")),
    )


def term(entity: dict[str, object], kind: str, language: str) -> str:
    """The label or description in the language, else in English, else for all languages; '' without one."""
    terms = fields(entity.get(kind, {}), kind)
    for code in (language, "en", "mul"):
        if code in terms:
            return text(fields(terms[code], kind).get("value"), kind)
    return ""


def items(entity: dict[str, object], what: str) -> tuple[str, ...]:
    """The items that are the value of a property today, the preferred ones alone if there are such."""
    found = [_item(value) for statement, value in _statements(entity, what) if not _ended(statement)]
    return tuple(qid for qid in found if qid)


def _item(value: object) -> str:
    qid = fields(value, "an item").get("id")
    return qid if isinstance(qid, str) and is_item(qid) else ""


def _coordinates(entity: dict[str, object]) -> tuple[float, float] | tuple[None, None]:
    for _, value in _statements(entity, COORDINATES):
        place = fields(value, COORDINATES)
        if place.get("globe") == EARTH:
            return number(place.get("latitude"), "latitude"), number(place.get("longitude"), "longitude")
    return None, None


def _office(entity: dict[str, object]) -> str | None:
    """The office held today that was taken last."""
    held = [
        (_since(statement), _item(value)) for statement, value in _statements(entity, POSITION) if not _ended(statement)
    ]
    return max(held, default=("", ""))[1] or None


def _statements(entity: dict[str, object], what: str) -> Iterator[tuple[dict[str, object], object]]:
    """The statements of the best rank and their values; unknown values and none are left out."""
    claims = fields(entity.get("claims", {}), "claims")
    statements = [fields(statement, what) for statement in rows(claims.get(what, []), what)]
    best = "preferred" if any(statement.get("rank") == "preferred" for statement in statements) else "normal"
    for statement in statements:
        snak = fields(statement.get("mainsnak"), what)
        if statement.get("rank") == best and snak.get("snaktype") == "value":
            yield statement, fields(snak.get("datavalue"), what).get("value")


def _ended(statement: dict[str, object]) -> bool:
    return END in fields(statement.get("qualifiers", {}), "qualifiers")


def _since(statement: dict[str, object]) -> str:
    """When the statement began, as Wikidata writes a time ('+2019-05-20T00:00:00Z'); '' if not said."""
    for snak in rows(fields(statement.get("qualifiers", {}), "qualifiers").get(START, []), START):
        value = fields(snak, START).get("datavalue")
        if value is not None:
            return text(fields(fields(value, START).get("value"), START).get("time"), START)
    return ""
