"""One request and its answer, as the HTTP server has them (RSGI 1.6, granian's docs/spec/RSGI.md)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from server import media
from server.protocol import Refused

WATCH_AFTER = 0.1
Headers = Iterable[tuple[str, str]]
EXPOSED = "Content-Location, Content-Type, ETag, Link, Result-Limit, Retry-After"
READS = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", EXPOSED),
    ("x-content-type-options", "nosniff"),
)


class Exchange:
    """A request to read from and an answer to send once."""

    def __init__(self, scope: Any, protocol: Any, *, forwarded: bool) -> None:
        self._scope, self._protocol, self._forwarded = scope, protocol, forwarded
        self.began = time.perf_counter()
        self.method: str = scope.method
        self.path: str = scope.path
        self.query_string: str = scope.query_string
        self.peer: str = scope.client
        self.server: str = scope.server
        self.status = self.size = 0
        self.whole: bytes | None = None
        """The answer, where it was whole before it was sent."""
        self._read: bytes | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._watcher: asyncio.Task[None] | None = None
        self.broken = ""
        """Why the answer was broken off, if it was."""

    def header(self, name: str) -> str:
        """The header of that name, in lower case; empty where there is none."""
        return self._scope.headers.get(name) or ""

    def headers(self) -> Iterable[tuple[str, str]]:
        """All headers, names in lower case."""
        found: Iterable[tuple[str, str]] = self._scope.headers.items()
        return found

    @property
    def client(self) -> str:
        """The client's address without a port: from the proxy in front, where that is to be believed."""
        if self._forwarded and (said := self.header("x-forwarded-for")):
            return said.rpartition(",")[2].strip()
        return self.peer.rpartition(":")[0].strip("[]").removeprefix("::ffff:")

    @property
    def scheme(self) -> str:
        said = self.header("x-forwarded-proto") if self._forwarded else ""
        return said if said in ("http", "https") else "http"

    @property
    def host(self) -> str:
        """What the client calls this server."""
        said = self.header("x-forwarded-host") if self._forwarded else ""
        return said or self.header("host") or self.server

    @property
    def address(self) -> str:
        """The address that was asked, without parameters."""
        return f"{self.scheme}://{self.host}{self.path}"

    def parameter(self, name: str) -> str:
        """The last value of a parameter in the address; empty where there is none."""
        if f"{name}=" not in self.query_string:
            return ""
        return parse_qs(self.query_string).get(name, [""])[-1]

    def wants_page(self) -> bool:
        """Whether a browser asks: HTML is what it likes best, and it has not named a format."""
        accept = self.header("accept")
        if "html" not in accept or self.parameter("format"):
            return False
        return media.choose(accept, "", (*media.TABLE_TYPES, *media.GRAPH_TYPES, "html")) == "html"

    @property
    def takes_gzip(self) -> bool:
        """Whether the client takes gzip (RFC 9110, 12.5.3)."""
        said = self.header("accept-encoding")
        return bool(said) and _takes_gzip(said)

    def holds(self, tag: str) -> bool:
        """Whether the client has what this ETag is of, in a request that may be answered so (RFC 9110, 15.4.5)."""
        said = self.header("if-none-match") if self.method in ("GET", "HEAD") else ""
        return bool(said) and tag in (each.strip().removeprefix("W/") for each in said.split(","))

    @property
    def holds_any(self) -> bool:
        """Whether the client wants no answer at all where there is one (RFC 9110, 13.1.2)."""
        return self.method in ("GET", "HEAD") and self.header("if-none-match").strip() == "*"

    async def body(self, most: int) -> bytes:
        """The body; raises Refused (413) where it is larger, having read no more than that."""
        found = bytearray()
        async for piece in self.pieces(most):
            found += piece
        self._read = bytes(found)
        return self._read

    async def pieces(self, most: int) -> AsyncIterator[bytes]:
        """The body as it comes; raises Refused (413) where it is larger, having read no more than that."""
        if self._read is not None:
            yield self._read
            return
        length, size = self.header("content-length"), 0
        if length.isdigit() and int(length) > most:
            raise _too_large(most)
        async for piece in self._protocol:
            size += len(piece)
            if size > most:
                raise _too_large(most)
            yield piece

    def watch(self) -> None:
        """Cancels the task that runs now where the client goes away before `unwatch`."""
        # Most answers are there long before it would be worth looking.
        self._timer = asyncio.get_running_loop().call_later(WATCH_AFTER, self._look, asyncio.current_task())

    def _look(self, task: asyncio.Task[None] | None) -> None:
        async def gone() -> None:
            await self._protocol.client_disconnect()
            if task is not None:
                task.cancel()

        self._watcher = asyncio.get_running_loop().create_task(gone())

    def unwatch(self) -> None:
        """Ends what `watch` began."""
        if self._timer is not None:
            self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def send(self, status: int, headers: Headers, body: bytes) -> None:
        """The whole answer; of a HEAD, its headers."""
        sent = [*headers, *READS]
        if self.method == "HEAD" and body:
            sent.append(("content-length", str(len(body))))
        self.pass_on(status, sent, body)

    def pass_on(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """An answer that has all its headers already."""
        self.status, self.size = status, len(body)
        if self.method == "HEAD" or status in (204, 304):
            self._protocol.response_empty(status, headers)
        else:
            self._protocol.response_bytes(status, headers, body)

    def stream(self, status: int, headers: Headers) -> Callable[[bytes], Awaitable[None]]:
        """Begins an answer of unknown size; gives what sends the next piece, and is cancelled when the client goes."""
        self.status = status
        transport = self._protocol.response_stream(status, [*headers, *READS])

        async def send(piece: bytes) -> None:
            self.size += len(piece)
            try:
                await transport.send_bytes(piece)
            except Exception as error:  # granian's own kind, which it does not export
                raise asyncio.CancelledError from error

        return send

    def problem(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        """An error as plain text, for programs; nothing where an answer has begun."""
        if self.status:
            self.broken = why
            return
        told = [(name.lower(), value) for name, value in (headers or {}).items()]
        told += [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), ("vary", "Accept")]
        with suppress(Exception):
            self.send(status, told, f"{why}\n".encode())


@lru_cache(64)
def _takes_gzip(said: str) -> bool:
    return parse_accept_header(said, Accept)["gzip"] > 0


def _too_large(most: int) -> Refused:
    return Refused(413, f"the body is larger than the {most:,} bytes that this server reads")
