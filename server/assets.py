"""What pages load from `/static`: addresses that change with the content, so a browser need never ask twice."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


def add_assets(app: Flask) -> None:
    """Gives templates `asset(name)`, the address of a file of `/static` with its version, and browsers their icon."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)
    # What a browser asks for where a page names no icon, as the ontology's does.
    app.add_url_rule("/favicon.ico", "icon", lambda: app.send_static_file("icon.svg"))


def asset(name: str) -> str:
    """The address of a file of `/static`, with a version where it is there."""
    path = FOLDER / name
    if not path.is_file():
        return url_for("static", filename=name)
    return url_for("static", filename=name, v=_version(path, path.stat().st_mtime_ns))


@lru_cache(256)
def _version(path: Path, changed: int) -> str:  # noqa: ARG001 - what is cached depends on it
    return hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()


def _keep(response: Response) -> Response:
    """What is asked for with a version never changes."""
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        response.headers["Cache-Control"] = FOREVER
    return response
