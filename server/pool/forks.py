"""The evaluators that are forked from one copy of the store, by generations. A fork shares the memory of its copy."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from kg.store.published import Published
from kg.store.remote import RemoteStore
from server.pool import sources, union
from server.pool.evaluator import GONE, Evaluator
from server.pool.frames import RETIRE, frame
from server.pool.isolation import die_with_parent
from server.pool.jobs import Reading
from server.pool.settings import Settings
from server.pool.state import PRIVATE, PUBLIC, listening

BACKLOG = 1024
SOON = 0.05  # an evaluator that lives no longer has a fault of its own
OWN, OUTWARD = 2, 2


@dataclass(slots=True)
class Door:
    """A socket, how many evaluators should listen on it, and since when each of those lives."""

    path: Path
    listener: socket.socket
    wanted: int
    alive: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Generation:
    """Evaluators over one state: what they read, and where they listen.

    One door is for strangers' queries; another is for our own pages and for writes, which should not wait behind those.
    """

    number: int
    reading: Reading
    held: ExitStack
    doors: tuple[Door, ...]

    @property
    def is_over(self) -> bool:
        """Whether it is retired, and its last evaluator has ended."""
        return not any(door.wanted or door.alive for door in self.doors)


class Nursery:
    """The generations of one process, the last of which is kept at its full number."""

    def __init__(self, settings: Settings, folder: Path, *, outward: bool) -> None:
        self._settings, self._folder = settings, folder
        self._union: ox.Store | None = None
        self._ending = False
        self._generations: dict[int, Generation] = {}
        self._rundir = Path(settings.rundir)
        self._services: tuple[str, ...] = ()
        self._numbers = {PUBLIC: settings.workers, PRIVATE: OWN}
        if outward and not settings.remote:
            self._rundir, self._services = self._rundir / "outward", settings.services
            self._numbers = {PUBLIC: OUTWARD, PRIVATE: 1}

    def load(self, copy: int) -> None:
        """Reads a published copy into memory."""
        with Published(self._folder).reading(copy) as place:
            self._union = sources.in_memory(place)

    def prepare(self, terms: Mapping[str, Any]) -> None:
        """Starts a generation, which answers from now on."""
        held = ExitStack()
        reading = Reading(text=self._folder / "text.sqlite", union=self._union, services=self._services)
        if not self._settings.remote:
            for note in terms.get("changes", ()):
                assert self._union is not None
                union.follow(self._union, Path(note))
            reading.copy = held.enter_context(Published(self._folder).reading(terms["copy"]))
        number = terms["generation"]
        doors = tuple(self._opened(number, who, wanted) for who, wanted in self._numbers.items())
        self._generations[number] = made = Generation(number, reading, held, doors)
        for door in doors:  # the others follow, as each takes some milliseconds
            self._fork(made, door)

    def _opened(self, number: int, who: str, wanted: int) -> Door:
        path = listening(self._rundir, number, who)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen(BACKLOG)
        return Door(path, listener, wanted)

    def retire(self, number: int) -> None:
        """Lets a generation's evaluators end when they have answered what they were asked."""
        generation = self._generations[number]
        for door in generation.doors:
            door.wanted = 0
            # Nobody else finds the way to it from now on, so these are the last who come.
            hidden = door.path.rename(door.path.with_suffix(f"{door.path.suffix}-retired"))
            for _ in door.alive:
                with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
                    sock.setblocking(False)
                    sock.connect(str(hidden))
                    sock.sendall(frame(RETIRE))
            hidden.unlink(missing_ok=True)
            door.listener.close()
        self._forget(generation)

    def retire_all(self) -> None:
        """Retires every generation, and wants no more."""
        self._ending = True
        for generation in list(self._generations.values()):
            if any(door.wanted for door in generation.doors):
                self.retire(generation.number)

    @property
    def wanted(self) -> bool:
        """Whether there is, or may come, anything to do."""
        return not self._ending or bool(self._generations)

    def reap(self) -> dict[str, int]:
        """How the evaluators that have ended since did so, by cause; they are replaced."""
        causes: dict[str, int] = {}
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return causes
            if pid == 0:
                return causes
            for generation in list(self._generations.values()):
                began = max((door.alive.pop(pid, 0.0) for door in generation.doors), default=0.0)
                if not began:
                    continue
                if (cause := _cause(status)) != "ended":
                    causes[cause] = causes.get(cause, 0) + 1
                    if time.monotonic() - began < SOON:
                        time.sleep(SOON)
                self._forget(generation)

    @property
    def short(self) -> tuple[Generation, Door] | None:
        """A door with fewer evaluators than it should have."""
        doors = ((each, door) for each in self._generations.values() for door in each.doors)
        return next(((each, door) for each, door in doors if len(door.alive) < door.wanted), None)

    def fill(self) -> None:
        """Forks one evaluator where one is missing."""
        if (found := self.short) is not None:
            self._fork(*found)

    def _fork(self, generation: Generation, door: Door) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._evaluate(generation, door, parent)
        door.alive[pid] = time.monotonic()

    def _forget(self, generation: Generation) -> None:
        if generation.is_over:
            generation.held.close()
            self._generations.pop(generation.number, None)

    def _evaluate(self, generation: Generation, door: Door, parent: int) -> NoReturn:
        """What a fork does, and never comes back from."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            die_with_parent(signal.SIGKILL, parent)
            os.close(0)
            for other in (each for one in self._generations.values() for each in one.doors):
                if other is not door:  # or whoever waits there would wait for this process
                    other.listener.close()
            reading = generation.reading
            if self._settings.remote:
                reading.remote = RemoteStore(self._settings.remote)
            elif reading.union is None:
                _ = reading.disk
            Evaluator(reading, self._settings).run(door.listener)
            code = 0
        finally:
            os._exit(code)


def _cause(status: int) -> str:
    if os.WIFEXITED(status):
        return {0: "ended", GONE: "client gone"}.get(os.WEXITSTATUS(status), "fault")
    number = os.WTERMSIG(status)
    names = {signal.SIGALRM: "time", signal.SIGABRT: "memory", signal.SIGSEGV: "nesting", signal.SIGBUS: "nesting"}
    return names.get(signal.Signals(number), f"signal {number}")
