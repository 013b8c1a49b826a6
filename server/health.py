"""`/healthz`: whether the store answers."""

from __future__ import annotations

from flask import Blueprint, Response

from server.stores import store

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 and 'ok' where the store answers a query; a StoreError gives 503."""
    store().query("ASK {}")
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
