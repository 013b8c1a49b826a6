"""Starts a server's processes, the keeper of the store and granian with the front, and runs until a signal ends it.

SIGHUP has the front begin anew, with requests going on: the token is read again, and the access log opened again.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

import kg.errors
from kg.errors import KGError, StoreError, UsageError
from server.app import create_app
from server.front import Front
from server.metrics import Metrics
from server.pool.isolation import die_with_parent
from server.pool.settings import Settings

LOG = logging.getLogger("kg.serve")
STOP_SECONDS = 5
RELOAD_SECONDS = 5.0  # for which an old front goes on beside the new one, which takes one or two to listen
LISTEN_TRIES, LISTEN_SECONDS = 100, 0.02
AGAIN_SECONDS = 0.5
SHORTEST_TOKEN = 16


class CannotListen(KGError):
    """The address is taken, or is none of this machine's."""


def serve(
    where: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token_file: Path | None = None,
    settings: Settings | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the store at `where` until SIGINT or SIGTERM. Must be called in the main thread.

    `settings` are the limits; `where` and the token win over theirs. `token_file` holds the token that lets a client
    write; without one nobody can. `on_ready` gets the address once requests are answered; without it the address is
    printed. `port` 0 takes a free one. Raises CannotListen, UsageError for a token that is none, and StoreError where
    the store can't be opened.
    """
    if not hasattr(os, "fork"):
        raise UsageError("kg serve needs Linux or macOS: its processes are forks of one another")
    port = _free(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with _rundir() as rundir:
        given = replace(
            settings or Settings(),
            where=str(where),
            token=read_token(token_file),
            boot=os.urandom(4).hex(),
            rundir=str(rundir),
        )
        path = rundir / "settings.json"
        path.write_text(given.dump(), "utf8")
        (rundir / "metrics").mkdir()
        with _keeping(path):
            _front(path, given.fronts, token_file, host, port, address, on_ready or _say)


def read_token(path: Path | None) -> str:
    """The token in a file; empty without one. Raises UsageError where it can't be read or is too short."""
    if path is None:
        return ""
    try:
        token = path.read_text("utf8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the token can't be read: {getattr(error, 'strerror', None) or error}") from error
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        raise UsageError(
            f"{path}: a token has at least {SHORTEST_TOKEN} characters of ASCII, as of "
            "`python -c 'import secrets; print(secrets.token_urlsafe())'`"
        )
    return token


@contextmanager
def _rundir() -> Iterator[Path]:
    """A folder of our own for sockets, as short as their addresses have to be."""
    place = os.environ.get("XDG_RUNTIME_DIR")
    rundir = Path(tempfile.mkdtemp(prefix="kg-", dir=place if place and Path(place).is_dir() else None))
    try:
        yield rundir
    finally:
        shutil.rmtree(rundir, ignore_errors=True)


@contextmanager
def _keeping(path: Path) -> Iterator[None]:
    """Has a keeper run for the block, and another if it ends before that."""
    running = [_keeper(path)]
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            if running[0].wait() is not None and not ended.is_set():
                LOG.error("the keeper of the store has ended with %s; another begins", running[0].returncode)
                time.sleep(AGAIN_SECONDS)
                try:
                    running[0] = _keeper(path)
                except KGError as error:
                    LOG.error("%s", error)  # noqa: TRY400  # what it says is for whoever looks after the server

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        assert running[0].stdin is not None
        running[0].stdin.close()
        try:
            running[0].wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            running[0].kill()


def _keeper(path: Path) -> subprocess.Popen[str]:
    """A keeper's process that is ready. Raises what it could not start for."""
    process = subprocess.Popen(
        [sys.executable, "-m", "server.pool.keeper", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl+C is for this process, which ends that one in its turn
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    told = json.loads(line) if line.startswith("{") else {"failed": "StoreError", "why": "the store can't be opened"}
    if "failed" in told:
        process.wait()
        raise getattr(kg.errors, told["failed"], StoreError)(told["why"])
    return process


def _front(
    path: Path,
    fronts: int,
    token_file: Path | None,
    host: str,
    port: int,
    address: str,
    on_ready: Callable[[str], None],
) -> None:
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    server = Server(
        "server",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=fronts,
        runtime_threads=1,
        loop=Loops.auto,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=RELOAD_SECONDS,
        log_level=LogLevels.critical,
        workers_kill_timeout=STOP_SECONDS,
    )
    waiter = threading.Thread(target=_await, args=(receive, fronts, address, on_ready), daemon=True)
    waiter.start()
    with _spawning():
        server.serve(target_loader=cast(Any, partial(load, path, token_file, send)), wrap_loader=False)


def load(path: Path, token_file: Path | None, ready: Connection) -> Front:
    """The front, made in the process that runs it; `ready` gets None."""
    parent = multiprocessing.parent_process()
    die_with_parent(signal.SIGTERM, parent.pid if parent else None)
    settings = Settings.load(path.read_text("utf8"))
    if settings.token:
        settings = replace(settings, token=read_token(token_file))
    metrics = Metrics(Path(settings.rundir) / "metrics")
    front = Front(create_app(settings, metrics), settings, metrics)
    with suppress(OSError):
        ready.send(None)
    return front


def _await(receive: Connection, fronts: int, address: str, on_ready: Callable[[str], None]) -> None:
    with suppress(EOFError, OSError):
        for _ in range(fronts):
            receive.recv()
        _until_it_listens(address)
        on_ready(address)


def _until_it_listens(address: str) -> None:
    """Waits for the port, which a front opens right after it has said that it is ready."""
    parts = urlsplit(address)
    for _ in range(LISTEN_TRIES):
        with suppress(OSError), socket.create_connection((parts.hostname, parts.port), timeout=1):
            return
        time.sleep(LISTEN_SECONDS)


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
