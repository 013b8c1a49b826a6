"""The statistics of the running server's store: counted in the background, as often as it changes and no oftener."""

from __future__ import annotations

from flask import current_app

from server.pool.state import State
from server.statistics import Latest, Statistics


def statistics() -> Statistics | None:
    """The latest count, which may be of a store that has changed since; None before the first has ended."""
    state: State = current_app.extensions["kg.state"]
    latest: Latest[Statistics] = current_app.extensions["kg.statistics"]
    return latest.get(state.version)
