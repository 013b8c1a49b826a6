"""Servers of the command line with options, and what tests ask of them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store
from tests.server.processes import members

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-that-only-these-tests-know"
WRITER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {"Content-Type": "application/sparql-update", **WRITER}
QUERY = {"Content-Type": "application/sparql-query"}
TURTLE = {"Content-Type": "text/turtle", **WRITER}
EXAMPLE = "https://example.org/"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
POINT = f"SELECT ?o {{ <{EXAMPLE}s7> <{EXAMPLE}p> ?o }}"
STARTS = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address without a slash at the end, its main process, and the folder it has its own in."""

    address: str
    process: subprocess.Popen[str]
    run: Path
    token_file: Path

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def rundir(self) -> Path:
        """The folder of the sockets that its processes talk over."""
        (found,) = self.run.glob("kg-*")
        return found

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=60, **options)


def quads(number: int, *, graph: str = f"{EXAMPLE}graph/g", each: int = 50) -> Iterator[Quad]:
    """So many quads in graphs of `each`, every one with its own subject and a label of words to find it by."""
    for n in range(number):
        name, subject = NamedNode(f"{graph}{n // each}"), NamedNode(f"{EXAMPLE}s{n // 2}")
        if n % 2:
            yield Quad(subject, LABEL, Literal(f"label number{n // 2}"), name)
        else:
            yield Quad(subject, NamedNode(f"{EXAMPLE}p"), Literal(n), name)


def small_store(folder: Path, number: int = 2000) -> Path:
    """A new store in the folder, with so many quads."""
    by_graph: dict[str, list[Quad]] = {}
    for quad in quads(number):
        by_graph.setdefault(str(quad.graph_name)[1:-1], []).append(quad)
    with open_store(folder) as store:
        for graph, found in by_graph.items():
            store.replace(graph, found)
    return folder


@contextmanager
def serving(
    store: Path | str, *options: str, token: str = TOKEN, env: dict[str, str] | None = None
) -> Iterator[Served]:
    """The server over a store, once it answers. It writes if there is a token. Ended with the block, if it has not."""
    run = Path(tempfile.mkdtemp(prefix="kg-t-"))
    token_file = run / "token"
    token_file.write_text(token + "\n")
    given = ["--token-file", str(token_file)] if token else []
    process = start(store, *given, *options, run=run, env=env)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if "http://" not in line:
            raise AssertionError(f"the server says {line!r} and {process.communicate()[1]}")
        served = Served(line.split()[1].rstrip("/"), process, run, token_file)
        until(lambda: listens(served.port), what="listening")
        yield served
    finally:
        end(process, run)
        shutil.rmtree(run, ignore_errors=True)


def start(store: Path | str, *options: str, run: Path, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """The process of `kg serve` on a free port, in a session of its own, with `run` as the folder for what it needs."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "0", *options],
        cwd=ROOT,
        env=os.environ | {"XDG_RUNTIME_DIR": str(run)} | (env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def listens(port: int) -> bool:
    """Whether someone of this machine takes connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def listening(
    answers: Mapping[str, tuple[int, Mapping[str, str], bytes]] | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """The port of another server that keeps the path of every request it gets, and those paths.

    `answers` has for a path, without parameters, the status, headers and body to answer with; it is asked anew at each
    request. Where a path has none that is 404.
    """
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            calls.append(self.path)
            path = self.path.partition("?")[0]
            status, headers, body = (answers or {}).get(path, (404, {}, b""))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer

        def log_message(self, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, calls
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def end(process: subprocess.Popen[str], run: Path) -> None:
    """Ends a server, and what it has left behind, and closes what it was read from."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
    for pid in members(run):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()


def until(holds: Callable[[], object], *, seconds: float = 10.0, what: str = "it") -> float:
    """How long it took until that held; fails where it never does."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{what} did not happen within {seconds:g} seconds")
        time.sleep(0.05)
    return time.monotonic() - began


def ready(client: httpx.Client) -> bool:
    """Whether the server says that it is."""
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def sample(client: httpx.Client, name: str, **labels: str) -> float:
    """The value of a counter in the server's metrics; 0 where it has none yet."""
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for found in family.samples:
            if found.name == name and found.labels == labels:
                return float(found.value)
    return 0.0


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.post("/sparql", content=query, headers=QUERY | headers)


def update(client: httpx.Client, text: str, **headers: str) -> httpx.Response:
    return client.post("/update", content=text, headers=UPDATE | headers)


def values(answer: httpx.Response) -> list[str]:
    """The value of each term of a table, row by row."""
    answer.raise_for_status()
    return [term["value"] for row in answer.json()["results"]["bindings"] for term in row.values()]


def connected(port: int, query: str, *, zipped: bool = False, room: int = 0) -> socket.socket:
    """A socket on which a query has been sent; the answer is not read. `room` makes its receiving buffer small."""
    sock = socket.socket()
    if room:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    sock.settimeout(60)
    sock.connect(("127.0.0.1", port))
    body = query.encode()
    lines = ["POST /sparql HTTP/1.1", "Host: test", "Content-Type: application/sparql-query"]
    lines += ["Accept-Encoding: gzip"] if zipped else []
    sock.sendall("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body)
    return sock
