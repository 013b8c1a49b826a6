"""`/map`: where and when events are said to have happened, on a map and a timeline that narrow each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

import ontology
from server.assets import asset
from server.iris import local, node
from server.pages.map.columns import columns
from server.pages.map.listing import SHOWN, chosen, counted, list_query, listed
from server.stores import names, rows

blueprint = Blueprint("map", __name__)
MOST = 30_000
"""Events that a browser is given. Where there are more, those are meant that are of the types and days asked for."""
NAME = """PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT (MIN(?name) AS ?label) WHERE { %s rdfs:label|dcterms:title ?name }"""
NODES = ("entity", "place", "article")
FORMATS = (("geojson", "GeoJSON"), ("csv", "CSV"), ("gexf", "GEXF"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A node that narrows the view: by which parameter, its name, and the address of the view without it."""

    parameter: str
    iri: str
    name: str
    without: str


@blueprint.get("/map")
def map() -> str:
    """The page: the newest events as a table and a strip of bars, which a browser makes a map and a timeline of."""
    given = request.args.to_dict(flat=False)
    selected, pairs = chosen(given)
    fixed = [(name, value) for name, value in pairs if name in NODES]
    query = list_query(selected)
    everything = counted(chosen({name: [v for n, v in fixed if n == name] for name, _ in fixed})[0])
    whole = everything.events <= MOST
    return render_template(
        "map.html",
        kinds=kinds(),
        ticked=selected.types,
        narrowed=any(ontology.codes("EventType")[name].broader for name in selected.types),
        since=selected.since or "",
        until=selected.until or "",
        choices=[_choice(pair, pairs) for pair in fixed],
        counted=counted(selected) if pairs != fixed else everything,
        events=listed(query),
        query=query,
        shown=SHOWN,
        most=MOST,
        whole=whole,
        formats=FORMATS,
        search=urlencode(pairs),
        setup={
            "base": names().base,
            "countries": asset("vendor/countries-50m.json"),
            "whole": whole,
            "events": "/map/events?" + urlencode(fixed if whole else pairs),
            "fixed": fixed,
            "kinds": [{"name": code.name, "label": code.label, "broader": code.broader} for code in _codes()],
        },
    )


@blueprint.get("/map/events")
def events() -> Response:
    """What the map and the timeline are made of: the newest MOST events of the view with the same parameters."""
    selected, _ = chosen(request.args.to_dict(flat=False))
    return jsonify(asdict(columns(selected, MOST)))


@blueprint.get("/map/query")
def query() -> Response:
    """The SPARQL page with the query behind the list of the view with the same parameters."""
    selected, _ = chosen(request.args.to_dict(flat=False))
    return redirect("/sparql?" + urlencode({"query": list_query(selected)}), code=303)


def kinds() -> list[tuple[ontology.Code, list[ontology.Code]]]:
    """The event types of the top, each with those below it."""
    return [(top, [code for code in _codes() if code.broader == top.name]) for top in _codes() if not top.broader]


def _codes() -> list[ontology.Code]:
    return list(ontology.codes("EventType").values())


def _choice(pair: tuple[str, str], pairs: list[tuple[str, str]]) -> Choice:
    without = urlencode([other for other in pairs if other != pair])
    label = rows(NAME % node(pair[1]))[0].get("label") or local(pair[1])
    return Choice(*pair, label, "/map" + (f"?{without}" if without else ""))
