"""What the processes say to each other over their sockets: frames, each a kind, a length and that many bytes."""

from __future__ import annotations

import marshal
import socket
import struct
from collections.abc import Iterator
from typing import Any

ASK, RETIRE, BYE, HEAD, DATA, END, FAIL = b"Q", b"R", b"B", b"H", b"D", b"Z", b"F"
HEADER = struct.Struct(">cI")
PIECE = 1 << 18


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """One frame as it goes over the wire."""
    return HEADER.pack(kind, len(payload)) + payload


def message(kind: bytes, content: Any) -> bytes:
    """A frame whose payload is what `content_of` reads again: numbers, texts, lists and dictionaries."""
    return frame(kind, marshal.dumps(content))


def content_of(payload: bytes) -> Any:
    """What a message says. Only for what our own processes have sent, which all run the same Python."""
    return marshal.loads(payload)


class Splitter:
    """Cuts what comes over a socket into frames, whatever pieces it comes in."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The frames that are whole by now."""
        if not self._rest:
            kind, size = HEADER.unpack_from(data) if len(data) >= HEADER.size else (b"", len(data))
            if len(data) == HEADER.size + size:
                yield kind, data[HEADER.size :]
                return
        self._rest += data
        start = 0
        while len(self._rest) - start >= HEADER.size:
            kind, size = HEADER.unpack_from(self._rest, start)
            end = start + HEADER.size + size
            if len(self._rest) < end:
                break
            yield kind, bytes(self._rest[start + HEADER.size : end])
            start = end
        del self._rest[:start]


def receive(sock: socket.socket) -> tuple[bytes, bytes]:
    """The next frame, which is all that is sent by now; raises EOFError where the other side has gone."""
    data = sock.recv(PIECE)
    while data and len(data) < HEADER.size:
        data += sock.recv(HEADER.size - len(data))
    if not data:
        raise EOFError("the other process has gone")
    kind, size = HEADER.unpack_from(data)
    end = HEADER.size + size
    if len(data) == end:
        return kind, data[HEADER.size :]
    found = bytearray(data)
    while len(found) < end:
        more = sock.recv(min(end - len(found), PIECE))
        if not more:
            raise EOFError("the other process has gone")
        found += more
    return kind, bytes(found[HEADER.size : end])
