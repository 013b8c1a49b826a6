"""Ways to take a store along, whole or a part of it, for other tools. The same content gives the same bytes.

`write` knows all of them. NETWORKS are drawn in one of the views (`kg.export.views`), TABLES have a row for each event
or incident, and RDF is the triples themselves: of a whole store or article as EXPORTERS write it, of anything else
what is said of the nodes that are meant.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol

from kg.errors import UsageError
from kg.export import cyjs, geojson, gexf, graphml, incident_table, jsonld, nq, nt, rdf, table, trig, triples, ttl
from kg.export.amounts import Amount, amount, in_words
from kg.export.draw import draw
from kg.export.facts import Asked
from kg.export.graphs import Readable
from kg.export.network import Network
from kg.export.selection import Selection, selection
from kg.export.views import View, view, views

__all__ = [
    "EXPORTERS", "FORMATS", "NETWORKS", "TABLES", "Amount", "Exporter", "Readable", "Selection", "View", "amount",
    "draw", "in_words", "selection", "view", "views", "write",
]  # fmt: skip


class Exporter(Protocol):
    """A way to write a store as RDF."""

    def __call__(self, store: Readable, out: BinaryIO, *, graph: str | None = None) -> None:
        """Writes all named graphs of the store, or only `graph`. Raises NotFound where there is no such graph."""


EXPORTERS: dict[str, Exporter] = {
    "nq": nq.write,
    "trig": trig.write,
    "jsonld": jsonld.write,
    "ttl": ttl.write,
    "nt": nt.write,
    "rdf": rdf.write,
}
NETWORKS: dict[str, Callable[[Network, BinaryIO], None]] = {
    "gexf": gexf.write,
    "graphml": graphml.write,
    "cyjs": cyjs.write,
}
TABLES: dict[str, Callable[[Asked, Selection, BinaryIO], None]] = {
    "geojson": geojson.write,
    "csv": table.write,
    "incidents.csv": incident_table.write,
}
FORMATS = (*EXPORTERS, *NETWORKS, *TABLES)


def write(store: Readable, out: BinaryIO, format: str, *, view_name: str = "events", chosen: Selection) -> None:
    """Writes the chosen part of a store. Raises UsageError for a format or view that there isn't, and QueryError."""
    if format in NETWORKS:
        # How many neighbours are not drawn is for whoever draws on: others want their tool to count.
        NETWORKS[format](draw(store, view(view_name), chosen, degrees=format == "cyjs"), out)
    elif format in TABLES:
        TABLES[format](store, chosen, out)
    elif format not in EXPORTERS:
        raise UsageError(f"there is no format {format}; there are {', '.join(FORMATS)}")
    elif chosen == Selection():
        EXPORTERS[format](store, out)
    else:
        triples.write(store, chosen, out, format)
