"""`/store`: writing by the SPARQL 1.1 Graph Store HTTP Protocol; reading is the front's (`server.front`).

Source: https://www.w3.org/TR/sparql11-http-rdf-update/ (section 5). A graph is named by `?graph=IRI`, `?default`, or by
its own address below `/store/`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from flask import Blueprint, Response, current_app, request

from server import media, writing
from server.auth import check_writer, preflight
from server.pool.settings import Settings
from server.protocol import UPDATE, Refused, operation
from server.store_paths import ROOT, graph_of, state_of
from server.updates import send

blueprint = Blueprint("graphs", __name__)
MULTIPART = "multipart/form-data"
METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]
ALLOWED = "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS"


@blueprint.route("/store", methods=METHODS, strict_slashes=False, provide_automatic_options=False)
@blueprint.route("/store/<path:path>", methods=METHODS, provide_automatic_options=False)
def graph(path: str = "") -> Response:
    """Writes a graph as the method says."""
    if request.method == "OPTIONS":
        return _options()
    if request.method in ("GET", "HEAD"):
        raise Refused(404, "graphs are read from an evaluator, not here")
    check_writer(request)
    fresh = request.method == "POST" and not path and not {"graph", "default"} & request.args.keys()
    iri = _new() if fresh else graph_of(_Asked())
    if iri is None:
        raise Refused(404, "there is no such graph")
    conditions = _conditions(iri)
    if request.method == "DELETE":
        return writing.done(f"deleted {iri or 'the default graph'}", writing.write("delete", graph=iri, **conditions))
    if request.method == "PATCH":
        return _patch(iri, conditions)
    with _parts(iri) as parts:
        told = writing.write("put", graph=iri, parts=parts, add=request.method == "POST", **conditions)
    if fresh or not told["there"]:
        return writing.done(f"created {iri or 'the default graph'}", told, 201, Location=iri or request.url)
    return writing.done("stored", told, 200 if request.method == "POST" else 204)


class _Asked:
    """The request as `graph_of` wants it."""

    path = property(lambda _: request.path)
    query_string = property(lambda _: request.query_string.decode("latin-1"))
    address = property(lambda _: f"{request.scheme}://{request.host}{request.path}")


def _new() -> str:
    """An IRI that no graph has, for one that a client leaves us to name."""
    return f"{request.scheme}://{request.host}{ROOT}/{uuid4()}"


def _patch(iri: str, conditions: dict[str, object]) -> Response:
    """Runs an update over this graph alone (section 5.7), by the dataset of the update."""
    if request.mimetype != UPDATE:
        raise Refused(415, f"a graph is patched by an update: send {UPDATE}", {"Accept-Patch": UPDATE})
    asked = operation("POST", "", request.content_type or "", request.get_data())
    return send(asked, base=iri or request.base_url, within=iri, **conditions)


@contextmanager
def _parts(iri: str) -> Iterator[list[dict[str, str]]]:
    """The graphs of the body, each in a file of its own that is gone afterwards."""
    found: list[dict[str, str]] = []
    try:
        if request.mimetype == MULTIPART:
            for _, file in request.files.items(multi=True):
                found.append(_kept(file.stream, media.of_body(file.content_type or ""), iri))
            if not found:
                raise Refused(400, "the form has no file, and so no graph")
        else:
            found.append(_kept(request.stream, media.of_body(request.content_type or ""), iri))
        yield found
    finally:
        for part in found:
            Path(part["path"]).unlink()


def _kept(stream: IO[bytes], format: str, iri: str) -> dict[str, str]:
    settings: Settings = current_app.extensions["kg.settings"]
    with tempfile.NamedTemporaryFile(dir=settings.rundir, delete=False) as file:
        while piece := stream.read(1 << 20):
            file.write(piece)
    return {"path": file.name, "format": format, "base": iri or request.base_url}


def _conditions(iri: str) -> dict[str, object]:
    """Which states of the graph the request is meant for (RFC 9110, 13.1); the keeper looks before it writes."""
    found: dict[str, object] = {"concerns": iri}
    for name, header in (("match", "If-Match"), ("none_match", "If-None-Match")):
        if (said := request.headers.get(header)) is not None:
            found[name] = [state_of(tag) for tag in said.split(",")]
    return found


def _options() -> Response:
    headers = {
        "Allow": ALLOWED,
        "Accept-Patch": UPDATE,
        **preflight(request, ALLOWED),
    }
    return Response(status=204, headers=headers)
