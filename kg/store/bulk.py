"""Lines of N-Quads as Oxigraph's bulk loader reads them: each statement also in the default graph, the union."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.store.lines import END

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GRAPH = re.compile(rb" <[^<> ]*> \.\n")


class Doubled(io.RawIOBase):
    """A stream of the pieces, each followed by the same without graphs' names, which `told` gets first.

    A piece is whole lines as `f"{quad} .\\n"` makes them, all with the name of a graph; lines may be empty.
    """

    def __init__(self, pieces: Iterable[bytes], told: Callable[[bytes], None]) -> None:
        self._pieces, self._told = self._counted(pieces), told
        self._rest = memoryview(b"")
        self._begins: list[int] = []
        self._lines = self.statements = 0

    def _counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._begins.append(self._lines)
            self._lines += piece.count(b"\n")
            self.statements += piece.count(END)
            yield piece

    def line(self, number: int) -> int:
        """Which line of the pieces stands in this line of the stream; they are numbered from 1, and 0 is none."""
        if not number:
            return 0
        # A piece that begins at line n of the pieces does so at line 2n of the stream.
        piece = bisect_right(self._begins, number - 1, key=lambda begin: 2 * begin) - 1
        begin, last = self._begins[piece], piece + 1 == len(self._begins)
        length = (self._lines if last else self._begins[piece + 1]) - begin
        return begin + (number - 1 - 2 * begin) % length + 1

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            plain = _GRAPH.sub(END, piece)
            self._told(plain)
            self._rest = memoryview(piece + plain)
        size = min(len(room), len(self._rest))
        room[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
