"""The TCP connection that a request came over: how much of the answer has arrived, and how to break it off.

The HTTP server takes whatever it is given and sends it when the client reads, so someone has to look how far the
client is, or a large answer would pile up in memory. Nor can it be told that an answer is broken: it would end it as
if it were whole. Both are asked of the system here, of the connection between the two addresses that the request
names.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from server.pool.client import Stopped

AHEAD = 4 << 20
STEP = 0.002
LONGEST_STEP = 0.05
STALLED_SECONDS = 60.0
# `tcpi_bytes_acked` in Linux's `struct tcp_info`.
_ACKED = struct.Struct("=120xQ")
_TCP_INFO = 11
NOWHERE = 16  # the size of a `struct sockaddr` of zeros, whose family is AF_UNSPEC


class Wire:
    """One connection, to be closed after use. Where the system tells nothing of it, it never holds anybody up."""

    def __init__(self, sock: socket.socket | None) -> None:
        self._sock = sock
        self._given = 0
        self._before = self._acked()

    @classmethod
    def between(cls, server: str, client: str) -> Self:
        """The connection of this process between two addresses, each `host:port`."""
        for name in _descriptors():
            with suppress(OSError, ValueError):
                if not str(name.readlink()).startswith("socket:"):
                    continue
                sock = socket.socket(fileno=os.dup(int(name.name)))
                if _is_between(sock, server, client):
                    return cls(sock)
                sock.close()
        return cls(None)

    async def give(self, size: int) -> None:
        """Counts what is sent, and waits while the client is more than AHEAD behind. Raises Stopped where it stalls."""
        self._given += size
        step, moved, last = STEP, time.monotonic(), -1
        while (arrived := self._acked()) is not None and self._before is not None:
            if self._given - (arrived - self._before) <= AHEAD:
                return
            if arrived != last:
                last, moved, step = arrived, time.monotonic(), STEP
            elif time.monotonic() - moved > STALLED_SECONDS:
                raise Stopped(f"the client has read nothing for {STALLED_SECONDS:g} seconds")
            await asyncio.sleep(step)
            step = min(step * 1.5, LONGEST_STEP)

    def cut(self) -> None:
        """Breaks the connection off, so that what was sent can't be taken for the whole."""
        if self._sock is not None:
            # To connect to nowhere resets the connection, even where HTTP/1.0 takes its plain end for that of the
            # answer.
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.connect(self._sock.fileno(), bytes(NOWHERE), NOWHERE) != 0:
                with suppress(OSError):
                    self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Lets go of the connection, which goes on."""
        if self._sock is not None:
            self._sock.close()

    def _acked(self) -> int | None:
        if self._sock is None:
            return None
        try:
            return int(_ACKED.unpack(self._sock.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, _ACKED.size))[0])
        except (OSError, struct.error):
            return None


def _descriptors() -> list[Path]:
    try:
        return list(Path("/proc/self/fd").iterdir())
    except OSError:
        return []


def _is_between(sock: socket.socket, server: str, client: str) -> bool:
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    try:
        (host, port, *_), (_, own_port, *_) = sock.getpeername(), sock.getsockname()
    except OSError:  # it listens
        return False
    # The server's address may be that of all interfaces, so its port must do.
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" == client and str(own_port) == server.rpartition(":")[2]
