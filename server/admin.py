"""`/admin/backup`: a copy of the store, made while it is served and written to. For whoever has the token."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, current_app, request

from server.auth import check_writer
from server.pool.client import keeper
from server.pool.settings import Settings
from server.protocol import Refused

blueprint = Blueprint("admin", __name__)
PATIENCE = 3600.0
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@blueprint.post("/admin/backup")
def backup() -> Response:
    """Copies the store to the new folder that the field `name` names, beside the store: a name, not a path."""
    check_writer(request)
    settings: Settings = current_app.extensions["kg.settings"]
    name = request.form.get("name", "")
    if not NAME.fullmatch(name):
        raise Refused(
            400, "send a field 'name': what to call the backup's folder, of letters, digits, '-', '_' and '.'"
        )
    target = Path(settings.where).resolve().parent / name
    if target.exists():
        raise Refused(409, f"there is a {name} already: name a new folder")
    keeper(Path(settings.rundir), {"do": "backup", "to": str(target)}, seconds=PATIENCE)
    return Response(f"{name}\n", status=201, mimetype="text/plain")
