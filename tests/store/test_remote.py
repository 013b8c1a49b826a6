"""What only a store on a server does."""

import socket
import threading
from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from kg.errors import StoreError
from kg.store import open_store, remote, sending


def test_a_server_that_does_not_answer_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    store = open_store(f"sparql+http://127.0.0.1:{port}/query")
    with pytest.raises(StoreError, match=f"http://127.0.0.1:{port}/query does not answer"):
        store.graphs()
    store.close()


def test_a_page_that_is_no_query_service_is_told(oxigraph_port: int) -> None:
    address = f"sparql+http://127.0.0.1:{oxigraph_port}/nowhere"
    with open_store(address) as store, pytest.raises(StoreError, match="nowhere answers 404"):
        store.graphs()


@pytest.mark.parametrize("address", ["sparql+http:///query", "sparql+http://localhost/query?token=1"])
def test_an_address_without_sense_is_told(address: str) -> None:
    with pytest.raises(StoreError, match="the address is like sparql"):
        open_store(address)


def test_the_address_is_written_as_it_is_given(oxigraph: str) -> None:
    with open_store(oxigraph) as store:
        assert store.where == oxigraph


@pytest.fixture
def busy() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A Graph Store Protocol service that has no time for every second request, and what it has taken.

    It takes no graph whose name ends in 'never'.
    """
    app, taken, asked = Flask(__name__), list[tuple[str, str]](), count()

    @app.route("/graphs", methods=["PUT", "POST"])
    def graphs() -> Response:
        if next(asked) % 2 == 0:
            return Response("later", 503, headers={"Retry-After": "0"})
        if request.args["graph"].endswith("never"):
            return Response("never", 507)
        taken.append((request.args["graph"], request.get_data(as_text=True)))
        return Response(status=204)

    server = make_server("127.0.0.1", 0, app, threaded=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"sparql+http://127.0.0.1:{server.server_port}/sparql?graphs=/graphs", taken
    server.shutdown()
    thread.join()
    server.server_close()


def line(graph: str) -> bytes:
    return f'<https://e.org/a> <https://e.org/p> "1" <{graph}> .\n'.encode()


def test_a_busy_server_is_asked_again(busy: tuple[str, list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch) -> None:
    address, taken = busy
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.01)
    graphs = [f"https://e.org/{n}" for n in range(9)]
    with open_store(address) as store:
        store.put({graph: line(graph) for graph in graphs})
    assert sorted(taken) == [(graph, '<https://e.org/a> <https://e.org/p> "1" .\n') for graph in graphs]


def test_what_a_server_refuses_is_told_and_ends_the_put(
    busy: tuple[str, list[tuple[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, taken = busy
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.01)
    graphs = ["https://e.org/never", *(f"https://e.org/{n}" for n in range(200))]
    with open_store(address) as store, pytest.raises(StoreError, match="/graphs answers 507: never"):
        store.put({graph: line(graph) for graph in graphs})
    assert len(taken) < 200


def test_a_server_that_stays_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.01)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with (
        open_store(f"sparql+http://127.0.0.1:{port}/query") as store,
        pytest.raises(StoreError, match=f"http://127.0.0.1:{port}/update does not answer"),
    ):
        store.put({"https://e.org/g": line("https://e.org/g")})


def test_many_graphs_go_in_requests_of_bounded_size(oxigraph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "LARGEST", 2_000)
    graphs = [f"https://e.org/{n}" for n in range(20)]
    with open_store(oxigraph) as store:
        store.put({graph: line(graph) for graph in graphs})
        assert store.graphs() == sorted(graphs)
        assert sum(1 for _ in store.query("SELECT * { ?s ?p ?o }").rows()) == 1


def test_blank_nodes_are_not_sent_in_pieces(oxigraph: str) -> None:
    with open_store(oxigraph) as store, pytest.raises(StoreError, match="can't have blank nodes"):
        store.load([b"_:a <https://e.org/p> _:b <https://e.org/g> .\n"])
