"""How much one client may ask, and how many may be answered at a time."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress

from server.protocol import Refused

CLIENTS = 10_000


class Rate:
    """A token bucket for each client: so many requests a second, and as many at once after a second's rest."""

    def __init__(self, a_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._clock = a_second, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, client: str) -> None:
        """Counts a request; raises Refused (429), with the seconds to wait, where it is one too many."""
        if not self._a_second:
            return
        now, most = self._clock(), max(1.0, self._a_second)
        left, then = self._buckets.pop(client, (most, now))
        left = min(most, left + (now - then) * self._a_second)
        if left < 1:
            self._buckets[client] = left, now
            wait = (1 - left) / self._a_second
            raise Refused(
                429,
                f"one client may ask {self._a_second:g} times a second here; wait {wait:.1f} seconds",
                {"Retry-After": str(max(1, round(wait)))},
            )
        self._buckets[client] = left - 1, now
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)


class Turns:
    """So many queries at a time, so many waiting, and nobody waiting longer than that.

    `changed` is called whenever one begins, waits or ends.
    """

    def __init__(
        self, *, at_once: int, waiting: int, seconds: float, changed: Callable[[Turns], None] = lambda _: None
    ) -> None:
        self._at_once, self._most, self._seconds, self._changed = at_once, waiting, seconds, changed
        self._queue: deque[asyncio.Future[None]] = deque()
        self.running = 0

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._queue)

    async def take(self) -> None:
        """Waits for a turn, to be given back; raises Refused (503) where too many wait, or this one too long."""
        if self.running < self._at_once:
            self.running += 1
            self._changed(self)
            return
        if self.waiting >= self._most:
            raise _busy(f"{self.waiting} queries wait already")
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        timer = loop.call_later(self._seconds, self._give_up, turn)
        self._queue.append(turn)
        self._changed(self)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came just as the client went
                self.give()
            raise
        finally:
            timer.cancel()
            with suppress(ValueError):
                self._queue.remove(turn)
            self._changed(self)

    def _give_up(self, turn: asyncio.Future[None]) -> None:
        if not turn.done():
            turn.set_exception(_busy(f"no turn came within {self._seconds:g} seconds"))

    def give(self) -> None:
        """Gives a turn back, to whoever waits longest."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.running -= 1
        self._changed(self)


def _busy(why: str) -> Refused:
    return Refused(503, f"the server is busy: {why}; try again in a moment", {"Retry-After": "5"})
