"""`/export` for a browser that names no format: a form to choose what to take along, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

import ontology
from kg.export import NETWORKS, TABLES, views
from server import media
from server.protocol import Refused

blueprint = Blueprint("taking", __name__)


@dataclass(frozen=True, slots=True)
class Way:
    """A format: the name it goes by in an address, and what it is for."""

    format: str
    words: str
    opens: str


WAYS = (
    Way("gexf", "GEXF", "Gephi, with a timeline"),
    Way("graphml", "GraphML", "Gephi, Cytoscape, yEd, igraph"),
    Way("cyjs", "Cytoscape JSON", "Cytoscape, cytoscape.js"),
    Way("csv", "CSV", "a spreadsheet: a row for each event"),
    Way("incidents.csv", "CSV of incidents", "a spreadsheet: a row for each incident, however often told"),
    Way("geojson", "GeoJSON", "QGIS and other maps: a point for each event"),
    Way("ttl", "Turtle", "RDF, to read"),
    Way("trig", "TriG", "RDF with its articles, to read"),
    Way("nq", "N-Quads", "RDF with its articles, a line each"),
    Way("nt", "N-Triples", "RDF, a line each"),
    Way("jsonld", "JSON-LD", "RDF as JSON"),
    Way("rdf", "RDF/XML", "RDF as XML"),
)


@blueprint.get("/export", strict_slashes=False)
def export() -> Response:
    """The form, filled in with what the address chooses. Programs name a format and are answered by the front."""
    if media.chosen(request, ("html",)) is None:
        raise Refused(400, f"format must be one of {', '.join(way.format for way in WAYS)}")
    chosen = {name: request.args.getlist(name) for name in request.args}
    page = render_template(
        "export.html",
        networks=[way for way in WAYS if way.format in NETWORKS],
        tables=[way for way in WAYS if way.format in TABLES],
        triples=[way for way in WAYS if way.format in media.GRAPH_TYPES],
        views=views().values(),
        types=[code for code in ontology.codes("EventType").values() if code.broader is None],
        narrower=[code for code in ontology.codes("EventType").values() if code.broader],
        chosen=chosen,
        hidden=[
            (name, value) for name in ("entity", "place", "article", "around", "node") for value in chosen.get(name, [])
        ],
    )
    return Response(page, mimetype="text/html", headers={"Vary": "Accept"})
