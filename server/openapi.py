"""The server described for tools that speak HTTP and not RDF: an OpenAPI 3.1 document.

It names every status that a route can answer with, so that a client can be generated from it and a server tested by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server import media

Part = dict[str, Any]
HTML, JSON, PLAIN, TURTLE = "text/html", "application/json", "text/plain", "text/turtle"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
GRAPHS = tuple(media.GRAPH_TYPES.values())
RESULTS = (*media.TABLE_TYPES.values(), *GRAPHS)
REASONS = {
    "308": "The address has a slash too many; Location has it without.",
    "400": "The request can't be understood; the text says where it is wrong.",
    "401": "A token is needed, and there is none or a wrong one.",
    "403": "The token does not allow it, or this server never does it.",
    "404": "There is nothing by this name.",
    "405": "The method is none that this address knows.",
    "406": "It can't be sent in any of the formats that the client takes; the text lists those there are.",
    "408": "It took longer than this server spends on one request.",
    "413": "What was sent, or what would be answered, is too large.",
    "414": "The address is too long: send the query by POST.",
    "415": "What was sent is in no format that is read here.",
    "429": "Too many requests are being answered, or came from this client.",
    "503": "The store does not answer now.",
}
HEADERS = {"308": "Location", "401": "WWW-Authenticate", "405": "Allow", "429": "Retry-After", "503": "Retry-After"}
WRITTEN = (308, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 429, 503)
ASKED = tuple(status for status in WRITTEN if status not in (308, 404))
READ = tuple(status for status in WRITTEN if status != 415)
FIXED = (400, 405, 406, 414, 429, 503)
EXAMPLE = "SELECT * WHERE { ?subject ?predicate ?object } LIMIT 10"
INSERT = "INSERT DATA { GRAPH <https://example.org/graph> { <https://example.org/a> <https://example.org/b> 1 } }"
BODY = "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."
IRI: Part = {"type": "string", "format": "uri"}
BEARER: list[Part] = [{"bearer": []}]


def document(*, title: str, version: str, writable: bool) -> Part:
    """The document of a server, as JSON has it; what a read-only server refuses is left out."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "summary": "A knowledge graph of armed conflict and diplomacy"},
        "servers": [{"url": "/"}],
        "paths": _sparql(writable) | _graph_store(writable) | _pages() | _upkeep(),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {status: _error(status) for status in REASONS},
        },
    }


def _sparql(writable: bool) -> dict[str, Part]:
    """The SPARQL 1.1 Protocol: queries and updates at `/sparql`, each by itself at `/query` and `/update`."""
    found = {
        "/sparql": {
            "get": _query_by_get("getSparql", "Answer a query; without one, describe the service or show the editor"),
            "post": _post("postSparql", "Answer a query, or do an update", query=True, update=writable),
            "options": _options("optionsSparql"),
        },
        "/query": {
            "get": _query_by_get("getQuery", "Answer a query"),
            "post": _post("postQuery", "Answer a query", query=True, update=False),
            "options": _options("optionsQuery"),
        },
    }
    if writable:
        update = _post("postUpdate", "Do an update", query=False, update=True)
        found["/update"] = {"post": update, "options": _options("optionsUpdate")}
    return found


def _query_by_get(name: str, summary: str) -> Part:
    asked = _parameter("query", {"type": "string"}, "the query", example=EXAMPLE)
    return _operation(name, summary, {"200": _answer(*RESULTS, HTML)}, ASKED, [asked, *_dataset("query"), _format()])


def _post(name: str, summary: str, *, query: bool, update: bool) -> Part:
    forms = [
        _form(kind, graphs, example)
        for kind, graphs, example, allowed in (
            ("query", ("default-graph-uri", "named-graph-uri"), EXAMPLE, query),
            ("update", ("using-graph-uri", "using-named-graph-uri"), INSERT, update),
        )
        if allowed
    ]
    content: Part = {FORM: {"schema": {"oneOf": forms} if len(forms) > 1 else forms[0]}}
    if query:
        content[QUERY] = {"schema": {"type": "string"}, "example": EXAMPLE}
    if update:
        content[UPDATE] = {"schema": {"type": "string"}, "example": INSERT}
    answers = {"200": _answer(*RESULTS, PLAIN)} if query else {"200": _answer(PLAIN)}
    if update:
        answers["204"] = {"description": "The update is done."}
    parameters = [*(_dataset("query") if query else []), *(_dataset("update") if update else [])]
    parameters += [_format()] if query else []
    found = _operation(name, summary, answers, ASKED, parameters)
    found["requestBody"] = {"required": True, "content": content}
    if update:
        found["security"] = [{}, *BEARER] if query else BEARER
    return found


def _form(kind: str, graphs: tuple[str, str], example: str) -> Part:
    properties: Part = {kind: {"type": "string", "examples": [example]}}
    properties |= {graph: {"type": "array", "items": IRI} for graph in graphs}
    if kind == "query":
        properties["format"] = {"type": "string"}
    return {"type": "object", "required": [kind], "properties": properties}


def _dataset(kind: str) -> list[Part]:
    """The parameters that say which graphs make the default graph, and which can be named."""
    names = {"query": ("default-graph-uri", "named-graph-uri"), "update": ("using-graph-uri", "using-named-graph-uri")}
    lists = {"type": "array", "items": IRI}
    said = ("the graphs whose union is the default graph", "the graphs that GRAPH can name")
    return [_parameter(name, lists, text) for name, text in zip(names[kind], said, strict=True)]


def _graph_store(writable: bool) -> dict[str, Part]:
    """The SPARQL 1.1 Graph Store HTTP Protocol: a graph named by a parameter, or by the address itself."""
    default = _parameter("default", {"type": "string", "maxLength": 0}, "the default graph")
    default["allowEmptyValue"] = True
    graph = _parameter(
        "graph", IRI, "the IRI of a graph; either this or `default`", example="https://example.org/graph"
    )
    return {
        "/store": _graph_operations("Store", [graph, default], writable),
        "/store/{path}": _graph_operations("StorePath", [_path()], writable),
    }


def _graph_operations(name: str, parameters: list[Part], writable: bool) -> Part:
    sent: Part = {type: {"schema": {"type": "string"}} for type in GRAPHS}
    sent[TURTLE] = sent[TURTLE] | {"example": BODY}
    bodies = {"put": sent, "post": sent, "patch": {UPDATE: {"schema": {"type": "string"}, "example": INSERT}}}
    found: Part = {
        "get": _operation(
            f"get{name}", "Read a graph", {"200": _answer(*GRAPHS, HTML)}, READ, [*parameters, _format()]
        ),
        "head": _operation(f"head{name}", "Ask whether a graph is there", {"200": _answer()}, READ, parameters),
        "options": _options(f"options{name}", parameters),
    }
    summaries = {
        "put": "Replace a graph",
        "post": "Add to a graph",
        "patch": "Update a graph",
        "delete": "Drop a graph",
    }
    for method, summary in summaries.items() if writable else ():
        done: Part = {"200": _answer(PLAIN), "204": {"description": "It is done."}}
        if method in ("put", "post"):
            done["201"] = {"description": "The graph is new.", "headers": _header("Location")}
        found[method] = _operation(f"{method}{name}", summary, done, WRITTEN, parameters) | {"security": BEARER}
        if method in bodies:
            found[method]["requestBody"] = {"required": True, "content": bodies[method]}
    return found


def _pages() -> dict[str, Part]:
    """What an IRI leads to: a page for people, RDF for machines."""
    see = {"303": {"description": "It is told of on another page.", "headers": _header("Location")}}
    described = {"200": _answer(*GRAPHS, HTML)} | see
    ontology = {"200": _answer(TURTLE, HTML)}
    return {
        "/id/{path}": {"get": _operation("getId", "Describe an IRI", described, READ, [_path(), _format()])},
        "/graph/{path}": {"get": _operation("getGraph", "Read a named graph", described, READ, [_path(), _format()])},
        "/ns": {"get": _operation("getNs", "Read the ontology, as a page or as Turtle", ontology, FIXED)},
        "/ns.ttl": {"get": _operation("getNsTurtle", "Read the ontology as Turtle", {"200": _answer(TURTLE)}, FIXED)},
    }


def _upkeep() -> dict[str, Part]:
    """What machines ask about the server itself."""
    prefixes = {"type": "object", "additionalProperties": IRI}
    return {
        "/healthz": {"get": _operation("getHealth", "Ask whether it lives", {"200": _answer(PLAIN)}, FIXED)},
        "/readyz": {"get": _operation("getReady", "Ask whether the store answers", {"200": _answer(PLAIN)}, FIXED)},
        "/metrics": {
            "get": _operation("getMetrics", "Read the figures, for Prometheus", {"200": _answer(PLAIN)}, (*FIXED, 401))
        },
        "/openapi.json": {"get": _operation("getOpenapi", "Read this document", {"200": _json({})}, FIXED)},
        "/sparql/prefixes.json": {
            "get": _operation("getPrefixes", "Read the prefixes", {"200": _json(prefixes)}, FIXED)
        },
    }


def _operation(name: str, summary: str, answers: Part, errors: Iterable[int], parameters: Iterable[Part] = ()) -> Part:
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(errors)}
    found: Part = {"operationId": name, "summary": summary, "responses": answers | refused}
    return found | ({"parameters": listed} if (listed := list(parameters)) else {})


def _options(name: str, parameters: Iterable[Part] = ()) -> Part:
    done = {"200": {"description": "It may."}, "204": {"description": "It may."}}
    return _operation(name, "Ask what a page of another site may do here", done, (308, 405, 429, 503), parameters)


def _answer(*types: str) -> Part:
    table = {"type": "object", "required": ["head"]}
    content: Part = {type: {"schema": table} if type.endswith("results+json") else {} for type in types}
    return {"description": "The answer."} | ({"content": content} if content else {})


def _json(schema: Part) -> Part:
    return {"description": "The answer.", "content": {JSON: {"schema": {"type": "object"} | schema}}}


def _error(status: str) -> Part:
    """Why there is no answer, in plain text; a browser that asks by GET gets a page."""
    headers = {"headers": _header(HEADERS[status])} if status in HEADERS else {}
    return {"description": REASONS[status], "content": {PLAIN: {}, HTML: {}}} | headers


def _header(name: str) -> Part:
    return {name: {"schema": {"type": "string"}}}


def _parameter(name: str, schema: Part, description: str, *, example: str | None = None) -> Part:
    found = {"name": name, "in": "query", "description": description, "schema": schema}
    return found | ({"example": example} if example else {})


def _format() -> Part:
    said = "a short name such as `json` or `ttl`, or a media type; it goes before Accept"
    return _parameter("format", {"type": "string"}, said)


def _path() -> Part:
    said = "the rest of the IRI; it may have slashes"
    return {"name": "path", "in": "path", "required": True, "description": said, "schema": {"type": "string"}}
