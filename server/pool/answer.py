"""The way of an answer from Oxigraph's serialiser to the front: held back a little, then sent as it comes."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable

from server.pool.frames import DATA, END, HEAD, frame, message

HELD = 4096
PIECE = 1 << 16
WORTH_ZIPPING = 1024
ROOM = 1 << 15  # so much goes into a socket without waiting, if nothing is there yet


class TooLarge(Exception):
    """The answer is larger than this server sends."""


class Answer:
    """A file to serialise an answer into, sent in frames over a socket.

    Nothing goes out before HELD bytes are there or the answer is whole: what fails by then can still be refused.
    `pause` is called before each send that may have to wait for a slow reader, and what it gives after it.
    """

    def __init__(
        self, sock: socket.socket, *, zipped: bool, largest: int, pause: Callable[[], Callable[[], None]]
    ) -> None:
        self._sock, self._largest, self._pause = sock, largest, pause
        self._zip = zlib.compressobj(5, wbits=31) if zipped else None
        self._held = bytearray()
        self.head: dict[str, object] = {}
        self.started = False
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self._largest and self.size > self._largest:
            raise TooLarge(f"the answer is larger than the {self._largest:,} bytes that this server sends")
        self._held += data
        if len(self._held) >= (PIECE if self.started else HELD):
            self._send()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is held is sent when there is enough of it."""

    def _send(self) -> None:
        data, self._held = bytes(self._held), bytearray()
        first = not self.started
        self.started = True
        if self._zip is not None:
            # The first piece goes out whole, so that a reader can begin.
            data = self._zip.compress(data) + (self._zip.flush(zlib.Z_SYNC_FLUSH) if first else b"")
        begin = message(HEAD, self.head | {"zipped": self._zip is not None}) if first else b""
        self._put(begin + frame(DATA, data), alone=first)

    def _put(self, data: bytes, *, alone: bool) -> None:
        if alone and len(data) < ROOM:
            self._sock.sendall(data)
            return
        resume = self._pause()
        self._sock.sendall(data)
        resume()

    def end(self) -> None:
        """Sends what is left, and that it is all."""
        data, whole = bytes(self._held), b""
        if not self.started:
            if self.size < WORTH_ZIPPING:
                self._zip = None
            whole = message(HEAD, self.head | {"zipped": self._zip is not None, "size": self.size})
        if self._zip is not None:
            data = self._zip.compress(data) + self._zip.flush()
        self._put(whole + frame(DATA, data) + frame(END), alone=not self.started)
