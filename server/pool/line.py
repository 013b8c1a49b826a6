"""Asking an evaluator from the front's event loop: the same words as `client`, without a thread that waits.

A connection is kept for the next question to the same evaluator: to make one took a quarter of a small query's time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, cast

from server.pool.client import CONNECT_SECONDS, TRIES, Failed, Stopped, Unready, why_stopped
from server.pool.frames import ASK, BYE, DATA, END, FAIL, HEAD, Splitter, content_of, message
from server.pool.state import PUBLIC, State, listening

TEND_SECONDS = 0.3
AHEAD = 1 << 20


class Lines:
    """The connections of a front to the evaluators of the present generation. One event loop uses it.

    An evaluator whose connection is kept answers nobody else, so it takes its leave where no question follows soon.
    """

    def __init__(self, rundir: Path, state: State) -> None:
        self._rundir, self.state = rundir, state
        self._idle: list[Line] = []
        self._generation = 0
        self._tending = False

    async def ask(self, terms: Mapping[str, Any], *, seconds: float) -> Line:
        """The answer to a job, once it has begun. Raises Failed, Stopped and Unready, as `client.ask`."""
        asked = message(ASK, {**terms, "seconds": seconds})
        began = time.monotonic()
        attempt = 0
        while attempt < TRIES:
            generation, version = self.state.generation, self.state.version
            try:
                line = self._kept(generation, fresh=attempt > 0) or await self._made(generation)
            except (FileNotFoundError, ConnectionRefusedError, BlockingIOError):
                attempt += 1
                await asyncio.sleep(CONNECT_SECONDS * attempt)
                continue
            line.version = version
            try:
                if await line.begin(asked):
                    return line
                line.hang_up()
            except EOFError as error:
                line.close()
                took = time.monotonic() - began
                if took >= seconds or (self.state.generation == generation and not line.kept):
                    raise Stopped(why_stopped(took, seconds)) from error
                # Where the connection was an old one, its evaluator may have left before the question came. If it was
                # the question that ended it, a new one tells: that connection is not an old one.
                attempt += 1
            except BaseException:
                line.close()
                raise
        raise Unready("nobody is there to answer yet; try again in a moment")

    def _kept(self, generation: int, *, fresh: bool) -> Line | None:
        self._let_go(generation)
        while self._idle and not fresh:
            line = self._idle.pop()
            if not line.gone:
                line.kept = True
                return line
        return None

    async def _made(self, generation: int) -> Line:
        loop = asyncio.get_running_loop()
        if not self._tending:
            self._tending = True
            loop.call_later(TEND_SECONDS, self._tend, loop)
        path = str(listening(self._rundir, generation, PUBLIC))
        _, line = await loop.create_unix_connection(lambda: Line(self, generation, loop), path)
        return line

    def _tend(self, loop: asyncio.AbstractEventLoop) -> None:
        """Lets a generation that has been replaced end, even if nobody asks any more."""
        self._let_go(self.state.generation)
        loop.call_later(TEND_SECONDS, self._tend, loop)

    def _let_go(self, generation: int) -> None:
        if generation != self._generation:
            self._generation = generation
            while self._idle:
                self._idle.pop().hang_up()

    def give_back(self, line: Line) -> None:
        """Keeps a connection whose question has been answered."""
        if line.generation == self._generation and not line.gone:
            self._idle.append(line)
        else:
            line.hang_up()


class Line(asyncio.Protocol):
    """One question after the other to an evaluator, and the answer as it comes.

    Closing it before the answer has ended ends the evaluator's work.
    """

    def __init__(self, lines: Lines, generation: int, loop: asyncio.AbstractEventLoop) -> None:
        self._lines, self.generation, self._loop = lines, generation, loop
        self._splitter = Splitter()
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self.gone = self._left = self.kept = False
        self.version = 0
        self._clear()

    def _clear(self) -> None:
        self.head: Mapping[str, Any] = {}
        self._body: list[bytes] = []
        self._size = 0
        self._failure: Failed | None = None
        self.ended = False
        self._paused = False
        self._began = time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, _error: Exception | None) -> None:
        self.gone = True
        self._wake()

    def data_received(self, data: bytes) -> None:
        for kind, payload in self._splitter.feed(data):
            if kind == DATA:
                self._body.append(payload)
                self._size += len(payload)
            elif kind == HEAD:
                self.head = content_of(payload)
            elif kind == END:
                self.ended = True
            elif kind == BYE:
                self._left = self.gone = True
            elif kind == FAIL:
                failure = content_of(payload)
                self._failure = Failed(failure["why"], failure["status"])
        if self._size > AHEAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _more(self) -> None:
        if self._failure is None and not self.gone:
            self._waiter = self._loop.create_future()
            await self._waiter
        if self._failure is not None:
            raise self._failure

    async def begin(self, asked: bytes) -> bool:
        """Asks, and waits for the answer to begin; False where the evaluator had left before it heard the question.

        Raises Failed, and EOFError where the evaluator has ended.
        """
        self._clear()
        assert self._transport is not None
        self._transport.write(asked)
        while not self.head:
            await self._more()
            if self._left:
                return False
            if self.gone and not self.head:
                raise EOFError("the evaluator has gone")
        return True

    def take(self) -> bytes:
        """What has come of the answer's body since the last call."""
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body, self._size = [], 0
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return body

    async def rest(self) -> AsyncIterator[bytes]:
        """The body, as it comes. Raises Failed and Stopped: what was sent by then is not the whole answer."""
        while True:
            if self._body:
                yield self.take()
            elif self.ended:
                return
            elif self.gone:
                took = time.monotonic() - self._began
                raise Stopped(f"the query was stopped after {took:.1f} seconds, on the way of its answer")
            else:
                await self._more()

    def close(self) -> None:
        """Gives the evaluator back, or ends it where it has not answered yet."""
        if self.ended or self._failure is not None:
            self._lines.give_back(self)
        else:
            self.hang_up()

    def hang_up(self) -> None:
        """Closes the connection."""
        if self._transport is not None:
            self._transport.abort()
