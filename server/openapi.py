"""The server described for tools that speak HTTP and not RDF: an OpenAPI 3.1 document.

It names every status that a route can answer with, so that a client can be generated from it and a server tested by it.
"""

from __future__ import annotations

from server import media
from server.openapi_pages import exports, judgement, pages
from server.openapi_parts import (
    ANSWERED,
    FIXED,
    FORM,
    HTML,
    IRI,
    PLAIN,
    READ,
    REASONS,
    TURTLE,
    Part,
    answer,
    error,
    format_parameter,
    header,
    json_answer,
    operation,
    options,
    parameter,
    path_parameter,
    unchanged,
)

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
GRAPHS = tuple(media.GRAPH_TYPES.values())
RESULTS = (*media.TABLE_TYPES.values(), *GRAPHS)
WRITTEN = (*ANSWERED, 412)
ASKED = tuple(status for status in ANSWERED if status not in (308, 404))
EXAMPLE = "SELECT * WHERE { ?subject ?predicate ?object } LIMIT 10"
INSERT = "INSERT DATA { GRAPH <https://example.org/graph> { <https://example.org/a> <https://example.org/b> 1 } }"
BODY = "<https://example.org/a> <https://example.org/b> <https://example.org/c> ."
BEARER: list[Part] = [{"bearer": []}]


def document(*, title: str, version: str, writable: bool) -> Part:
    """The document of a server, as JSON has it; what a read-only server refuses is left out."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "summary": "A knowledge graph of armed conflict and diplomacy"},
        "servers": [{"url": "/"}],
        "paths": _paths(writable),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {status: error(status) for status in REASONS},
        },
    }


def _paths(writable: bool) -> dict[str, Part]:
    found = _sparql(writable) | _graph_store(writable) | pages() | exports() | _upkeep(writable)
    if writable:
        found["/review"]["post"] = judgement() | {"security": BEARER}
    return found


def _sparql(writable: bool) -> dict[str, Part]:
    """The SPARQL 1.1 Protocol: queries and updates at `/sparql`, each by itself at `/query` and `/update`."""
    found = {
        "/sparql": {
            "get": _query_by_get("getSparql", "Answer a query; without one, describe the service or show the editor"),
            "post": _post("postSparql", "Answer a query, or do an update", query=True, update=writable),
            "options": options("optionsSparql"),
        },
        "/query": {
            "get": _query_by_get("getQuery", "Answer a query"),
            "post": _post("postQuery", "Answer a query", query=True, update=False),
            "options": options("optionsQuery"),
        },
    }
    if writable:
        update = _post("postUpdate", "Do an update", query=False, update=True)
        found["/update"] = {"post": update, "options": options("optionsUpdate")}
    return found


def _query_by_get(name: str, summary: str) -> Part:
    asked = parameter("query", {"type": "string"}, "the query", example=EXAMPLE)
    parameters = [asked, *_dataset("query"), format_parameter()]
    return operation(name, summary, {"200": answer(*RESULTS, HTML)} | unchanged(), ASKED, parameters)


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
    answers = {"200": answer(*RESULTS, PLAIN)} if query else {"200": answer(PLAIN)}
    if update:
        answers["204"] = {"description": "The update is done."}
    parameters = [*(_dataset("query") if query else []), *(_dataset("update") if update else [])]
    parameters += [format_parameter()] if query else []
    found = operation(name, summary, answers, ASKED, parameters)
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
    return [parameter(name, lists, text) for name, text in zip(names[kind], said, strict=True)]


def _graph_store(writable: bool) -> dict[str, Part]:
    """The SPARQL 1.1 Graph Store HTTP Protocol: a graph named by a parameter, or by the address itself."""
    default = parameter("default", {"type": "string", "maxLength": 0}, "the default graph")
    default["allowEmptyValue"] = True
    graph = parameter("graph", IRI, "the IRI of a graph; either this or `default`", example="https://example.org/graph")
    return {
        "/store": _graph_operations("Store", [graph, default], writable),
        "/store/{path}": _graph_operations("StorePath", [path_parameter()], writable),
    }


def _graph_operations(name: str, parameters: list[Part], writable: bool) -> Part:
    sent: Part = {type: {"schema": {"type": "string"}} for type in GRAPHS}
    sent[TURTLE] = sent[TURTLE] | {"example": BODY}
    bodies = {"put": sent, "post": sent, "patch": {UPDATE: {"schema": {"type": "string"}, "example": INSERT}}}
    found: Part = {
        "get": operation(
            f"get{name}",
            "Read a graph",
            {"200": answer(*GRAPHS)} | unchanged(),
            READ,
            [*parameters, format_parameter()],
        ),
        "head": operation(
            f"head{name}", "Ask whether a graph is there", {"200": answer()} | unchanged(), READ, parameters
        ),
        "options": options(f"options{name}", parameters),
    }
    summaries = {
        "put": "Replace a graph",
        "post": "Add to a graph",
        "patch": "Update a graph",
        "delete": "Drop a graph",
    }
    for method, summary in summaries.items() if writable else ():
        done: Part = {"200": answer(PLAIN), "204": {"description": "It is done."}}
        if method in ("put", "post"):
            done["201"] = {"description": "The graph is new.", "headers": header("Location")}
        found[method] = operation(f"{method}{name}", summary, done, WRITTEN, parameters) | {"security": BEARER}
        if method in bodies:
            found[method]["requestBody"] = {"required": True, "content": bodies[method]}
    return found


def _upkeep(writable: bool) -> dict[str, Part]:
    """What machines ask about the server itself."""
    prefixes = {"type": "object", "additionalProperties": IRI}
    found = {
        "/healthz": {"get": operation("getHealth", "Ask whether it lives", {"200": answer(PLAIN)}, FIXED)},
        "/readyz": {"get": operation("getReady", "Ask whether the store answers", {"200": answer(PLAIN)}, FIXED)},
        "/metrics": {
            "get": operation("getMetrics", "Read the figures, for Prometheus", {"200": answer(PLAIN)}, (*FIXED, 401))
        },
        "/openapi.json": {"get": operation("getOpenapi", "Read this document", {"200": json_answer({})}, FIXED)},
        "/sparql/prefixes.json": {
            "get": operation("getPrefixes", "Read the prefixes", {"200": json_answer(prefixes)}, FIXED)
        },
    }
    if writable:
        found["/admin/backup"] = {"post": _backup()}
    return found


def _backup() -> Part:
    named = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}}}
    done = {"201": answer(PLAIN)}
    errors = (400, 401, 403, 405, 409, 413, 429, 503)
    found = operation("postBackup", "Copy the store to a new folder beside it", done, errors)
    return found | {"requestBody": {"required": True, "content": {FORM: {"schema": named}}}, "security": BEARER}
