"""Requests that are broken or forged: they make no header, lead nowhere else, and are not the server's fault."""

import socket
from contextlib import closing

import pytest

from tests.server.serving import TURTLE, WRITER, Served


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&format=json%0D%0AX-Forged:%201"),
        ("PUT", "/store?graph=urn:a%0D%0AX-Forged:%201"),
        ("PUT", "/store/a%0D%0AX-Forged:%201"),
        ("GET", "/id/x%0D%0AX-Forged:%201"),
        ("GET", "/graph/x%0D%0AX-Forged:%201.ttl"),
        ("GET", "/%0D%0AX-Forged:%201/"),
        ("GET", "/sparql%0D%0AX-Forged:%201"),
    ],
)
def test_no_header_is_forged(served: Served, method: str, address: str) -> None:
    with served.client() as client:
        answer = client.request(
            method, address, headers=TURTLE, content=b"<urn:s> <urn:p> 1 ." if method == "PUT" else b""
        )
        assert "X-Forged" not in answer.headers
        assert answer.status_code < 500
        if answer.status_code == 201:
            assert "\n" not in answer.headers["Location"]
            client.delete(address, headers=WRITER)


@pytest.mark.parametrize("address", ["//evil.example/", "//evil.example/%2e%2e", "/%5Cevil.example/"])
def test_no_redirection_leads_away(served: Served, address: str) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=20)) as sock:
        sock.sendall(f"GET {address} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        head = b"".join(iter(lambda: sock.recv(1 << 16), b"")).partition(b"\r\n\r\n")[0].decode().lower()
    assert "location: //evil" not in head
    assert "location: /\\evil" not in head
    assert "location: http://evil" not in head


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /id/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nAccept: \xff\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a b\"<>\r\n\r\n",
        b"GET /store/x HTTP/1.1\r\nHost: a\"<>\r\n\r\n",
        b"PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)  # fmt: skip
def test_broken_request_is_not_the_server_s_fault(served: Served, said: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=5)) as sock:
        sock.sendall(said)
        sock.shutdown(socket.SHUT_WR)
        try:
            found = sock.recv(1 << 16)
        except ConnectionResetError:
            found = b""
    assert not found or int(found.split()[1]) < 500, found[:300]
    with served.client() as client:
        assert client.get("/readyz").status_code == 200
