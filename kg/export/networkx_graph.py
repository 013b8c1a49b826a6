"""A network as a graph of networkx, which writes the formats that other tools open."""

from __future__ import annotations

import re
from collections.abc import Mapping

from networkx import MultiDiGraph

from kg.export.network import Network, Value

# What no XML document may hold (XML 1.0, section 2.2), and RDF may.
NO_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def graph(network: Network) -> MultiDiGraph[str]:
    """The graph, its attributes plain texts and numbers. Edges keep apart by their name."""
    made: MultiDiGraph[str] = MultiDiGraph()
    for node in network.nodes:
        made.add_node(node.iri, **_plain(node.attributes | {"label": node.label, "class": node.kind}))
    for edge in network.edges:
        fixed: dict[str, Value] = {"label": edge.label, "weight": edge.weight, **edge.days}
        if edge.mutual:
            fixed["mutual"] = True
        made.add_edge(edge.source, edge.target, key=edge.name, **_plain(edge.attributes | fixed))
    return made


def _plain(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {
        name: NO_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }
