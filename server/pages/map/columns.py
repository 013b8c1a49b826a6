"""The events that a request chooses as columns, so small that a browser can hold them all, filter and count them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.export.network import position
from kg.export.selection import Selection
from ontology import NAMESPACE
from server.pages.map.listing import HEAD
from server.stores import rows

EVENTS = """SELECT ?event ?type ?first ?end ?place WHERE {
  { SELECT ?event (MIN(?day) AS ?first) WHERE {
      { SELECT DISTINCT ?event WHERE {
  %s
      } }
      OPTIONAL { ?event ckg:startDate ?day }
    } GROUP BY ?event ORDER BY DESC(?first) ?event LIMIT %d }
  OPTIONAL { ?event ckg:eventType ?type }
  OPTIONAL { ?event ckg:endDate ?end }
  OPTIONAL { ?event ckg:place ?place }
} ORDER BY DESC(?first) ?event ?type ?place"""
POINTS = """SELECT ?place ?point (MIN(?name) AS ?label) WHERE {
  ?place geo:hasGeometry/geo:asWKT ?point
  OPTIONAL { ?place rdfs:label ?name }
} GROUP BY ?place ?point ORDER BY ?place ?point"""
NOWHERE = -1


@dataclass(slots=True)
class Columns:
    """A value for each event in each column, the newest event first.

    `types` are local names of codes, days are ISO 8601 or empty. `spots` are numbers in `points`, or NOWHERE for an
    event whose place has no point; a point is its longitude, its latitude and the name of a place there.
    """

    events: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    points: list[tuple[float, float, str]] = field(default_factory=list)


def columns(selected: Selection, most: int) -> Columns:
    """The columns of the events that are chosen, of at most so many of them."""
    spots = _Spots()
    found = Columns(points=spots.points)
    for row in rows(HEAD + EVENTS % (selected.pattern, most)):
        spot = spots.at(row.get("place", ""))
        if found.events and found.events[-1] == row["event"]:
            # The event has several places: the first that has a point is where it is shown.
            found.spots[-1] = spot if found.spots[-1] == NOWHERE else found.spots[-1]
            continue
        found.events.append(row["event"])
        found.types.append(row.get("type", "").removeprefix(NAMESPACE))
        found.starts.append(row.get("first", ""))
        found.ends.append(row.get("end", ""))
        found.spots.append(spot)
    return found


class _Spots:
    """The points of places, those of events only; places at one point are one spot."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float, str]] = []
        self._numbers: dict[tuple[float, float], int] = {}
        self._known: dict[str, tuple[float, float, str]] = {}
        for row in rows(HEAD + POINTS):
            spot = position(row["point"])
            longitude, latitude = float(spot.get("longitude", "nan")), float(spot.get("latitude", "nan"))
            if abs(longitude) <= 180 and abs(latitude) <= 90:
                self._known.setdefault(row["place"], (longitude, latitude, row.get("label", "")))

    def at(self, place: str) -> int:
        """The number of the spot where a place is."""
        if place not in self._known:
            return NOWHERE
        point = self._known[place]
        number = self._numbers.setdefault(point[:2], len(self.points))
        if number == len(self.points):
            self.points.append(point)
        return number
