"""How large a query, an address, a head and a body may be."""

import socket
from contextlib import suppress

import pytest

from tests.server.serving import POINT, QUERY, TURTLE, Served, ask, ready, update, values


def test_size_of_a_query(limited: Served) -> None:
    with limited.client() as client:
        answer = ask(client, POINT + " " * 21_000)
        assert answer.status_code == 413
        assert "20,480" in answer.text
        assert client.post("/sparql", data={"query": POINT + " " * 21_000}).status_code == 413
        assert values(ask(client, POINT + " " * 19_000)) == ["14"]


def test_size_of_an_address(limited: Served) -> None:
    with limited.client() as client:
        assert client.get("/sparql", params={"query": POINT + "#" + "x" * 19_000}).status_code == 200
        assert client.get("/sparql", params={"query": POINT + "#" + "x" * 21_000}).status_code == 413


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        (f"GET /sparql?query={'x' * 1_000_000} HTTP/1.1\r\nHost: test\r\n\r\n", ("400", "413", "414", "431")),
        (f"GET /healthz HTTP/1.1\r\nHost: test\r\nX-Long: {'x' * 1_000_000}\r\n\r\n", ("400", "413", "431")),
    ],
    ids=["address", "header"],
)
def test_head_that_is_too_long_is_not_read(limited: Served, head: str, statuses: tuple[str, ...]) -> None:
    """The HTTP server refuses it, or hangs up on it, before it is ours to judge."""
    got = b""
    with socket.create_connection(("127.0.0.1", limited.port), timeout=20) as sock, suppress(ConnectionError):
        sock.sendall(head.encode())
        got = sock.recv(1000)
    assert not got or got.decode().split()[1] in statuses
    with limited.client() as client:
        assert ready(client)


@pytest.mark.parametrize("chunked", [False, True])
def test_size_of_a_body(limited: Served, chunked: bool) -> None:
    graph = f'<urn:s> <urn:p> "{"x" * 150_000}" .'.encode()
    body = (graph[n : n + 10_000] for n in range(0, len(graph), 10_000)) if chunked else graph
    with limited.client() as client:
        answer = client.put("/store?graph=urn:large", content=body, headers=TURTLE)
        assert answer.status_code == 413
        assert "100,000" in answer.text or "102,400" in answer.text
    with limited.client() as client:
        assert client.get("/store?graph=urn:large").status_code == 404


def test_size_of_a_stranger_s_body_is_that_of_a_query(limited: Served) -> None:
    """Only who sends a token may send much, whatever it says it is."""
    with limited.client() as client:
        answer = client.post("/sparql", content=b"x" * 50_000, headers=QUERY)
        assert answer.status_code == 413
        assert "20,480" in answer.text


def test_size_of_an_update_is_that_of_a_body(limited: Served) -> None:
    """Whoever may write may write much."""
    with limited.client() as client:
        text = f'INSERT DATA {{ GRAPH <urn:large> {{ <urn:s> <urn:p> "{"x" * 50_000}" }} }}'
        assert update(client, text).status_code == 200
        assert update(client, "DROP GRAPH <urn:large>").status_code == 200


def test_body_that_never_ends_is_read_no_further(limited: Served) -> None:
    with socket.create_connection(("127.0.0.1", limited.port), timeout=20) as sock:
        head = "PUT /store?graph=urn:large HTTP/1.1\r\nHost: test\r\nContent-Type: text/turtle\r\n"
        head += f"Authorization: {TURTLE['Authorization']}\r\nTransfer-Encoding: chunked\r\n\r\n"
        sock.sendall(head.encode())
        sent = 0
        with suppress(OSError):
            while sent < 50 << 20:
                sock.sendall(b"10000\r\n" + b"#" * 0x10000 + b"\r\n")
                sent += 0x10000
        assert sent < 50 << 20, "all of it was read"
    with limited.client() as client:
        assert ready(client)
