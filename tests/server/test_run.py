"""Starting and ending the server."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from kg.store import open_store
from server.iris import Names
from tests.server.conftest import ROOT, free_port, running


def finished(where: Path, port: int) -> subprocess.CompletedProcess[str]:
    """What `serve` does where it can't: the error's name and words end on stderr."""
    code = f"from server import serve\nserve({str(where)!r}, port={port})"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_it_cleanly(kept: Path, how: signal.Signals) -> None:
    with running(kept, free_port()) as process:
        assert process.stdout
        address = process.stdout.readline().split()[2]
        assert httpx.get(address + "healthz").status_code == 200
        process.send_signal(how)
        began = time.monotonic()
        assert process.wait(timeout=20) == 0
        assert time.monotonic() - began < 5
        with pytest.raises(httpx.ConnectError):
            httpx.get(address + "healthz")
        assert process.stderr
        assert process.stderr.read() == ""


def test_taken_port_is_named(kept: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = finished(kept, port)
    assert ended.returncode != 0
    assert f"CannotListen: can't listen on 127.0.0.1:{port}: Address already in use. Name another port" in ended.stderr


def test_missing_store_is_named(tmp_path: Path) -> None:
    ended = finished(tmp_path / "none", free_port())
    assert ended.returncode != 0
    assert f"StoreError: there is no store at {tmp_path / 'none'}" in ended.stderr
    assert ended.stdout == ""


def test_store_that_is_being_written_is_named(tmp_path: Path) -> None:
    with open_store(tmp_path / "store"):
        ended = finished(tmp_path / "store", free_port())
    assert "StoreLocked" in ended.stderr


@pytest.mark.parametrize(
    ("base", "graphs"),
    [
        ("https://example.org/id/", "https://example.org/graph/"),
        ("https://example.org/kg#", "https://example.org/kg#graph/"),
    ],
)
def test_graphs_stand_beside_the_base(base: str, graphs: str) -> None:
    names = Names.under(base)
    assert (names.base, names.graphs) == (base, graphs)
