"""`/healthz`, `/readyz` and `/metrics`: for those who look after the server; and its description as OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from kg import __version__
from server.metrics import Metrics
from server.openapi import document
from server.pool.client import keeper
from server.pool.settings import Settings
from server.stores import store

blueprint = Blueprint("health", __name__)
PATIENCE = 5.0
FRESH = {"Cache-Control": "no-store"}


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 and 'ok' as long as the server answers requests at all."""
    return Response("ok\n", mimetype="text/plain", headers=FRESH)


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 and 'ready' where a query is answered and the keeper of the store is there; 503 with the reason otherwise."""
    store().query("ASK {}")
    _status()
    return Response("ready\n", mimetype="text/plain", headers=FRESH)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The counters in Prometheus' text format."""
    counters: Metrics = current_app.extensions["kg.metrics"]
    return Response(counters.text(_status()), mimetype="text/plain", headers=FRESH)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI description of this server."""
    settings: Settings = current_app.extensions["kg.settings"]
    return jsonify(document(title=settings.title, version=__version__, writable=settings.writable))


def _status() -> Mapping[str, Any]:
    settings: Settings = current_app.extensions["kg.settings"]
    return keeper(Path(settings.rundir), {"do": "status"}, seconds=PATIENCE)
