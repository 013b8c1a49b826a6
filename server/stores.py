"""The store of the running application, as pages ask it: through the evaluators, like everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from flask import current_app
from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.store import Results
from server.iris import Names
from server.pool.client import ask
from server.pool.settings import Settings
from server.pool.state import State

COPY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
FORMATS = {"table": "json", "boolean": "json", "graph": "nt"}


class Asked:
    """The store of a server, to be asked and not to be written. Our own queries only: nothing is checked."""

    def __init__(self, settings: Settings) -> None:
        self._rundir, self._settings = Path(settings.rundir), settings
        self._state = State(self._rundir)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Results:
        """The answer of an evaluator. Raises KGError, as `server.pool.client.ask`."""
        terms = {
            "job": "query",
            "query": sparql,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "formats": FORMATS,
        }
        reply = ask(self._rundir, self._state, terms, seconds=self._settings.timeout)
        if reply.head["format"] == "json":
            return Results(ox.parse_query_results(reply.body, QueryResultsFormat.JSON))
        copy = ox.Store()
        copy.extend(ox.parse(reply.body, RdfFormat.N_TRIPLES))
        return Results(copy.query(COPY))


def store() -> Asked:
    """The store that the server serves."""
    return cast(Asked, current_app.extensions["kg.store"])


def names() -> Names:
    """The IRI spaces of the application."""
    return cast(Names, current_app.extensions["kg.names"])


def rows(sparql: str) -> list[dict[str, str]]:
    """The rows of our own SELECT query, every term as its text."""
    return rows_of(store(), sparql)


def rows_of(asked: Asked, sparql: str) -> list[dict[str, str]]:
    """The same, of a store that is given."""
    return [{name: text_of(term) for name, term in row.items()} for row in asked.query(sparql).rows()]


def text_of(term: object) -> str:
    """An IRI or a literal's value as text."""
    return str(getattr(term, "value", term))
