"""The record that a lookup gives: what one name can stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One thing a name can stand for.

    `label` is the usual English name of the thing, `classes` its ontology classes with the most specific first,
    `country` the label of its State (None for a State itself). `population` is in people, 0 where unknown; `lat` and
    `lon` are WGS 84 degrees; `geonames` is a GeoNames id. `how` is "label", "alias", "demonym" or "metonym": how the
    name that was looked up refers to the thing. `prior` (0-1) says how likely the name means this thing in news about
    conflict. `common` marks a name that is also an ordinary English word, a given name or a family name. `role` is a
    person's office. `source` names the data the row was checked against.
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
