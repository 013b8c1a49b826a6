"""Asking an evaluator from the front's event loop: the same words as `client`, without a thread that waits.

A connection is kept for the next question to the same evaluator: to make one took a quarter of a small query's time.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from server.pool.client import CONNECT_SECONDS, TRIES, Failed, Stopped, Unready, why_stopped
from server.pool.frames import ASK, DATA, END, FAIL, HEAD, PIECE, Splitter, message
from server.pool.state import State, listening

TEND_SECONDS = 0.3


class Lines:
    """The connections of a front to the evaluators of the present generation. One event loop uses it."""

    def __init__(self, rundir: Path, state: State) -> None:
        self._rundir, self.state = rundir, state
        self._idle: list[socket.socket] = []
        self._generation = 0
        self._tending = False

    async def ask(self, terms: Mapping[str, Any], *, seconds: float) -> Line:
        """The answer to a job, once it has begun. Raises Failed, Stopped and Unready, as `client.ask`."""
        asked = message(ASK, {**terms, "seconds": seconds})
        loop = asyncio.get_running_loop()
        began = time.monotonic()
        for attempt in range(TRIES):
            generation, version = self.state.generation, self.state.version
            try:
                sock = self._connected(loop, generation)
            except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
                await asyncio.sleep(CONNECT_SECONDS * (attempt + 1))
                continue
            line = Line(self, loop, sock, generation, version)
            try:
                await line.begin(asked)
                return line
            except (EOFError, ConnectionError) as error:
                line.close()
                took = time.monotonic() - began
                if self.state.generation == generation or took >= seconds:
                    raise Stopped(why_stopped(took, seconds)) from error
            except BaseException:
                line.close()
                raise
        raise Unready("nobody is there to answer yet; try again in a moment")

    def _connected(self, loop: asyncio.AbstractEventLoop, generation: int) -> socket.socket:
        self._let_go(generation)
        while self._idle:
            sock = self._idle.pop()
            try:
                sock.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                return sock
            except OSError:
                pass
            sock.close()  # its evaluator has ended since
        if not self._tending:
            self._tending = True
            loop.call_later(TEND_SECONDS, self._tend, loop)
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            sock.connect(str(listening(self._rundir, generation)))
        except BaseException:
            sock.close()
            raise
        return sock

    def _tend(self, loop: asyncio.AbstractEventLoop) -> None:
        """Lets a generation that has been replaced end, even if nobody asks any more."""
        self._let_go(self.state.generation)
        loop.call_later(TEND_SECONDS, self._tend, loop)

    def _let_go(self, generation: int) -> None:
        if generation != self._generation:
            self._generation = generation
            while self._idle:
                self._idle.pop().close()

    def give_back(self, sock: socket.socket, generation: int) -> None:
        """Keeps a connection whose question has been answered."""
        if generation == self._generation:
            self._idle.append(sock)
        else:
            sock.close()


class Line:
    """One question to an evaluator and the answer as it comes. Closing it early ends the evaluator's work."""

    __slots__ = (
        "_began", "_lines", "_loop", "_over", "_sock", "_splitter", "ended", "first", "generation", "head", "version",
    )  # fmt: skip

    def __init__(
        self, lines: Lines, loop: asyncio.AbstractEventLoop, sock: socket.socket, generation: int, version: int
    ) -> None:
        self._lines, self._loop, self._sock = lines, loop, sock
        self.generation, self.version = generation, version
        self._splitter, self._began = Splitter(), time.monotonic()
        self.head: Mapping[str, Any] = {}
        self.first, self.ended, self._over = b"", False, False

    async def begin(self, asked: bytes) -> None:
        """Asks, and waits for the answer to begin."""
        try:
            sent = self._sock.send(asked)
        except BlockingIOError:
            sent = 0
        if sent < len(asked):
            await self._loop.sock_sendall(self._sock, asked[sent:])
        body: list[bytes] = []
        while not self.head:
            await self._read(body)
        self.first = body[0] if len(body) == 1 else b"".join(body)

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
                self.ended = self._over = True
            elif kind == FAIL:
                self._over = True
                failure = json.loads(payload)
                raise Failed(failure["why"], failure["status"])

    async def rest(self) -> AsyncIterator[bytes]:
        """What comes after `first`. Raises Failed and Stopped: what was sent by then is not the whole answer."""
        while not self.ended:
            body: list[bytes] = []
            try:
                await self._read(body)
            except (EOFError, ConnectionError) as error:
                took = time.monotonic() - self._began
                raise Stopped(f"the query was stopped after {took:.1f} seconds, on the way of its answer") from error
            for piece in body:
                yield piece

    def close(self) -> None:
        """Gives the evaluator back, or ends it where it has not answered yet."""
        if self._over:
            self._lines.give_back(self._sock, self.generation)
        else:
            with suppress(OSError):
                self._sock.close()
