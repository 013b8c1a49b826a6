"""Rows of one thing become one thing: by Wikidata item, by GeoNames id, or as places of one name in one spot."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg.gazetteer.row import Row
from kg.gazetteer.stage import Stage, decode
from kg.gazetteer.taken import kept
from kg.names import Office, kilometres

SPOT = 15.0
"""Kilometres within which two places of one name are one place."""

_SAME = """
DROP TABLE IF EXISTS same; DROP TABLE IF EXISTS spot; DROP TABLE IF EXISTS grouped; DROP TABLE IF EXISTS title;
CREATE TEMP TABLE same (geonames INTEGER PRIMARY KEY, qid TEXT);
-- The first source to give both identifiers of a thing is believed.
INSERT OR IGNORE INTO same SELECT geonames, qid FROM key WHERE qid IS NOT NULL AND geonames IS NOT NULL ORDER BY id;
CREATE TEMP TABLE title (qid TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
INSERT OR IGNORE INTO title SELECT qid, title FROM key WHERE title IS NOT NULL ORDER BY id;
CREATE TEMP TABLE spot AS SELECT spot AS name, lat, lon, geonames FROM key
    WHERE spot IS NOT NULL AND qid IS NULL AND geonames NOT IN (SELECT geonames FROM same);
CREATE INDEX temp.spot_name ON spot (name);
"""
_NEAR = """
SELECT key.id, key.qid, key.lat, key.lon, spot.lat, spot.lon, spot.geonames
FROM key CROSS JOIN spot ON spot.name = key.spot
WHERE key.qid IS NOT NULL AND key.geonames IS NULL AND key.qid NOT IN (SELECT qid FROM same) ORDER BY key.id
"""
_GROUPED = """
CREATE TEMP TABLE grouped AS SELECT first, id FROM (
    SELECT id, min(id) OVER (PARTITION BY coalesce(key.qid, same.qid, 'g' || key.geonames, 'r' || id)) AS first
    FROM key LEFT JOIN same ON same.geonames = key.geonames
) ORDER BY first, id;
"""
_ROWS = "SELECT first, row FROM grouped CROSS JOIN content ON content.id = grouped.id ORDER BY grouped.rowid"


@dataclass(frozen=True, slots=True)
class Thing:
    """What the rows of one thing come to; `names` are (form, how, core) triples, `keys` all its identifiers."""

    row: Row
    names: tuple[tuple[str, str, bool], ...]
    keys: tuple[str, ...]


def things(stage: Stage) -> Iterator[Thing]:
    """The things of all staged rows, in the order of precedence of their first rows."""
    database = stage.database
    database.executescript(_SAME)
    database.executemany("INSERT INTO same VALUES (?, ?)", _near(database))
    database.executescript(_GROUPED)

    @lru_cache(maxsize=20_000)
    def title(role: str) -> str:
        """The label of an office that is given by its item."""
        found = database.execute("SELECT label FROM title WHERE qid = ?", (role,)).fetchone()
        return found[0] if found else role

    for _, group in groupby(database.execute(_ROWS), itemgetter(0)):
        one = merged([decode(packed) for _, packed in group])
        if one is not None:
            if one.row.offices:
                held = tuple(replace(office, role=title(office.role)) for office in one.row.offices)
                one = replace(one, row=replace(one.row, offices=tuple(dict.fromkeys(held))))
            yield one


def merged(rows: Sequence[Row]) -> Thing | None:
    """The rows of one thing as one: what an earlier row says wins, names and offices add up.

    A row of another kind than the first one, a village under the item of an armed group, is an error of open data and
    adds nothing. A row without classes only adds to others: alone it is nothing.
    """
    first = rows[0]
    if len(rows) == 1:
        return _alone(first) if first.classes else None
    first = next((row for row in rows if row.classes), first)
    if not first.classes:
        return None
    is_a = kind(first.classes)
    alike = [row for row in rows if not row.classes or kind(row.classes) == is_a]
    told = [row for row in alike if row.classes]
    labels = {language: text for row in reversed(alike) for language, text in row.labels}
    offices: dict[Office, None] = {office: None for row in alike for office in row.offices}
    priors = [row.prior for row in told if row.prior is not None]
    keys = [key for row in alike for key in (*row.keys, row.qid, row.geonames and str(row.geonames)) if key]
    located = next((row for row in alike if row.lat is not None and row.lon is not None), None)
    fame = max(row.fame for row in alike)
    population = next((row.population for row in alike if row.population), 0)
    one = Row(
        label=first.label,
        classes=first.classes,
        qid=next((row.qid for row in alike if row.qid), None),
        geonames=next((row.geonames for row in alike if row.geonames), None),
        country=next((row.country for row in alike if row.country), None),
        within=next((row.within for row in alike if row.within), None),
        lat=located.lat if located else None,
        lon=located.lon if located else None,
        population=population,
        role=next((row.role for row in alike if row.role), None),
        offices=tuple(offices),
        description=next((row.description for row in alike if row.description), ""),
        labels=tuple(sorted(labels.items())),
        fame=fame,
        # A source that every row of a thing comes from may say how far to trust it; two are trusted on their own merit.
        prior=priors[0] if priors and (first.core or len(priors) == len(told)) else prior(first, population, fame),
        word_loss=first.word_loss,
        core=any(row.core for row in alike),
        source=_joined(row.source for row in alike),
        licence=_joined(row.licence for row in alike),
    )
    names = ((form, how, core) for form, (how, core) in _names(first, alike).items())
    return Thing(one, tuple(names), tuple(dict.fromkeys(keys)))


def _names(first: Row, alike: Sequence[Row]) -> Mapping[str, tuple[str, bool]]:
    """All names of a thing but its label: how each refers to it, and whether texts are searched for it."""
    names: dict[str, tuple[str, bool]] = {}
    for row in alike:
        # A row that only adds names doesn't say what they are of.
        sought, others = kept(row if row.classes else replace(row, label=first.label, classes=first.classes))
        told = (((row.label, "alias"), row.core), *((name, row.core) for name in sought))
        for (form, how), core in (*told, *((name, False) for name in others)):
            known = names.get(form)
            if form and form != first.label and (known is None or core and not known[1]):
                names[form] = (how, core)
    return names


def _joined(cells: Iterator[str]) -> str:
    return ";".join(dict.fromkeys(part for cell in cells for part in cell.split(";") if part))


def _alone(row: Row) -> Thing:
    """A thing that one row tells of."""
    sought, others = kept(row)
    names: dict[str, tuple[str, str, bool]] = {}
    for form, how in sought:
        names.setdefault(form, (form, how, row.core))
    for form, how in others:
        names.setdefault(form, (form, how, False))
    names.pop(row.label, None)
    keys = dict.fromkeys(key for key in (*row.keys, row.qid, row.geonames and str(row.geonames)) if key)
    weighed = row if row.prior is not None else replace(row, prior=prior(row, row.population, row.fame))
    return Thing(weighed, tuple(names.values()), tuple(keys))


def kind(classes: Sequence[str]) -> str:
    """Which of the kinds that exclude one another the classes are: place, person, conflict, weapon or body."""
    if "Place" in classes:
        return "place"
    return {"Person": "person", "Conflict": "conflict", "Event": "conflict", "Kind": "weapon"}.get(classes[0], "body")


def prior(row: Row, population: int, fame: int) -> float:
    """How likely a name means a thing that no source weighs: by its people where it is a place, else by its fame."""
    known = math.log2(1 + fame)
    if kind(row.classes) == "place":
        settled = 0.09 * math.log10(max(population, 100)) + 0.02
        return round(min(0.6, max(settled, 0.15 + 0.045 * known)), 4)
    return round(min(0.65, 0.35 + 0.06 * known), 4)


def _near(database: sqlite3.Connection) -> list[tuple[int, str]]:
    """GeoNames ids of places without an item, each with the item of the place of its name within 15 km.

    Open tables know a town's item but not its GeoNames id, and GeoNames the town but not its item. An item that has a
    GeoNames id is given to no further place.
    """
    joined: dict[int, str] = {}
    items: set[str] = set()
    for _, group in groupby(database.execute(_NEAR), itemgetter(0)):
        found = list(group)
        qid = found[0][1]
        near = [(kilometres(*here), place) for _, _, *here, place in found if place not in joined]
        if qid not in items and near and min(near)[0] <= SPOT:
            joined[min(near)[1]] = qid
            items.add(qid)
    return list(joined.items())
