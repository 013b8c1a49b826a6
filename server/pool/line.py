"""Asking an evaluator from the front's event loop: the same words as `client`, without a thread that waits."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from server.pool.client import CONNECT_SECONDS, TRIES, Failed, Stopped, Unready, why_stopped
from server.pool.frames import ASK, DATA, END, FAIL, HEAD, PIECE, Splitter, message
from server.pool.state import State, listening


@dataclass(slots=True)
class Line:
    """One question to an evaluator and the answer as it comes. Closing it early ends the evaluator's work."""

    _loop: asyncio.AbstractEventLoop
    _sock: socket.socket
    generation: int
    version: int
    _seconds: float
    _began: float
    head: Mapping[str, Any]
    first: bytes
    ended: bool
    _splitter: Splitter

    @classmethod
    async def ask(cls, rundir: Path, state: State, terms: Mapping[str, Any], *, seconds: float) -> Self:
        """The line, once the answer has begun. Raises Failed, Stopped and Unready, as `client.ask`."""
        loop = asyncio.get_running_loop()
        asked = message(ASK, terms | {"seconds": seconds})
        began = time.monotonic()
        for attempt in range(TRIES):
            generation, version = state.generation, state.version
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            sock.setblocking(False)
            line = cls(loop, sock, generation, version, seconds, began, {}, b"", False, Splitter())
            try:
                sock.connect(str(listening(rundir, generation)))
                await line._begin(asked)
                return line
            except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
                sock.close()
                await asyncio.sleep(CONNECT_SECONDS * attempt)
            except (EOFError, ConnectionError) as error:
                sock.close()
                took = time.monotonic() - began
                if state.generation == generation or took >= seconds:
                    raise Stopped(why_stopped(took, seconds)) from error
            except BaseException:
                sock.close()
                raise
        raise Unready("nobody is there to answer yet; try again in a moment")

    async def _begin(self, asked: bytes) -> None:
        try:
            sent = self._sock.send(asked)
        except BlockingIOError:
            sent = 0
        if sent < len(asked):
            await self._loop.sock_sendall(self._sock, asked[sent:])
        body: list[bytes] = []
        while not self.head:
            await self._read(body)
        self.first = b"".join(body)

    async def _read(self, body: list[bytes]) -> None:
        data = await self._loop.sock_recv(self._sock, PIECE)
        if not data:
            raise EOFError("the evaluator has gone")
        for kind, payload in self._splitter.feed(data):
            if kind == DATA:
                body.append(payload)
            elif kind == HEAD:
                self.head = json.loads(payload)
            elif kind == END:
                self.ended = True
            elif kind == FAIL:
                failure = json.loads(payload)
                raise Failed(failure["why"], failure["status"])

    async def rest(self) -> AsyncIterator[bytes]:
        """What comes after `first`. Raises Failed and Stopped: what was sent by then is not the whole answer."""
        while not self.ended:
            body: list[bytes] = []
            try:
                await self._read(body)
            except (EOFError, ConnectionError) as error:
                raise Stopped(why_stopped(time.monotonic() - self._began, self._seconds)) from error
            for piece in body:
                yield piece

    def close(self) -> None:
        """Gives the evaluator back, or ends it where it has not answered yet."""
        with suppress(OSError):
            self._sock.close()
