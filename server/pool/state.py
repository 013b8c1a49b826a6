"""What the front must know at every request: which generation answers, and what version it reads."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

PUBLIC, PRIVATE = "public", "own"
_LAYOUT = struct.Struct("=QQQ")


class State:
    """A file of three numbers that all processes map: written by the keeper, read by the front without a call."""

    def __init__(self, rundir: Path) -> None:
        path = rundir / "state"
        if not path.exists():
            path.write_bytes(bytes(_LAYOUT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _LAYOUT.size)

    @property
    def generation(self) -> int:
        """The number of the generation that answers; 0 where none does yet."""
        return int(_LAYOUT.unpack_from(self._map)[0])

    @property
    def version(self) -> int:
        """The version of the store's content that this generation reads."""
        return int(_LAYOUT.unpack_from(self._map)[1])

    def begin(self) -> int:
        """A number for a new generation, which no other has had: not even one whose keeper died before it was shown."""
        generation, version, begun = _LAYOUT.unpack_from(self._map)
        _LAYOUT.pack_into(self._map, 0, generation, version, begun + 1)
        return int(begun) + 1

    def set(self, generation: int, version: int) -> None:
        """Makes these the present ones."""
        _LAYOUT.pack_into(self._map, 0, generation, version, _LAYOUT.unpack_from(self._map)[2])


def listening(rundir: Path, generation: int, who: str) -> Path:
    """The socket of a generation's evaluators: those for strangers' queries, or those for our own."""
    return rundir / f"{generation}.{who}"
