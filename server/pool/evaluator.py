"""One process that answers one query at a time, and may die of it.

The system kills it: at the time limit by SIGALRM, whose default is death whatever runs; where it asks for more memory
than it may have, as it aborts; where a parser's recursion overflows its stack, by SIGSEGV. It ends by itself when
whoever asked has gone.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from kg.errors import KGError
from server.pool import exporting, jobs, relay
from server.pool.answer import Answer, TooLarge
from server.pool.frames import BYE, FAIL, RETIRE, content_of, frame, message, receive
from server.pool.jobs import Reading
from server.pool.settings import Settings

GONE = 3
STACK = 256 << 20
STALLED_SECONDS = 60.0
# How long a connection may bring nothing before its evaluator turns to others: a `struct timeval` of 50 milliseconds.
IDLE = struct.pack("ll", 0, 50_000)


class Evaluator:
    """Answers what comes in on a generation's socket, until the generation ends."""

    def __init__(self, reading: Reading, settings: Settings) -> None:
        self._reading, self._settings = reading, settings
        self._jobs = (relay.JOBS if settings.remote else jobs.JOBS) | {"export": exporting.export}
        self._hangups = select.epoll() if hasattr(select, "epoll") else None

    def run(self, listener: socket.socket) -> None:
        """Answers what comes, one after the other, until it is told that the generation is retired.

        That is said in a connection like any other, so what was asked before is answered before. To wait in `accept`
        has the system wake one process for each connection, not all.
        """
        _limit(self._settings.memory)
        if self._hangups is not None:
            threading.Thread(target=self._watch, args=(self._hangups,), daemon=True).start()
        while not self._reading.spent:
            sock, _ = listener.accept()
            with sock, contextlib.suppress(EOFError, OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, IDLE)
                try:
                    while not self._reading.spent:
                        if not self._answer(sock):
                            return
                except BlockingIOError:  # no question has followed
                    sock.sendall(frame(BYE))

    def _answer(self, sock: socket.socket) -> bool:
        """Whether there is more to come after the question of this connection."""
        kind, payload = receive(sock)
        if kind == RETIRE:
            return False
        terms = content_of(payload)
        seconds = terms.get("seconds") or self._settings.timeout
        answer = Answer(sock, zipped=terms.get("zip", False), largest=terms.get("largest", 0), pause=_pauses(seconds))
        if self._hangups is not None:
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
        except Exception:
            raise
        except BaseException as error:  # a panic of Oxigraph, which is no Exception
            failure = message(FAIL, {"status": 503, "why": f"Oxigraph failed on this query: {error}"})
            self._reading.spent = True
        finally:
            if self._hangups is not None:
                self._hangups.unregister(sock)
        if failure:
            sock.sendall(failure)
        else:
            answer.end()
        signal.setitimer(signal.ITIMER_REAL, 0)
        return True

    def _watch(self, hangups: select.epoll) -> None:
        """Ends the process when whoever asked has gone while it is still at work. Linux only."""
        while True:
            if hangups.poll():
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
    sizes = Path("/proc/self/statm")
    if sizes.exists():  # elsewhere the system does not tell, nor keeps to the limit
        most = int(sizes.read_text().split()[0]) * resource.getpagesize() + memory + stack
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
