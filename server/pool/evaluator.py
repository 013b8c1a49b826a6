"""One process that answers one query at a time, and may die of it.

The system kills it: at the time limit by SIGALRM, whose default is death whatever runs; where it asks for more memory than
it may have, as it aborts; where a parser's recursion overflows its stack, by SIGSEGV. It ends by itself when whoever asked
has gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import KGError
from server.pool import jobs, relay
from server.pool.answer import Answer, TooLarge
from server.pool.frames import FAIL, message, receive
from server.pool.jobs import Reading
from server.pool.settings import Settings

GONE = 3
STACK = 256 << 20
DRAIN_SECONDS = 0.2
STALLED_SECONDS = 60.0


class Evaluator:
    """Answers what comes in on a generation's socket, until the generation ends."""

    def __init__(self, reading: Reading, settings: Settings) -> None:
        self._reading, self._settings = reading, settings
        self._jobs = relay.JOBS if settings.remote else jobs.JOBS
        self._hangups = select.epoll()

    def run(self, listener: socket.socket, retired: int) -> None:
        """Answers until `retired`, the end of a pipe, is closed at its other end; then what still waits, and returns."""
        _limit(self._settings.memory)
        threading.Thread(target=self._watch, daemon=True).start()
        listener.setblocking(False)
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        poll.register(retired, select.POLLIN)
        last = 0.0
        while not self._reading.spent:
            ready = {fd for fd, _ in poll.poll(DRAIN_SECONDS * 1000 if last else None)}
            if listener.fileno() in ready:
                self._accept(listener)
            elif last and time.monotonic() > last:
                return
            if retired in ready and not last:
                poll.unregister(retired)
                last = time.monotonic() + DRAIN_SECONDS

    def _accept(self, listener: socket.socket) -> None:
        try:
            sock, _ = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another evaluator was quicker
            return
        sock.setblocking(True)
        with sock, contextlib.suppress(EOFError, OSError):
            self._answer(sock)

    def _answer(self, sock: socket.socket) -> None:
        _, payload = receive(sock)
        terms = json.loads(payload)
        seconds = terms.get("seconds") or self._settings.timeout
        answer = Answer(
            sock, zipped=terms.get("zip", False), largest=terms.get("largest", 0), pause=_pauses(seconds)
        )
        self._hangups.register(sock, select.EPOLLRDHUP)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        failure = b""
        try:
            self._jobs[terms["job"]](self._reading, terms, answer)
        except KGError as error:
            failure = message(FAIL, {"status": error.http_status, "why": str(error)})
        except TooLarge as error:
            failure = message(FAIL, {"status": 413, "why": str(error)})
        except MemoryError:
            failure = message(FAIL, {"status": 503, "why": "the query needs more memory than one may take"})
            self._reading.spent = True
        finally:
            self._hangups.unregister(sock)
        if failure:
            sock.sendall(failure)
        else:
            answer.end()
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _watch(self) -> None:
        """Ends the process when whoever asked has gone while it is still at work."""
        while True:
            if self._hangups.poll():
                os._exit(GONE)


def _pauses(seconds: float) -> Callable[[], Callable[[], None]]:
    """Stops the clock while a frame waits for a slow reader, who gets STALLED_SECONDS for each."""

    def pause() -> Callable[[], None]:
        left, _ = signal.setitimer(signal.ITIMER_REAL, max(STALLED_SECONDS, seconds))
        return lambda: _rearm(left)

    return pause


def _rearm(left: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))


def _limit(memory: int) -> None:
    """Lets this process take so much more memory than it has now, and gives its stack room."""
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    stack = STACK if hard == resource.RLIM_INFINITY else min(STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + memory + stack
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
