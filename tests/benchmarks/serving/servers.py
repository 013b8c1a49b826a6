"""The servers that are compared, each started as a process of its own and ended when it is done with."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kg.errors import KGError
from tests.benchmarks.serving import memory
from tests.benchmarks.serving.apps import SERVED
from tests.benchmarks.serving.client import Client, Failed, request, target
from tests.benchmarks.serving.queries import JSON

ROOT = Path(__file__).parents[3]
ADDRESS = re.compile(r"Open http://127\.0\.0\.1:(\d+)/")
READY_SECONDS, STOP_SECONDS = 180, 10


class NotStarted(KGError):
    """The server ended, or did not answer in time; the message holds the last of what it wrote."""


@dataclass(frozen=True, slots=True)
class Places:
    """The store in our own layout, and a copy of its database that is the server's own."""

    store: Path
    database: Path


@dataclass(frozen=True, slots=True)
class Kind:
    """How a server is started on a port (0: it takes one and prints it), where it takes queries, what it needs."""

    command: Callable[[Places, int], Sequence[str]]
    path: str
    modules: tuple[str, ...] = ()
    program: str = ""
    own_port: bool = False

    def missing(self) -> str:
        """Why it can't be run here; '' where it can."""
        lacking = [name for name in self.modules if find_spec(name) is None]
        if self.program and not program(self.program):
            lacking.append(self.program)
        return f"{', '.join(lacking)} is not installed" if lacking else ""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its process, its port, where it takes queries, and seconds until its first answer.

    `ended` gives the exit status of the process, None while it runs.
    """

    pid: int
    port: int
    path: str
    started: float
    ended: Callable[[], int | None]

    def request(self, sparql: str, accept: str = JSON) -> bytes:
        """The bytes of a request for a query."""
        return request(self.target(sparql), accept)

    def target(self, sparql: str) -> str:
        """The path that asks a query."""
        return target(self.path, sparql)


def ours(replica: str) -> Kind:
    """Our own server with this sort of replica."""
    return Kind(lambda places, port: serve(places.store, port, replica=replica), "/sparql", own_port=True)


def serve(store: Path, port: int, **options: object) -> list[str]:
    """The command that serves a store of ours, with those of the options that this version knows."""
    more = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if knows(name)]
    return [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(port), *more]


@cache
def knows(option: str) -> bool:
    """Whether `kg serve` has an option."""
    told = subprocess.run(
        [sys.executable, "-m", "kg.cli", "serve", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return f"--{option.replace('_', '-')} " in told.stdout


def granian(interface: str, application: str) -> Callable[[Places, int], list[str]]:
    """The command that serves one of the applications on granian, in one process as rdflib's stores need it."""
    words = f"-m granian --interface {interface} --host 127.0.0.1 --workers 1 --no-ws --log-level critical --factory"
    place = f"tests.benchmarks.serving.apps:{application}"
    threads = ["--blocking-threads", "4"] if interface == "wsgi" else []
    return lambda _, port: [sys.executable, *words.split(), *threads, "--port", str(port), place]


def program(name: str) -> str | None:
    """The path of a program that stands beside Python or on PATH."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which(name)


def oxigraph(places: Places, port: int) -> list[str]:
    """The command of Oxigraph's own server."""
    bind = f"127.0.0.1:{port}"
    return [program("oxigraph") or "", "serve-read-only", "--location", str(places.database), "--bind", bind]


# The first is what the others are compared with.
SERVERS = {
    "oxigraph": Kind(oxigraph, "/query", program="oxigraph"),
    "ours-memory": ours("memory"),
    "ours-disk": ours("disk"),
    "flask-oxrdflib": Kind(granian("wsgi", "flask_oxrdflib"), "/sparql", modules=("oxrdflib", "flask", "granian")),
    "rdflib-endpoint": Kind(
        granian("asgi", "rdflib_endpoint"), "/sparql", modules=("oxrdflib", "rdflib_endpoint", "granian")
    ),
}


@contextmanager
def running(kind: Kind, places: Places, log: Path) -> Iterator[Running]:
    """The server, started and answering; it is ended with the block. Raises NotStarted."""
    port = 0 if kind.own_port else free_port()
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            kind.command(places, port),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, SERVED: str(places.database), "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
    try:
        port = _answering(process, port, kind.path, log)
        yield Running(process.pid, port, kind.path, time.perf_counter() - begun, process.poll)
    finally:
        memory.end(process.pid, patience=STOP_SECONDS)
        process.wait()


def _answering(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> int:
    until = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < until:
        told = ADDRESS.search(log.read_text("utf8", "replace"))
        found = port or (int(told.group(1)) if told else 0)
        if found:
            try:
                with Client(found) as client:
                    if client.ask(request(target(path, "ASK { }"), JSON), limit=5).status == 200:
                        return found
            except Failed:
                pass
        time.sleep(0.02)
    last = log.read_text("utf8", "replace").strip().splitlines()[-3:]
    raise NotStarted("it did not start: " + (" / ".join(last) or "it wrote nothing"))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
