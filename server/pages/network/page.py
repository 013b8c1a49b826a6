"""`/network`: who acted on whom and what is told of it, as a table of edges that a browser draws as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

import ontology
from kg.errors import KGError
from kg.export import views
from server.assets import asset
from server.pages.dates import when_in_words
from server.pages.naming import things
from server.pages.network.address import CHANGES, FILTERS, LIMITS, STARTS, Address, address
from server.pages.network.drawing import Drawing, Element, draw
from server.pages.network.query import network_query
from server.stores import names

blueprint = Blueprint("network", __name__)
ROWS = 500
"""Edges that the table shows."""
FORMATS = (
    ("gexf", "GEXF", "for Gephi"),
    ("graphml", "GraphML", "for yEd, NetworkX, igraph"),
    ("cyjs", "JSON", "for Cytoscape"),
    ("csv", "CSV", "a row for each event"),
    ("geojson", "GeoJSON", "the events on a map"),
    ("ttl", "Turtle", "the triples"),
)
LEADS = {"around": "Around", "entity": "Events with", "article": "What is told in", "place": "Events in"}
SCRIPTS = ("cytoscape.min.js", "layout-base.js", "cose-base.js", "cytoscape-fcose.js")
NOTHING = Drawing({}, {})
KEPT = (*(name for name in STARTS if name != "query"), *CHANGES)
"""What the form leaves as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """An edge as a line of the table; `shown` says whether neither end is of a class that is not to be seen."""

    edge: Element
    source: Element
    target: Element
    when: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A code or a class that may be ticked, `depth` steps below the top."""

    name: str
    label: str
    depth: int


@blueprint.get("/network")
def network() -> Response:
    """The page. What is wrong with what is asked is said on it."""
    given = request.args.to_dict(flat=False)
    asked, problem, status = address({}), "", 200
    try:
        asked = address(given)
        drawing = draw(asked)
        query = network_query(asked)
        leads = _leads(asked)
    except KGError as error:
        drawing, query, leads = NOTHING, "", []
        problem, status = str(error), error.http_status
    rows = _rows(drawing, asked.without)
    page = render_template(
        "network.html",
        asked=asked,
        typed={name: request.args.get(name, "") for name in ("from", "to", "query")},
        kept=[(name, value) for name in KEPT for value in given.get(name, ())],
        problem=problem,
        leads=leads,
        views=views().values(),
        types=_types(),
        classes=_classes(asked),
        limits=LIMITS,
        rows=rows[:ROWS],
        more=max(0, len(rows) - ROWS),
        drawing=drawing,
        query=query,
        exported=urlencode(asked.pairs),
        formats=FORMATS,
        elements=_elements(drawing),
        setup=_setup(),
    )
    return Response(page, status=status, mimetype="text/html")


def _rows(drawing: Drawing, without: Iterable[str]) -> list[Row]:
    """The edges, those that stand for most first, then the latest."""
    made = []
    for edge in drawing.edges.values():
        source, target = drawing.nodes[edge["source"]], drawing.nodes[edge["target"]]
        when = when_in_words(edge.get("start", ""), edge.get("end", ""))
        made.append(Row(edge, source, target, when, not {source["class"], target["class"]} & set(without)))
    made.sort(key=lambda row: (row.source["label"].lower(), row.edge["label"], row.target["label"].lower()))
    made.sort(key=lambda row: (row.edge["weight"], row.edge.get("start", "")), reverse=True)
    return made


def _elements(drawing: Drawing) -> dict[str, list[Element]]:
    """What a browser draws; each node has the address of its page."""
    href = names().href
    return {
        "nodes": [{**node, "href": href(node["id"])} for node in drawing.nodes.values()],
        "edges": list(drawing.edges.values()),
    }


def _leads(asked: Address) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Where the drawing starts, in words: what leads to IRIs, and their names and classes."""
    starts = {name: asked.given[name] for name in LEADS if name in asked.given}
    known = things(iri for iris in starts.values() for iri in iris)
    return [(LEADS[name], [(iri, known[iri].label, known[iri].kind) for iri in iris]) for name, iris in starts.items()]


def _types() -> list[Choice]:
    codes = ontology.codes("EventType")
    return [Choice(name, code.label, len(ontology.ancestors(name)) - 1) for name, code in codes.items()]


def _classes(asked: Address) -> list[Choice]:
    """The classes of the view that may be chosen, each below the one it is a kind of."""
    free = {name: each for name, each in ontology.classes().items() if name in asked.view.nodes - asked.view.spine}
    lines = {name: sorted(each.above & free.keys(), key=lambda a: len(free[a].above)) for name, each in free.items()}
    return [
        Choice(name, free[name].label, len(line) - 1) for name, line in sorted(lines.items(), key=lambda pair: pair[1])
    ]


def _setup() -> Mapping[str, object]:
    """What the scripts of the page have to know of the ontology and of files."""
    return {
        "classes": {
            each.name: {"label": each.label, "above": sorted(each.above, key=_depth, reverse=True)}
            for each in ontology.classes().values()
        },
        "types": {code.name: code.label for code in ontology.codes("EventType").values()},
        "namespace": ontology.NAMESPACE,
        "worker": asset("network-worker.js"),
        "scripts": [asset(f"vendor/{name}") for name in SCRIPTS],
        "starts": STARTS,
        "filters": FILTERS,
    }


def _depth(name: str) -> int:
    return len(ontology.classes()[name].above)
