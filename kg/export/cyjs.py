"""Cytoscape JSON, which Cytoscape and cytoscape.js open. Source: https://js.cytoscape.org/#notation/elements-json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from kg.export.network import Edge, Network, Node


def write(network: Network, out: BinaryIO) -> None:
    """Writes the network as Cytoscape JSON, an element a line."""
    out.write(b'{"elements": {"nodes": [')
    _elements(map(_node, network.nodes), out)
    out.write(b'], "edges": [')
    _elements(map(_edge, network.edges), out)
    out.write(b"]}}\n")


def _elements(found: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    for number, fields in enumerate(found):
        line = json.dumps({"data": fields}, ensure_ascii=False)
        out.write(f"{',' if number else ''}\n{line}".encode())


def _node(node: Node) -> dict[str, Any]:
    degree = {} if node.degree is None else {"degree": node.degree}
    return node.attributes | degree | {"id": node.iri, "label": node.label, "class": node.kind}


def _edge(edge: Edge) -> dict[str, Any]:
    fixed = {"id": edge.id, "source": edge.source, "target": edge.target, "name": edge.name, "label": edge.label}
    return edge.attributes | edge.days | fixed | {"weight": edge.weight} | ({"mutual": True} if edge.mutual else {})
