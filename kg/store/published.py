"""The published copies of a store: what readers open while one process writes.

To open an Oxigraph database that another process writes to is undefined, so the writer publishes: it makes a
checkpoint, hard links to files that never change, in milliseconds whatever the size. `published/N/` is the N-th; the
file `published/current` names the latest. Who reads a copy holds a lock on it, and a copy that nobody reads goes when
there is a newer one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError, StoreLocked
from kg.store import lock

TRIES = 5
GONE = "gone-"


class Published:
    """The published copies in a store's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "published"
        self._pending = folder / "unpublished"

    @property
    def number(self) -> int:
        """The number of the latest copy; 0 where there is none."""
        try:
            return int((self._folder / "current").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    @property
    def stale(self) -> bool:
        """Whether the store was written since, or never published."""
        return self.number == 0 or self._pending.exists()

    def expect(self) -> None:
        """Notes, before a write, that the latest copy will be out of date."""
        self._pending.touch()

    def add(self, live: ox.Store) -> int:
        """The number of a new copy of the live store. For its writer only."""
        number = self.number + 1
        place = self._folder / str(number)
        try:
            shutil.rmtree(place, ignore_errors=True)  # left by one that was killed before it wrote `current`
            place.mkdir(parents=True)
            live.backup(str(place / "oxigraph"))
            mark = self._folder / "current.new"
            mark.write_text(f"{number}\n", encoding="ascii")
            mark.replace(self._folder / "current")
            self._pending.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{place} can't be written: {error}") from error
        self._prune(number)
        return number

    @contextmanager
    def reading(self, number: int | None = None) -> Iterator[Path]:
        """The folder of a copy, by default the latest, which stays until the end of the block. Raises StoreError."""
        place, held = self._held(number)
        with held:
            yield place

    def _held(self, number: int | None) -> tuple[Path, IO[str]]:
        for _ in range(TRIES):  # the latest may be replaced and taken away between two steps
            place = self._folder / str(number or self.number)
            try:
                held = lock.take(place, shared=True)
            except (FileNotFoundError, StoreLocked):
                continue
            if (place / "oxigraph").is_dir():
                return place, held
            held.close()
        raise StoreError(f"{self._folder.parent} has no published copy to read; open it for writing once")

    def unread(self) -> list[Path]:
        """What lies among the copies and nobody reads, beside the latest. For whoever keeps writers away."""
        found = []
        for place in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if place.name in ("current", str(self.number)):
                continue
            try:
                if place.is_dir():
                    lock.take(place, shared=False).close()
                found.append(place)
            except (StoreLocked, FileNotFoundError):
                continue
        return found

    def _prune(self, newest: int) -> None:
        for place in self._folder.iterdir():
            if place.name.startswith(GONE):  # by one that was killed
                shutil.rmtree(place, ignore_errors=True)
            if not place.name.isdigit() or int(place.name) == newest:
                continue
            try:
                with lock.take(place, shared=False):
                    # Taken away in one step: else a reader could lock anew what has lost its lock and not yet the rest.
                    gone = place.rename(place.with_name(f"{GONE}{place.name}"))
                    shutil.rmtree(gone, ignore_errors=True)
            except (StoreLocked, FileNotFoundError):
                continue
