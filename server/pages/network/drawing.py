"""What a network page draws: the nodes and edges that its address asks for, as an export of the same part has them."""

from __future__ import annotations

import json
import threading
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import current_app

from kg.export import View
from server.cache import Cache, Kept
from server.pages.network.address import Address
from server.pool.client import ask
from server.pool.settings import Settings
from server.pool.state import PUBLIC, State
from server.protocol import Refused

Element = dict[str, Any]
"""The fields of a node or an edge, as Cytoscape JSON has them."""
STEP = 40
"""How many neighbours come when a node is expanded, and how many more when it is again."""
AT_ONCE = 4  # of the threads that answer pages; the others are left to pages that answer at once
CACHE = 64 << 20
BLANK = "_:"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges by their ids. `cut` says that there are more, beyond the limit."""

    nodes: Mapping[str, Element]
    edges: Mapping[str, Element]
    cut: bool = False


class Drawn:
    """The answers of evaluators, kept while the store does not change."""

    def __init__(self) -> None:
        self._cache, self._lock = Cache(CACHE), threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def get(self, view: View, given: Mapping[str, Sequence[str]]) -> Drawing:
        """The network of what is given. Raises KGError: Refused where many are drawn already."""
        settings: Settings = current_app.extensions["kg.settings"]
        state: State = current_app.extensions["kg.state"]
        key, version = (view.name, repr(sorted(given.items()))), state.version
        with self._lock:
            kept = self._cache.get(key, version)
        if kept is not None:
            return _read(zlib.decompress(kept.body))
        if not self._turns.acquire(blocking=False):
            raise Refused(503, "many networks are drawn just now; try again in a moment", {"Retry-After": "2"})
        try:
            terms = {"job": "export", "format": "cyjs", "view": view.name, "given": given}
            # It may be a stranger's query and may take long, so it waits where those do.
            body = ask(Path(settings.rundir), state, terms, seconds=settings.timeout, who=PUBLIC).body
        finally:
            self._turns.release()
        with self._lock:
            self._cache.put(key, Kept(version, (), zlib.compress(body, 1)))
        return _read(body)


def draw(address: Address) -> Drawing:
    """What the address asks for. Raises KGError, as where its query is wrong."""
    drawn: Drawn = current_app.extensions.setdefault("kg.drawn", Drawn())
    # One more than may be drawn tells whether there are more.
    drawing = drawn.get(address.view, {**address.given, "limit": (str(address.limit + 1),)})
    if len(drawing.nodes) > address.limit:
        drawing = _cut(drawing, {*address.given.get("around", ()), *address.given.get("node", ())})
    for iri, times in Counter(address.expand).items():
        limit = (str(1 + STEP * times),)
        around = drawn.get(
            address.view, {**address.filters("type", "from", "to", "class"), "around": (iri,), "limit": limit}
        )
        drawing = _joined(drawing, around)
    if address.expand:  # what was added may be joined to more than that whose neighbour it is
        named = tuple(iri for iri in drawing.nodes if not iri.startswith(BLANK))
        drawing = _joined(drawing, drawn.get(address.view, {**address.filters("type", "from", "to"), "node": named}))
    return _without(drawing, set(address.hide))


def _read(body: bytes) -> Drawing:
    elements = json.loads(body)["elements"]
    nodes, edges = ({each["data"]["id"]: each["data"] for each in elements[kind]} for kind in ("nodes", "edges"))
    return Drawing(nodes, edges)


def _cut(drawing: Drawing, wanted: set[str]) -> Drawing:
    """The drawing without the node that has least, and without those whose links are all beyond the limit."""
    links = _links(drawing)
    least = min(drawing.nodes.keys() - wanted, key=lambda iri: (links[iri], iri), default="")
    rest = _without(drawing, {least})
    linked = _links(rest)
    return replace(_without(rest, {iri for iri in rest.nodes if not linked[iri] and iri not in wanted}), cut=True)


def _links(drawing: Drawing) -> Counter[str]:
    """How many of its edges each node of the drawing has."""
    return Counter(edge[end] for edge in drawing.edges.values() for end in ("source", "target"))


def _joined(one: Drawing, other: Drawing) -> Drawing:
    return Drawing({**other.nodes, **one.nodes}, {**other.edges, **one.edges}, one.cut)


def _without(drawing: Drawing, hidden: set[str]) -> Drawing:
    return Drawing(
        {iri: node for iri, node in drawing.nodes.items() if iri not in hidden},
        {id: edge for id, edge in drawing.edges.items() if not {edge["source"], edge["target"]} & hidden},
        drawing.cut,
    )
