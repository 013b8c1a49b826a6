"""GeoJSON, which maps and GIS programs open: a feature for each event, at its place.

Source: RFC 7946. An event whose place has no coordinates is a feature without a geometry (section 3.2): none is lost.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from kg.export.facts import Asked
from kg.export.rows import EventRow, Happened, rows, top
from kg.export.selection import Selection


def write(store: Asked, selection: Selection, out: BinaryIO) -> None:
    """Writes the events that are meant as a FeatureCollection, a feature a line, as they come."""
    out.write(b'{"type": "FeatureCollection", "features": [')
    for number, row in enumerate(rows(store, selection)):
        line = json.dumps(_feature(row), ensure_ascii=False)
        out.write(f"{',' if number else ''}\n{line}".encode())
    out.write(b"\n]}\n")


def _feature(row: EventRow) -> dict[str, Any]:
    place = next((party for party in row.parties["place"] if party.spot), None)
    point = {"type": "Point", "coordinates": [place.spot["longitude"], place.spot["latitude"]]} if place else None
    return {"type": "Feature", "id": row.iri, "geometry": point, "properties": _properties(row)}


def _properties(row: EventRow) -> dict[str, Any]:
    places = row.parties["place"]
    least, most = row.spread("Killed")
    told = {
        "label": row.trigger,
        "type": row.type,
        "group": top(row.type),
        "start": row.start,
        "end": row.end,
        "place": "; ".join(place.label for place in places),
        "country": country(row),
        "actors": [party.label for party in row.parties["actor"]],
        "targets": [party.label for party in row.parties["target"]],
        "claims": len(row.told),
        "articles": len({each.article for each in row.told}),
        "outlets": sorted({each.outlet for each in row.told if each.outlet}),
        "factuality": sorted({each.factuality for each in row.told}),
        "counts": [each.number for each in row.told if each.number],
        "killed_low": least,
        "killed_high": most,
    }
    return {name: value for name, value in told.items() if value not in ("", [], None)}


def country(row: Happened) -> str:
    """The state that the place of an event or incident is or lies in; empty where that is not known."""
    for place in row.parties["place"]:
        if place.kind == "State":
            return place.label
        if found := next((label for kind, label in place.within if kind == "State"), ""):
            return found
    return ""
