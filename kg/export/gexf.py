"""GEXF 1.2, which Gephi opens; what is dated appears and goes with Gephi's timeline.

Source: https://gexf.net/schema.html; networkx writes it.
"""

from __future__ import annotations

from typing import BinaryIO

from networkx.readwrite.gexf import GEXFWriter

from kg.export.network import Network
from kg.export.networkx_graph import graph


def write(network: Network, out: BinaryIO) -> None:
    """Writes the network as GEXF."""
    made = graph(network)
    for edge in network.edges:
        drawn = made.edges[edge.source, edge.target, edge.name]
        if len(edge.spells) > 1:  # each of its events, not the time from the first to the last
            del drawn["start"], drawn["end"]
            drawn["spells"] = list(edge.spells)
    writer = GEXFWriter(made, version="1.2draft")
    # The day of writing is no part of what was exported: the same graph gives the same bytes.
    meta = writer.xml.find("meta")
    if meta is not None:
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(out)
