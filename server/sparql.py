"""`/sparql`: the page with the editor, the description of the service, and updates; queries are the front's.

Sources: SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/; SPARQL 1.1 Service Description, section 2.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from pyoxigraph import serialize

from kg.export import NETWORKS, views
from kg.store import GRAPH_FORMATS
from ontology import NAMESPACE, classes, narrowest
from server import describing, media, stores
from server.auth import check_writer, preflight
from server.description import PREFIXES as DESCRIBED
from server.description import Service, describe
from server.examples import TEXT, grouped
from server.iris import PREFIXES
from server.pages.taking import WAYS
from server.pool.settings import Settings
from server.protocol import FORM, QUERY, UPDATE, Refused, operation
from server.updates import send

blueprint = Blueprint("sparql", __name__)
ALLOWED = "GET, HEAD, POST, OPTIONS"
GRAPHS = tuple(media.GRAPH_TYPES)
WRITTEN = PREFIXES | {"text": TEXT}


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"], strict_slashes=False, provide_automatic_options=False)
@blueprint.route("/query", methods=["GET", "POST", "OPTIONS"], strict_slashes=False, provide_automatic_options=False)
def endpoint() -> Response:
    """The page with the editor for a browser, the service's description for a program; an update is done."""
    if request.method == "OPTIONS":
        return _preflight()
    if request.method == "POST":
        if request.path.startswith("/query"):
            raise Refused(400, "this address takes queries: send an update to /update or /sparql")
        return _update()
    format = media.chosen(request, (*GRAPHS, "html"))
    if format == "html":
        return _page()
    if format is None or request.args:
        raise Refused(400, "the request must have one parameter 'query'; without any it gets the service's description")
    return _description(format)


@blueprint.route("/update", methods=["POST", "OPTIONS"], strict_slashes=False, provide_automatic_options=False)
def update() -> Response:
    """An update is done."""
    return _preflight("POST, OPTIONS") if request.method == "OPTIONS" else _update()


@blueprint.get("/sparql/prefixes.json")
def prefixes() -> Response:
    """The prefixes that the editor completes and adds."""
    return jsonify(WRITTEN)


def _update() -> Response:
    asked = operation("POST", request.query_string.decode("latin-1"), request.content_type or "", request.get_data())
    if asked.kind != "update":
        raise Refused(400, "this address takes updates: send a query to /sparql")
    check_writer(request)
    return send(asked, base=request.base_url)


def _description(format: str) -> Response:
    """What the endpoint is and can do. Its statistics may be a little older than the store."""
    settings: Settings = current_app.extensions["kg.settings"]
    root = request.host_url.rstrip("/")
    triples = describe(
        Service(
            endpoint=f"{root}/sparql",
            graph_store=f"{root}/store",
            writable=settings.writable,
            base=stores.names().base,
            title=settings.title,
            statistics=describing.statistics(),
            allowed_services=settings.services,
            text_search=True,
        )
    )
    out = io.BytesIO()
    serialize(triples, out, GRAPH_FORMATS[format], prefixes=DESCRIBED)
    return Response(out.getvalue(), content_type=media.content_type(format), headers={"Vary": "Accept"})


def _page() -> Response:
    """The editor; without it (a source tree whose front end was never built) a plain form."""
    describing.statistics()  # counted by the time that the editor asks for the description to complete words by
    shown = [each for group in grouped().values() for each in group]
    asked = [{"name": each.name, "title": each.title, "query": each.render()} for each in shown]
    page = render_template(
        "sparql.html",
        groups=grouped(),
        examples=asked,
        first=asked[0]["query"],
        prefixes=WRITTEN,
        names=stores.names(),
        vocabulary=NAMESPACE,
        classes=_narrowest_first(),
        ways=WAYS,
        drawn=list(NETWORKS),
        views=views().values(),
        built=(Path(current_app.static_folder or "") / "vendor" / "yasgui.min.js").is_file(),
    )
    return Response(page, mimetype="text/html", headers={"Vary": "Accept"})


@cache
def _narrowest_first() -> list[str]:
    """The classes of the ontology in an order in which the first that a node has is its narrowest."""
    left, found = {NAMESPACE + name for name in classes()}, []
    while left:
        found.append(narrowest(left))
        left.remove(NAMESPACE + found[-1])
    return found


def _preflight(allowed: str = ALLOWED) -> Response:
    return Response(
        status=204,
        headers={
            "Allow": allowed,
            "Accept-Post": f"{FORM}, {QUERY}, {UPDATE}",
            "Access-Control-Max-Age": "86400",
            **preflight(request, allowed),
        },
    )
