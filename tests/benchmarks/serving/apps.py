"""What people write who serve an rdflib dataset: applications that granian makes by calling these, one per process.

The folder of the database is in the environment, as SERVED.
"""

from __future__ import annotations

import os
from typing import Any

SERVED = "KG_BENCHMARK_DATABASE"


def dataset() -> Any:
    """The dataset of rdflib over an Oxigraph database in a folder."""
    from rdflib import Dataset

    found = Dataset(store="Oxigraph")
    found.open(os.environ[SERVED])
    return found


def rdflib_endpoint() -> Any:
    """The ASGI application of the package rdflib-endpoint."""
    from rdflib_endpoint import SparqlEndpoint

    return SparqlEndpoint(graph=dataset(), path="/sparql")


def flask_oxrdflib() -> Any:
    """A Flask application of ten lines."""
    from flask import Flask, Response, request

    app, graph = Flask(__name__), dataset()

    @app.get("/sparql")
    def sparql() -> Response:
        answer = graph.query(request.args["query"])
        if answer.type == "CONSTRUCT":
            return Response(answer.serialize(format="nt"), mimetype="application/n-triples")
        return Response(answer.serialize(format="json"), mimetype="application/sparql-results+json")

    return app
