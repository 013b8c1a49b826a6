"""Handing writes to the keeper of the store, and telling the client what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response, current_app

from server.pool.client import keeper
from server.pool.settings import Settings

# A write waits for the one before it, is evaluated, done and shown.
PATIENCE = 4


def write(job: str, **terms: Any) -> Mapping[str, Any]:
    """What the keeper says of a write that it has done: `version`, `there`, `changed`.

    `there` tells whether the graph that it is about was there before. Raises KGError with the reason where it is not
    done.
    """
    settings: Settings = current_app.extensions["kg.settings"]
    asked = {"do": "write", "job": job, **terms}
    return keeper(Path(settings.rundir), asked, seconds=settings.timeout * PATIENCE + 10)


def done(words: str, told: Mapping[str, Any], status: int = 200, **headers: str) -> Response:
    """The answer to a write: in words, with the version of the store that shows it."""
    response = Response(words + "\n" if status != 204 else "", status=status, mimetype="text/plain", headers=headers)
    response.headers["Store-Version"] = str(told["version"])
    response.headers["Cache-Control"] = "no-store"
    return response
