"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a page with an editor for browsers.

Source: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/ (section 2.1). Updates are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from pyoxigraph import NamedNode

from kg.errors import KGError, QueryError
from kg.queries import queries
from server import guard, media, stores
from server.iris import PREFIXES

blueprint = Blueprint("sparql", __name__)
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
ACCEPTED = {"Accept-Post": f"{FORM}, {QUERY}"}
FORMATS = {"table": tuple(media.TABLE_TYPES), "boolean": tuple(media.TABLE_TYPES), "graph": tuple(media.GRAPH_TYPES)}
READ_ONLY = "this endpoint is read-only: it takes queries, not updates"


class NotAcceptable(KGError):
    """The client takes none of the formats that this kind of answer has."""

    http_status = 406


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
def endpoint() -> Response:
    """The answer to a query, the page with the editor, or the reason why not."""
    if request.method == "OPTIONS":
        return _preflight()
    if request.method in ("GET", "HEAD") and _wants_page():
        return _page()
    query = _query()
    guard.check(query)
    fields = request.values if request.mimetype == FORM else request.args
    default_graphs, named_graphs = _graphs(fields.to_dict(flat=False))
    formats = {kind: media.choose(request, offered) for kind, offered in FORMATS.items()}
    if not any(formats.values()):
        media.refuse((*media.TABLE_TYPES, *media.GRAPH_TYPES))

    def format_of(kind: str) -> str:
        if (format := formats[kind]) is None:
            raise NotAcceptable(f"a {kind} can be sent as " + ", ".join(media.TYPES[f] for f in FORMATS[kind]))
        return format

    encoded = stores.answer(query, default_graphs=default_graphs, named_graphs=named_graphs, choose=format_of)
    return Response(encoded.body, content_type=media.content_type(encoded.format), headers={"Vary": "Accept"})


@blueprint.get("/sparql/prefixes.json")
def prefixes() -> Response:
    """The prefixes that the editor completes and adds."""
    return jsonify(PREFIXES)


def _wants_page() -> bool:
    """Whether a browser asks: HTML is what it likes best, and it has not named a format."""
    if request.args.get("format"):
        return False
    machine = (*media.TABLE_TYPES, *media.GRAPH_TYPES)
    return media.choose(request, (*machine, "html")) == "html"


def _page() -> Response:
    """The editor; without it (a source tree whose front end was never built) a plain form."""
    examples = [
        {"name": name, "title": query.title, "description": query.description, "query": query.render()}
        for name, query in queries().items()
        if query.services == frozenset()
    ]
    built = (Path(current_app.static_folder or "") / "vendor" / "yasgui.min.js").is_file()
    page = render_template("sparql.html", examples=examples, prefixes=PREFIXES, base=stores.names().base, built=built)
    return Response(page, mimetype="text/html", headers={"Vary": "Accept"})


def _query() -> str:
    """The one query of the request; 400, 403 or 415 where there is none to answer."""
    if request.method in ("GET", "HEAD"):
        fields = request.args
    elif request.mimetype == FORM:
        fields = request.form
    elif request.mimetype == QUERY:
        return _direct()
    elif request.mimetype == UPDATE:
        abort(403, description=READ_ONLY)
    else:
        abort(Response(f"send {FORM} or {QUERY}\n", status=415, mimetype="text/plain", headers=ACCEPTED))
    if "update" in fields or "update" in request.args:
        abort(403, description=READ_ONLY)
    found = fields.getlist("query")
    if len(found) != 1:
        raise QueryError(f"the request must have one parameter 'query'; it has {len(found)}")
    return found[0]


def _direct() -> str:
    try:
        return request.get_data().decode("utf8")
    except UnicodeDecodeError as error:
        raise QueryError(f"the query is not UTF-8: byte {error.start} can't be read") from error


def _graphs(fields: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """The default and the named graphs that the parameters ask for; raises QueryError for what is no IRI."""
    wanted = fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
    for iri in (*wanted[0], *wanted[1]):
        try:
            NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"{iri!r} is not an absolute IRI, so it can't name a graph: {error}") from error
    return wanted


def _preflight() -> Response:
    return Response(
        status=204,
        headers={
            "Allow": "GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Accept, Content-Type",
            "Access-Control-Max-Age": "86400",
        },
    )
