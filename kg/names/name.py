"""The record that a lookup gives: what one name can stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HOW = ("label", "alias", "demonym", "metonym", "bare", "surname")
"""How a name can refer to a thing. A bare name is a province's without its type: first of all that of its capital; a
surname alone tells whom only where a text says more of the person."""


@dataclass(frozen=True, slots=True)
class Name:
    """One thing a name can stand for.

    `label` is the usual English name of the thing, `classes` its ontology classes with the most specific first,
    `country` the label of its State (None for a State itself). `population` is in people, 0 where unknown; `lat` and
    `lon` are WGS 84 degrees; `geonames` is a GeoNames id. `how` is "label", "alias", "demonym" or "metonym": how the
    name that was looked up refers to the thing. `prior` (0-1) says how likely the name means this thing in news about
    conflict. `common` marks a name that is also an ordinary English word, a given name or a family name. `role` is a
    person's office. `fame` counts languages or sitelinks. `number` is the thing's row in its gazetteer; `source` and
    `licence` name the data it is from. `word_loss` is what a name that is an ordinary word too takes from its prior.
    """

    label: str
    classes: tuple[str, ...]
    qid: str | None = None
    country: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    how: str = "label"
    source: str = ""
    prior: float = 0.5
    common: bool = False
    role: str | None = None
    number: int = -1
    description: str = ""
    fame: int = 0
    licence: str = ""
    word_loss: float = 0.3


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held: its name, the label of the state it is of, its first and last day if known."""

    role: str
    country: str | None = None
    start: date | None = None
    end: date | None = None
