"""GraphML, which Gephi, Cytoscape, yEd and igraph open. Source: http://graphml.graphdrawing.org; networkx writes it."""

from __future__ import annotations

from typing import BinaryIO

import networkx

from kg.export.network import Network
from kg.export.networkx_graph import graph


def write(network: Network, out: BinaryIO) -> None:
    """Writes the network as GraphML."""
    networkx.write_graphml(graph(network), out, infer_numeric_types=True, named_key_ids=True)
