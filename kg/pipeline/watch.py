"""What has changed in folders, and which addresses are due: the sources of the next build of a watch.

Folders are looked at again and again, as that works on every file system, those of other machines too.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.read import Source, listed

SETTLED = 1.0
"""Seconds for which a file must not have changed: one that is being written is left to the next look."""


@dataclass(slots=True)
class Watch:
    """Sources and when each was last read. `every` is how many seconds lie between two requests for an address."""

    sources: list[Source]
    every: float
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def due(self) -> list[Source]:
        """What is to be read now, and counts as read from now on."""
        found: list[Source] = []
        for source in self.sources:
            if isinstance(source, Path):
                found += self._changed(listed(source))
            elif time.monotonic() - self._asked.get(source, float("-inf")) >= self.every:
                self._asked[source] = time.monotonic()
                found.append(source)
        return found

    def _changed(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            try:
                stat = path.stat()
            except OSError:  # gone since the folder was listed
                continue
            state = stat.st_size, stat.st_mtime_ns
            if self._seen.get(path) != state and time.time() - stat.st_mtime >= SETTLED:
                self._seen[path] = state
                yield path
