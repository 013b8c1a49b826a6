"""The evaluators that have a network: for queries that ask servers which are allowed, and for no others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from server.pool.generations import START_SECONDS, Nursed
from server.pool.settings import Settings
from server.pool.state import State


def place(rundir: Path) -> Path:
    """The folder of their sockets and of their state."""
    return rundir / "outward"


class Outward:
    """A nursery over the copy on disk that is published latest, beside that of the present generation."""

    def __init__(self, settings: Settings, deaths: Counter[str]) -> None:
        folder = place(Path(settings.rundir))
        folder.mkdir(exist_ok=True)
        self.state = State(folder)
        self._nursed = Nursed(settings, kind="outward", copy=0, deaths=deaths)
        self._copy, self._shown = 0, 0

    def show(self, copy: int) -> None:
        """Has them read this published copy, if they don't yet."""
        if copy == self._copy or not self._nursed.ready.wait(START_SECONDS):
            return
        number, old, self._copy = self.state.begin(), self._shown, copy
        self._nursed.tell({"do": "prepare", "generation": number, "copy": copy})
        self.state.set(number, number)
        self._shown = number
        if old:
            self._nursed.tell({"do": "retire", "generation": old})

    def close(self) -> None:
        """Ends them."""
        self._nursed.close()
