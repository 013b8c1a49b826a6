"""Which generation answers: the nurseries over a copy on disk and over one in memory, and the handing over."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from kg.errors import StoreError
from kg.store.published import Published
from server.pool.settings import Settings
from server.pool.state import State

LOG = logging.getLogger("kg.serve")
START_SECONDS = 60.0
# A database takes about this many times its size on disk when it is read into memory (measured: 107 MB for 48 MB).
GROWTH = 2.3
QUIET_SECONDS = 2.0
LOOK_SECONDS = 0.05
LEFTOVERS = 200_000  # removed quads that a copy in memory still holds, before it is made anew


class Nursed:
    """A nursery's process, as the keeper sees it."""

    def __init__(self, settings: Settings, *, kind: str, copy: int, deaths: Counter[str]) -> None:
        arguments = [str(Path(settings.rundir) / "settings.json"), kind, str(copy)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server.pool.nursery", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"RUST_BACKTRACE": "0"},  # a process at its memory limit tells enough by ending
            start_new_session=True,  # Ctrl+C is for whoever serves, who ends it in its turn
        )
        self._deaths = deaths
        self._replies: Queue[Mapping[str, Any]] = Queue()
        self.ready, self.isolated = threading.Event(), False
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            content = json.loads(line)
            if "deaths" in content:
                self._deaths.update(content["deaths"])
            elif "ready" in content:
                self.isolated = content["isolated"]
                self.ready.set()
            else:
                self._replies.put(content)
        self._replies.put({"failed": "it ended"})

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def tell(self, terms: Mapping[str, Any]) -> None:
        """Has it do something; raises StoreError where it can't."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(terms) + "\n")
            self._process.stdin.flush()
            reply = self._replies.get(timeout=START_SECONDS)
        except (OSError, Empty) as error:
            self.close()  # an answer that comes later would be taken for another
            raise StoreError(f"a process that was to read the store has ended: {error}") from error
        if "failed" in reply:
            raise StoreError(f"the store can't be shown: {reply['failed']}")

    def finish(self) -> None:
        """Lets it end when the queries of its generations have."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def close(self) -> None:
        """Ends it at once, with all its evaluators."""
        self._process.kill()
        self._process.wait()


class Generations:
    """Has one generation answer at a time. Its caller sees to it that its methods are not called at once."""

    def __init__(self, settings: Settings, state: State, deaths: Counter[str]) -> None:
        self._settings, self._state, self._deaths = settings, state, deaths
        self._published = Published(Path(settings.where))
        self.copy = 0
        """The published copy that is shown, or that what is shown in memory began from."""
        self._disk = self._started("disk", 0)
        self._memory: Nursed | None = None
        self._loading: Nursed | None = None
        self._missed: list[Path] = []  # the changes since the loading one's copy was published
        self._shown: tuple[Nursed, int] | None = None
        self._version, self._leftovers, self._changed = state.version, 0, 0.0
        self._useless = settings.replica == "disk"

    def _started(self, kind: str, copy: int) -> Nursed:
        return Nursed(self._settings, kind=kind, copy=copy, deaths=self._deaths)

    @property
    def in_memory(self) -> bool:
        """Whether what answers reads from memory."""
        return self._memory is not None and self._memory.alive

    @property
    def keeps_memory(self) -> bool:
        """Whether a copy in memory is there, or on its way, that wants to be told of changes."""
        return self.in_memory or self._loading is not None

    def show(self, copy: int) -> None:
        """Has evaluators over a published copy on disk answer; what is in memory is out of date."""
        self._show(copy)
        if self._loading is not None:
            self._loading.close()
            self._loading = None

    def changed(self, note: Path, copy: int, *, removed: int, emptied: bool) -> None:
        """Shows a change that the copy has and of which `note` tells whoever has the union in memory."""
        self._leftovers += LEFTOVERS if emptied else removed
        if self._loading is not None:
            self._missed.append(note)
        shown = False
        if self._memory is not None and self._memory.alive:
            self._version += 1
            self.copy, self._changed = copy, time.monotonic()
            try:
                self._prepare(self._memory, {"changes": [str(note)], "copy": copy})
                shown = True
            except StoreError as error:
                LOG.error("%s", error)
        if not shown:
            self._show(copy)
        if self._loading is None:
            note.unlink(missing_ok=True)

    def _show(self, copy: int) -> None:
        if not self._disk.alive:
            self._disk.close()
            self._disk = self._started("disk", 0)
        if not self._disk.ready.wait(START_SECONDS):
            raise StoreError("the processes that answer queries do not start")
        self.copy, self._changed = copy, time.monotonic()
        self._version += 1
        self._prepare(self._disk, {"copy": copy})
        self._memory = None

    def tend(self, publish: Callable[[], int]) -> None:
        """Called now and then: replaces what has ended, and reads the store into memory when that is due."""
        if self._shown is not None and not self._shown[0].alive:
            self.show(publish())
        if self._loading is None:
            if self._due():
                self._leftovers, self._missed = 0, []
                self._loading = self._started("memory", publish())
        elif not self._loading.alive:
            LOG.warning("the store could not be read into memory; queries read it from disk")
            self._loading, self._useless = None, True
        elif self._loading.ready.is_set():
            self._memory, self._loading = self._loading, None
            self._prepare(self._memory, {"changes": [str(note) for note in self._missed], "copy": self.copy})
            for note in self._missed:
                note.unlink(missing_ok=True)

    def load(self, publish: Callable[[], int]) -> None:
        """Has evaluators over a copy in memory answer, when that has been read. Raises StoreError where it can't be."""
        while not self.in_memory:
            self.tend(publish)
            if self._useless:
                raise StoreError("the store can't be read into memory: serve it with --replica disk")
            time.sleep(LOOK_SECONDS)

    def _due(self) -> bool:
        if self._useless:
            return False
        # What somebody else writes can only be read anew, which is worth it when there is a pause.
        pause = QUIET_SECONDS * (self._state.generation > 1)
        if not self._settings.writable and time.monotonic() - self._changed < pause:
            return False
        if self.in_memory and self._leftovers < LEFTOVERS:
            return False
        return self._settings.replica == "memory" or self._size() * GROWTH <= self._settings.replica_memory

    def _size(self) -> int:
        with self._published.reading() as place:
            return sum(path.stat().st_size for path in (place / "oxigraph").iterdir())

    def _prepare(self, nursed: Nursed, terms: Mapping[str, Any]) -> None:
        number = self._state.begin()
        nursed.tell({"do": "prepare", "generation": number, **terms})
        old, self._shown = self._shown, (nursed, number)
        self._state.set(number, self._version)
        if old is not None and old[0].alive:
            old[0].tell({"do": "retire", "generation": old[1]})
            if old[0] not in (nursed, self._disk):
                old[0].finish()

    def status(self) -> dict[str, Any]:
        """What is shown, for those who look after the server."""
        return {
            "generation": self._state.generation,
            "version": self._version,
            "replica": "memory" if self.in_memory else "disk",
            "isolated": self._shown[0].isolated if self._shown else False,
        }

    def close(self) -> None:
        """Ends all evaluators."""
        for nursed in (self._disk, self._memory, self._loading):
            if nursed is not None:
                nursed.close()
