"""Runs the application on granian, a real WSGI server, until a signal ends it.

One worker process holds the store and answers on several threads. The worker is spawned, not forked: a process that has
had an Oxigraph store open leaves a fork without the database's background threads.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from kg.errors import KGError
from kg.store import open_store
from server.app import create_app

THREADS = max(4, 2 * (os.cpu_count() or 1))
STOP_SECONDS = 5


class CannotListen(KGError):
    """The address is taken, or is none of this machine's."""


def serve(
    where: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    base: str | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the store at `where` until SIGINT or SIGTERM. Must be called in the main thread.

    `on_ready` gets the address once requests are answered; without it the address is printed. `port` 0 takes a free
    one.
    Raises CannotListen, and StoreError where the store can't be opened.
    """
    port = _free(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    failures: list[KGError] = []
    server = Server(
        "server",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        loop=Loops.asyncio,
        log_level=LogLevels.critical,
        workers_kill_timeout=STOP_SECONDS,
    )
    waiter = threading.Thread(target=_await, args=(receive, address, on_ready or _say, failures), daemon=True)
    waiter.start()
    try:
        with _spawning():
            server.serve(target_loader=partial(load, str(where), base, send), wrap_loader=False)
    except SystemExit:
        send.close()
        waiter.join(1)
        if failures:
            raise failures[0] from None
        raise


def load(where: str, base: str | None, ready: Connection) -> Any:
    """The application over the store at `where`, made in the worker; `ready` gets None, or why there is none."""
    try:
        app = create_app(open_store(where, read_only=True), base=base)
    except KGError as error:
        ready.send(error)
        ready.close()
        raise SystemExit(1) from None
    ready.send(None)
    return app


def _await(receive: Connection, address: str, on_ready: Callable[[str], None], failures: list[KGError]) -> None:
    try:
        problem = receive.recv()
    except EOFError:
        return
    if problem is None:
        on_ready(address)
    else:
        failures.append(problem)


def _say(address: str) -> None:
    print(f"Serving on {address} (Ctrl+C stops)", flush=True)


def _free(host: str, port: int) -> int:
    """The port, or a free one for 0; raises CannotListen where nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotListen(
                f"can't listen on {host}:{port}: {error.strerror or error}. "
                "Name another port with --port, or stop what runs there"
            ) from error
        return int(probe.getsockname()[1])


@contextmanager
def _spawning() -> Iterator[None]:
    """Has granian spawn its worker, and leaves the process as it was."""
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method("spawn", force=True)
    try:
        yield
    finally:
        multiprocessing.set_start_method(before, force=True)
