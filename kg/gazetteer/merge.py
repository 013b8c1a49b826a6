"""Rows of one thing become one thing: by Wikidata item, by GeoNames id, or as places of one name in one spot."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.gazetteer.row import Office, Row
from kg.gazetteer.stage import Stage, decode
from kg.names import fold, kilometres

SPOT = 15.0
"""Kilometres within which two places of one name in one country are one place."""

_KEYS = """
DROP TABLE IF EXISTS same;
DROP TABLE IF EXISTS grouped;
CREATE TEMP TABLE same (geonames INTEGER PRIMARY KEY, qid TEXT) WITHOUT ROWID;
-- The first source to give both identifiers of a thing is believed, but an item is given to one place only.
INSERT OR IGNORE INTO same
    SELECT geonames, qid FROM staged WHERE qid IS NOT NULL AND geonames IS NOT NULL ORDER BY source, position, part;
CREATE TEMP TABLE grouped (thing TEXT, source INTEGER, position INTEGER, part INTEGER);
INSERT INTO grouped
    SELECT coalesce(staged.qid, same.qid, 'g' || staged.geonames, 'r' || source || '-' || position || '-' || part),
           source, position, part
    FROM staged LEFT JOIN same ON same.geonames = staged.geonames
    ORDER BY source, position, part;
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """What the rows of one thing come to; `names` are (form, how, core) triples, `keys` all its identifiers."""

    row: Row
    names: tuple[tuple[str, str, bool], ...]
    keys: tuple[str, ...]


def things(stage: Stage) -> Iterator[Thing]:
    """The things of all staged rows, in the order of precedence of their first rows."""
    database = stage.database
    database.executescript(_KEYS)
    _join_spots(database)
    database.executescript(
        """
        DROP TABLE IF EXISTS first;
        CREATE TEMP TABLE first AS SELECT thing FROM grouped GROUP BY thing ORDER BY min(source), min(position), min(part);
        """
    )
    ask = """
        SELECT first.rowid, staged.row FROM first JOIN grouped ON grouped.thing = first.thing
        JOIN staged ON staged.source = grouped.source AND staged.position = grouped.position AND staged.part = grouped.part
        ORDER BY first.rowid, grouped.source, grouped.position, grouped.part
    """
    group: list[Row] = []
    last = None
    for number, text in database.execute(ask):
        if number != last and group:
            yield merged(group)
            group = []
        last = number
        group.append(decode(text))
    if group:
        yield merged(group)


def merged(rows: Sequence[Row]) -> Thing:
    """The rows of one thing as one: what an earlier row says wins, names and offices add up.

    A row of another kind than the first one, a village under the item of an armed group, is an error of open data and
    adds nothing.
    """
    first = rows[0]
    if len(rows) == 1:
        return _alone(first)
    alike = [row for row in rows if kind(row.classes) == kind(first.classes)]
    names: dict[str, tuple[str, bool]] = {}
    for row in alike:
        told = (((row.label, "alias"), row.core), *((name, row.core) for name in row.names))
        for (form, how), core in (*told, *((name, False) for name in row.others)):
            known = names.get(form)
            if form != first.label and (known is None or core and not known[1]):
                names[form] = (how, core)
    labels = {language: text for row in reversed(alike) for language, text in row.labels}
    offices: dict[Office, None] = {office: None for row in alike for office in row.offices}
    priors = [row.prior for row in alike if row.prior is not None]
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
        prior=priors[0] if priors and (first.core or len(priors) == len(alike)) else prior(first, population, fame),
        word_loss=first.word_loss,
        core=any(row.core for row in alike),
        source=";".join(dict.fromkeys(s for row in alike for s in row.source.split(";") if s)),
        licence=";".join(dict.fromkeys(part for row in alike for part in row.licence.split(";") if part)),
    )
    return Thing(one, tuple((form, how, core) for form, (how, core) in names.items()), tuple(dict.fromkeys(keys)))


def _alone(row: Row) -> Thing:
    """A thing that one row tells of."""
    names = {form: (form, how, False) for form, how in reversed(row.others)}
    names |= {form: (form, how, row.core) for form, how in reversed(row.names)}
    names.pop(row.label, None)
    keys = dict.fromkeys((*row.keys, *filter(None, (row.qid, row.geonames and str(row.geonames)))))
    weighed = row if row.prior is not None else replace(row, prior=prior(row, row.population, row.fame))
    return Thing(weighed, tuple(reversed(names.values())), tuple(keys))


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


def _join_spots(database: sqlite3.Connection) -> None:
    """Give a place without a GeoNames id to the GeoNames place of its name within 15 km, if that one has no item.

    Open tables know a town's item but not its GeoNames id, and GeoNames the town but not its item.
    """
    database.executescript(
        "DROP TABLE IF EXISTS spot; CREATE TEMP TABLE spot (name TEXT, lat REAL, lon REAL, thing TEXT);"
    )
    ask = """
        SELECT grouped.thing, staged.qid, staged.row FROM staged JOIN grouped USING (source, position, part)
        WHERE staged.row LIKE '%"Place"%' AND {} ORDER BY source, position, part
    """
    bare = database.execute(ask.format("staged.qid IS NULL AND grouped.thing LIKE 'g%'"))
    database.executemany("INSERT INTO spot VALUES (?, ?, ?, ?)", (
        (fold(row.label), row.lat, row.lon, thing) for thing, _, text in bare if (row := decode(text)).lat is not None
    ))  # fmt: skip
    database.execute("CREATE INDEX temp.spot_name ON spot (name)")
    joined: dict[str, str] = {}
    items: set[str] = set()
    for thing, qid, text in database.execute(ask.format("staged.qid IS NOT NULL AND staged.geonames IS NULL")):
        row = decode(text)
        if row.lat is None or row.lon is None or qid in items:
            continue
        near = [
            (kilometres(row.lat, row.lon, lat, lon), other)
            for lat, lon, other in database.execute("SELECT lat, lon, thing FROM spot WHERE name = ?", (fold(row.label),))
            if other not in joined
        ]
        if thing == qid and near and min(near)[0] <= SPOT:
            joined[min(near)[1]] = qid
            items.add(qid)
    moved = ((qid, place) for place, qid in joined.items())
    database.execute("CREATE INDEX temp.grouped_thing ON grouped (thing)")
    database.executemany("UPDATE grouped SET thing = ? WHERE thing = ?", moved)

