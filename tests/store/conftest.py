"""The backends: every test that takes `store` runs over each of them, servers on a real port included."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask, Response, request
from pyoxigraph import RdfFormat, parse
from werkzeug.serving import make_server

from kg.errors import QueryError
from kg.store import Store, open_store
from tests.oxigraph import served

BACKENDS = ("folder", "oxigraph", "graph-store")


@pytest.fixture(params=BACKENDS)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each backend."""
    if request.param == "folder":
        return str(tmp_path / "store")
    return request.getfixturevalue(request.param.replace("-", "_"))


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    with open_store(where) as opened:
        yield opened


@pytest.fixture
def oxigraph(oxigraph_port: int) -> str:
    """The address of Oxigraph's own server, emptied."""
    httpx.post(f"http://127.0.0.1:{oxigraph_port}/update", data={"update": "CLEAR ALL"}).raise_for_status()
    return f"sparql+http://127.0.0.1:{oxigraph_port}/query"


@pytest.fixture(scope="session")
def oxigraph_port() -> Iterator[int]:
    with served() as port:
        yield port


@pytest.fixture
def graph_store(tmp_path: Path) -> Iterator[str]:
    """The address of a server that has a Graph Store Protocol service and keeps the union by itself."""
    kept = open_store(tmp_path / "served")
    app = Flask(__name__)

    @app.post("/sparql")
    def sparql() -> Response:
        try:
            results = kept.query(
                request.form["query"],
                default_graphs=request.form.getlist("default-graph-uri"),
                named_graphs=request.form.getlist("named-graph-uri"),
            )
        except QueryError as error:
            return Response(str(error), 400, content_type="text/plain")
        if results.kind == "graph":
            return Response(results.encode("nt"), content_type="application/n-triples")
        return Response(results.encode("json"), content_type="application/sparql-results+json; charset=utf-8")

    @app.put("/graphs")
    def put() -> Response:
        kept.replace(request.args["graph"], list(parse(request.get_data(), RdfFormat.N_TRIPLES)))
        return Response(status=204)

    @app.post("/graphs")
    def post() -> Response:
        kept.replace(
            request.args["graph"],
            kept.quads(request.args["graph"]) + list(parse(request.get_data(), RdfFormat.N_TRIPLES)),
        )
        return Response(status=204)

    @app.delete("/graphs")
    def delete() -> Response:
        return Response(status=204 if kept.remove(request.args["graph"]) else 404)

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"sparql+http://127.0.0.1:{server.server_port}/sparql?graphs=/graphs"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        kept.close()
