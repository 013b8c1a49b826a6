"""The endpoint over HTTP: SPARQL, pages for people, IRIs that dereference, the ontology.

`serve` starts the processes of a server and runs until it is stopped; `create_app` gives the Flask application that
answers all but queries there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from server.app import create_app
    from server.run import serve

__all__ = ["create_app", "serve"]
_FROM = {"create_app": "server.app", "serve": "server.run"}


def __getattr__(name: str) -> Any:
    """Imported when it is first wanted: a process that forks evaluators must not have read the ontology by then.

    To read it makes blank nodes, and so begins Oxigraph's random numbers. All forks would go on with the same ones,
    and blank nodes and UUIDs of different requests would be equal.
    """
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)
