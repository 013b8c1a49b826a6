"""A lean HTTP/1.1 client for one server: it keeps its connection, and tells when the first byte of an answer came.

A general client takes longer over a small answer than the servers do, which would hide what they differ in.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import quote

from kg.errors import KGError

PIECE = 1 << 18


class Failed(KGError):
    """The server did not answer as it should; the message says how, in a word or two."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, the body (empty where it was thrown away), how many bytes came, and seconds to the first and last."""

    status: int
    body: bytes
    size: int
    first: float
    total: float


class Client:
    """A connection to a server of this machine; it is made when first needed and anew when it was lost."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes, *, limit: float = 60, keep: bool = True, stop: int = 0) -> Answer:
        """The answer to a request. `keep` holds on to the body; `stop` hangs up after that many bytes.

        Raises Failed where there is no whole answer after `limit` seconds.
        """
        begun = time.perf_counter()
        try:
            reused = self._socket is not None
            try:
                return self._ask(request, begun, limit, keep, stop)
            except (ConnectionError, EOFError):
                self.close()
                if not reused:  # a kept connection may have been closed meanwhile; a new one may not
                    raise
                return self._ask(request, begun, limit, keep, stop)
        except TimeoutError:
            self.close()
            raise Failed("timeout") from None
        except (OSError, EOFError, ValueError) as error:
            self.close()
            raise Failed("cut off" if isinstance(error, (EOFError, ConnectionError)) else str(error)) from None
        except BaseException:
            self.close()
            raise

    def _ask(self, request: bytes, begun: float, limit: float, keep: bool, stop: int) -> Answer:
        until = begun + limit
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=limit)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(limit)
        self._socket.sendall(request)
        head, _, rest = self._head(until)
        status, fields = parsed(head)
        length = 0 if status in (204, 304) else fields.get("content-length")
        chunked = fields.get("transfer-encoding", "") == "chunked"
        pieces, size, tail, first = [rest], len(rest), rest[-5:], 0.0
        if rest:
            first = time.perf_counter() - begun
        while not (tail == b"0\r\n\r\n" if chunked else length is not None and size >= int(length)):
            if stop and size > stop:
                self.close()
                break
            piece = self._receive(until)
            if not piece and not chunked and length is None:
                break
            if not piece:
                raise EOFError
            first = first or time.perf_counter() - begun
            size, tail = size + len(piece), (tail + piece[-5:])[-5:]
            if keep:
                pieces.append(piece)
        total = time.perf_counter() - begun
        if fields.get("connection", "").lower() == "close":
            self.close()
        body = b"".join(pieces) if keep else b""
        return Answer(status, unchunked(body) if chunked and keep else body, size, first or total, total)

    def _head(self, until: float) -> tuple[bytes, bytes, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            piece = self._receive(until)
            if not piece:
                raise EOFError
            got += piece
        return got.partition(b"\r\n\r\n")

    def _receive(self, until: float) -> bytes:
        assert self._socket is not None
        left = until - time.perf_counter()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
        return self._socket.recv(PIECE)

    def close(self) -> None:
        """Hangs up; the next request connects anew."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def parsed(head: bytes) -> tuple[int, dict[str, str]]:
    """The status and the fields of an answer's head."""
    line, *fields = head.decode("latin-1").split("\r\n")
    pairs = (field.partition(":") for field in fields)
    return int(line.split()[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}


def unchunked(body: bytes) -> bytes:
    """The body without the sizes of its chunks."""
    found, at = [], 0
    while at < len(body):
        end = body.index(b"\r\n", at)
        size = int(body[at:end].split(b";")[0], 16)
        found.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(found)


def target(path: str, sparql: str) -> str:
    """The path of a GET request that asks a query."""
    return f"{path}?query={quote(sparql, safe='')}"


def request(target: str, accept: str, *, method: str = "GET", body: bytes = b"", **fields: str) -> bytes:
    """The bytes of a request; a field is named with `_` for `-`."""
    more: Mapping[str, str] = {"Content-Length": str(len(body)), **fields} if method != "GET" else fields
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
