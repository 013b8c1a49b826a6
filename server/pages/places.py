"""What places lie in."""

from __future__ import annotations

from collections.abc import Iterable

from server.pages.naming import listed
from server.pages.prefixed import prefixed
from server.stores import rows

QUERY = """SELECT ?place ?outer (COUNT(?further) AS ?depth) WHERE {{
  VALUES ?place {{ {places} }}
  ?place ckg:within+ ?outer .
  FILTER(?outer != ?place)
  OPTIONAL {{ ?outer ckg:within+ ?further }}
}} GROUP BY ?place ?outer ORDER BY ?place DESC(?depth) ?outer"""


def around(places: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each place the IRIs of those that it lies in, the nearest first."""
    wanted = sorted(set(places))
    found: dict[str, tuple[str, ...]] = dict.fromkeys(wanted, ())
    if wanted:
        for row in rows(prefixed(QUERY.format(places=listed(wanted)))):
            found[row["place"]] += (row["outer"],)
    return found
