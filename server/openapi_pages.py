"""The part of the OpenAPI document on what people look at and take along: pages, IRIs that dereference, exports."""

from __future__ import annotations

from kg.export import FORMATS, views
from server import media
from server.openapi_parts import (
    ANSWERED,
    FIXED,
    FORM,
    HTML,
    IRI,
    JSON,
    READ,
    TURTLE,
    Part,
    answer,
    format_parameter,
    header,
    json_answer,
    operation,
    parameter,
    path_parameter,
    unchanged,
)
from server.pages.incidents.listing import SORTS
from server.pages.review.page import VERBS
from server.pages.search.page import KINDS

DAY: Part = {"type": "string", "format": "date"}
IRIS: Part = {"type": "array", "items": IRI}
NAMES: Part = {"type": "array", "items": {"type": "string"}}
# What chooses a part of the store: name, schema and what it means.
FILTERS = (
    ("type", NAMES, "types of the events, as `AirStrike`; narrower ones are meant too"),
    ("from", DAY, "the events ended on this day or later"),
    ("to", DAY, "the events began on this day or before"),
    ("entity", IRIS, "the events have one of these in some part"),
    ("place", IRIS, "the events are there, or at a place within it"),
    ("article", IRIS, "the events are told by these articles"),
)
DRAWN = (
    ("around", IRIS, "these nodes and their neighbours"),
    ("query", {"type": "string"}, "the nodes that a SELECT names, or the triples that a CONSTRUCT makes"),
    ("class", NAMES, "the classes of the nodes beside the events, as `Person`"),
    ("limit", {"type": "integer", "minimum": 0}, "how many nodes, the best connected first"),
    ("view", {"type": "string", "enum": list(views())}, "what a network draws"),
)
INCIDENTS = (
    ("place", {"type": "string"}, "they are in the place of this name or IRI, or within it"),
    ("type", {"type": "string"}, "their type, as `AirStrike`; narrower ones are meant too"),
    ("from", DAY, "they ended on this day or later"),
    ("to", DAY, "they began on this day or before"),
    ("conflict", {"type": "string"}, "they are part of the conflict with this Wikidata item, as `Q178810`"),
    ("least", {"type": "integer", "minimum": 1}, "at least so many articles tell of them"),
    ("disagree", {"type": "string"}, "where it is given, numbers of theirs can't all be right"),
    ("sort", {"type": "string", "enum": list(SORTS)}, "which come first"),
)
REVIEW = (
    ("pair", {"type": "string"}, "the last part of the IRI of a doubt"),
    ("near", {"type": "number", "minimum": 0, "maximum": 1}, "doubts with a probability near this come first"),
    ("at", {"type": "integer", "minimum": 0}, "how many doubts are skipped"),
)
NODES = ("node", IRIS, "these nodes and no others")
GROWN = (
    ("expand", IRIS, "nodes whose neighbours are drawn too; twice for more of them"),
    ("hide", IRIS, "nodes that are left out"),
    ("without", NAMES, "classes of nodes that are left out"),
)


def pages() -> dict[str, Part]:
    """What an IRI leads to, a page for people and RDF for machines, and the pages that show many at once."""
    see = {"303": {"description": "It is told of on another page.", "headers": header("Location")}}
    described = {"200": answer(*media.GRAPH_TYPES.values(), HTML)} | see
    ontology, page = {"200": answer(TURTLE, HTML)}, {"200": answer(HTML)}
    parameters = [path_parameter(), format_parameter()]
    words = parameter("q", {"type": "string"}, "what to look for")
    kind = parameter("kind", {"type": "string", "enum": list(KINDS)}, "what to show of it; all where none is named")
    number = parameter("page", {"type": "integer", "minimum": 1}, "which page of that")
    filters = [parameter(*each) for each in FILTERS]
    drawn = [parameter(*each) for each in (*DRAWN, NODES)]
    grown = [parameter(*each) for each in GROWN]
    return {
        "/": {"get": operation("getHome", "Show what is there", page, FIXED)},
        "/incidents": {
            "get": operation(
                "getIncidents",
                "List what happened, each happening once",
                page,
                (*FIXED, 404),
                [*(parameter(*each) for each in INCIDENTS), number],
            )
        },
        "/review": {
            "get": operation(
                "getReview",
                "Show two events that may be of one happening",
                page,
                (*FIXED, 404),
                [parameter(*each) for each in REVIEW],
            )
        },
        "/search": {"get": operation("getSearch", "Show what has some words", page, FIXED, [words, kind, number])},
        "/search.json": {
            "get": operation("getSuggestions", "Say what begins so", {"200": json_answer({})}, FIXED, [words])
        },
        "/network": {
            "get": operation("getNetwork", "Show a network", page, (*FIXED, 403, 404), [*filters, *drawn, *grown])
        },
        "/map": {"get": operation("getMap", "Show a map and a timeline", page, (*FIXED, 404), filters)},
        "/map/events": {
            "get": operation("getMapEvents", "Say what the map is made of", {"200": json_answer({})}, FIXED, filters)
        },
        "/map/query": {"get": operation("getMapQuery", "Lead to the query behind the map", see, FIXED, filters)},
        "/id/{path}": {"get": operation("getId", "Describe an IRI", described, READ, parameters)},
        "/graph/{path}": {"get": operation("getGraph", "Read a named graph", described, READ, parameters)},
        "/ns": {"get": operation("getNs", "Read the ontology, as a page or as Turtle", ontology, FIXED)},
        "/ns.ttl": {"get": operation("getNsTurtle", "Read the ontology as Turtle", {"200": answer(TURTLE)}, FIXED)},
    }


def exports() -> dict[str, Part]:
    """A part of the store in a format of other tools, chosen by parameters of the address or of a form."""
    types = sorted({media.TYPES[format] for format in FORMATS} | {HTML})
    refused = tuple(status for status in ANSWERED if status not in (308, 401, 404, 406))
    chosen = (*FILTERS, *DRAWN, NODES)
    format: Part = {"type": "string", "enum": list(FORMATS)}
    properties: Part = {name: schema for name, schema, _ in chosen} | {"format": format}
    form: Part = {"type": "object", "required": ["format"], "properties": properties}
    said = parameter("format", format, "the format; a browser that names none gets a page to choose on")
    post = operation("postExport", "Write a part of the store", {"200": answer(*types)}, refused)
    return {
        "/export": {
            "get": operation(
                "getExport",
                "Write a part of the store",
                {"200": answer(*types)} | unchanged(),
                refused,
                [said, *(parameter(*each) for each in chosen)],
            ),
            "post": post | {"requestBody": {"required": True, "content": {FORM: {"schema": form}}}},
        }
    }


def judgement() -> Part:
    """What somebody decides about two events, or that a decision is taken back, as a form or as JSON."""
    text: Part = {"type": "string", "minLength": 1}
    decision: Part = {
        "required": ["one", "other", "verb", "who"],
        "properties": {
            "one": IRI,
            "other": IRI,
            "verb": {"type": "string", "enum": list(VERBS)},
            "why": {"type": "string"},
            "who": text,
        },
    }
    undoing: Part = {"required": ["undo", "who"], "properties": {"undo": text, "who": text}}
    schema: Part = {"schema": {"type": "object", "oneOf": [decision, undoing]}}
    done: Part = {"type": "object", "required": ["judgement", "version"]}
    errors = (400, 401, 403, 404, 405, 413, 429, 501, 503)
    found = operation("postReview", "Say whether two events are of one happening", {"200": json_answer(done)}, errors)
    return found | {"requestBody": {"required": True, "content": {FORM: schema, JSON: schema}}}
