"""The keeper's socket: what other processes of the server call it for."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KGError
from server.pool.frames import END, FAIL, content_of, message, receive

LOG = logging.getLogger("kg.serve")
Call = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What is done with the terms of a call, and what is answered."""


def listen(rundir: Path, calls: Mapping[str, Call]) -> None:
    """Answers calls by the name of what they are to `do`, each in a thread, for as long as this process lives."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    address = rundir / "keeper.sock"
    address.unlink(missing_ok=True)
    listener.bind(str(address))
    listener.listen(128)
    threading.Thread(target=_serve, args=(listener, calls), daemon=True).start()


def _serve(listener: socket.socket, calls: Mapping[str, Call]) -> None:
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=_handle, args=(sock, calls), daemon=True).start()


def _handle(sock: socket.socket, calls: Mapping[str, Call]) -> None:
    with sock, contextlib.suppress(EOFError, OSError):
        terms = content_of(receive(sock)[1])
        try:
            sock.sendall(message(END, calls[terms["do"]](terms)))
        except KGError as error:
            sock.sendall(message(FAIL, {"why": str(error), "status": error.http_status}))
        except Exception as error:  # the outermost edge: one write never ends the keeper
            LOG.exception("a write failed")
            sock.sendall(message(FAIL, {"why": f"{type(error).__name__}: {error}", "status": 500}))
