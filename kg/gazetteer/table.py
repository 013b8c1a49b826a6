"""A table as a source: tab-separated text with a header, plain or packed, one thing a row.

Columns go by their names; those that are not known are passed over. `label` and `classes` must be there. Positions are
line numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer import classes as ontology
from kg.gazetteer import clean, opening
from kg.gazetteer.opening import OnBad, revision
from kg.gazetteer.row import Row

__all__ = ["columns", "revision", "row", "rows", "size"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "qid": ("qid", "item", "wikidata", "wikidata_id"),
    "label": ("label", "name"),
    "classes": ("classes", "class", "type"),
    "names": ("names", "aliases", "alternate_names"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "longitude"),
    "country": ("country", "country_code"),
    "geonames": ("geonames", "geonameid", "geonames_id"),
    "sources": ("sources", "source"),
    "description": ("description",),
    "population": ("population",),
    "fame": ("fame", "sitelinks"),
    "licence": ("licence", "license"),
    "within": ("within", "parent"),
    "role": ("role",),
    "keys": ("keys", "iso"),
}
"""What a column may be called."""

TRUSTED = 0.7
"""Trust from which on a row's prior is left to the builder."""

COUNTED = 64 << 20
"""Bytes of the largest table whose lines are counted; a larger one has no known size."""


def rows(path: Path, *, start: int = 0, on_bad: OnBad = lambda _: None) -> Iterator[tuple[int, Row]]:
    """The rows behind line `start`, each with its line number.

    Raises GazetteerError for a file without the needed columns.
    """
    lines = opening.lines(path)
    header = columns(next(lines, opening.Line(1, 0, b"")).text, path)
    width, origin = max(header.values()) + 1, path.name.split(".")[0]
    for number, _, text in lines:
        if number <= start or not text:
            continue
        try:
            cells = text.decode().split("\t")
            cells += [""] * (width - len(cells))
            found = row({name: cells[index] for name, index in header.items()}, origin=origin)
        except ValueError as error:
            on_bad(f"{path}:{number}: {error}")
            continue
        if found:
            yield number, found


def size(path: Path) -> int | None:
    """The number of lines, of a file up to 64 MiB."""
    if path.stat().st_size > COUNTED:
        return None
    number = 0
    for number, _, _ in opening.lines(path):  # noqa: B007
        pass
    return number


def columns(line: bytes, path: Path) -> dict[str, int]:
    """Where each column of a header stands. Raises GazetteerError where `label` or `classes` is missing."""
    heads = [head.strip().lower() for head in line.decode("utf8", "replace").lstrip("\ufeff").split("\t")]
    found = {name: heads.index(head) for name, called in COLUMNS.items() for head in reversed(called) if head in heads}
    missing = [name for name in ("label", "classes") if name not in found]
    if missing:
        raise GazetteerError(
            f"the header has no column {' nor '.join(missing)}",
            where=f"{path}:1",
            remedy="name the columns in the first line, parted by tabs: qid, label, classes, names, lat, lon, country",
        )
    return found


def row(cells: Mapping[str, str], *, origin: str) -> Row | None:
    """The row that cells by column name make, None for a thing of no use here. Raises ValueError with what is wrong."""
    label, words, qid = cells["label"], cells["classes"], cells.get("qid", "").strip()
    if qid and not (qid[0] == "Q" and qid[1:].isdecimal()):
        raise ValueError(f"'{qid}' is no Wikidata item, which is like Q212")
    others = cells.get("names", "").split("|")
    found = ontology.classes(words, lambda: "|".join((clean.parted(label)[0], *others)))
    if found is None:
        raise ValueError(f"no class is known as '{words}'")
    if not found:
        return None
    if "Place" in found and qid in ontology.states():
        found = ontology.STATE
    sources = ontology.split(cells.get("sources", "")) or (origin,)
    backing = ontology.backing(sources)
    if backing.loose and clean.latin(label):
        others = []
    names = clean.names(label, others, person="Person" in found, codes=found != ("Place",))
    if not names.label:
        raise ValueError(f"'{label}' is no name")
    ids = (
        [_whole(part, "GeoNames id") for part in ontology.split(cells.get("geonames", ""))] if "Place" in found else []
    )
    lat, lon = _point(cells) if "Place" in found else (None, None)
    fame = _whole(cells.get("fame", ""), "number") or 1 + len(names.others)
    return Row(
        label=names.label,
        classes=found,
        names=tuple((name, _how(name, names.label, found)) for name in names.others),
        qid=qid or None,
        geonames=ids[0] if ids else None,
        country=_country(cells.get("country", "")) if found != ontology.STATE else None,
        within=cells.get("within", "").strip() or None,
        keys=(*names.codes, *ontology.split(cells.get("keys", "")), *map(str, ids[1:])),
        lat=lat,
        lon=lon,
        population=_whole(cells.get("population", ""), "number"),
        role=cells.get("role", "").strip() or None,
        description=cells.get("description", "").strip() or names.description,
        fame=fame,
        prior=_prior(backing.trust, fame),
        source=";".join(sources),
        licence=cells.get("licence", "").strip() or backing.licence,
    )


def _how(name: str, label: str, classes: tuple[str, ...]) -> str:
    return "bare" if classes == ("Place",) and clean.bare(name, label) else "alias"


def _ids(cells: Mapping[str, str]) -> list[int]:
    return [_whole(part, "GeoNames id") for part in ontology.split(cells.get("geonames", ""))]


def _whole(cell: str, what: str) -> int:
    try:
        return int(cell) if cell else 0
    except ValueError as error:
        raise ValueError(f"'{cell}' is no {what}") from error


def _point(cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    lat, lon = cells.get("lat", "").strip(), cells.get("lon", "").strip()
    if not lat or not lon:
        return None, None
    try:
        here = float(lat), float(lon)
    except ValueError as error:
        raise ValueError(f"'{lat}', '{lon}' are no degrees") from error
    if not (-90 <= here[0] <= 90 and -180 <= here[1] <= 180):
        raise ValueError(f"'{lat}', '{lon}' lies nowhere on earth")
    # Nobody lives where the equator meets the prime meridian: it stands for 'unknown'.
    return here if here != (0.0, 0.0) else (None, None)


def _country(cell: str) -> str | None:
    # Data sets that disagree about the country, as about Crimea's towns, leave it open.
    parts = ontology.split(cell)
    return parts[0] if len(parts) == 1 else None


def _prior(trust: float, fame: int) -> float | None:
    return None if trust >= TRUSTED else round(trust * min(0.6, 0.15 + 0.045 * math.log2(1 + fame)), 4)
