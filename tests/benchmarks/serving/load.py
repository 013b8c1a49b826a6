"""Requests per second over several connections, by `wrk` where it is on PATH and by a client of our own where not.

    python -m tests.benchmarks.serving.load PORT FILE SECONDS

runs our own client, which sends the targets of a file, one a line, and prints what it saw as JSON.
"""

from __future__ import annotations

import json
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path

from kg.errors import KGError
from tests.benchmarks.serving.client import parsed, request
from tests.benchmarks.serving.queries import JSON

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Load:
    """Which client made the load, good answers per second, requests that failed, and latencies in milliseconds."""

    tool: str
    rate: float
    failed: int
    median: float
    worst: float  # the 99th percentile


def tool() -> str:
    """The name of the client that makes the load."""
    return "wrk" if shutil.which("wrk") else "our own client"


def load(port: int, targets: Path, seconds: float) -> Load:
    """What came of sending the targets of a file over 8 connections for so many seconds. Raises KGError."""
    mine = [sys.executable, "-m", __spec__.name, str(port), str(targets), str(seconds)]
    url = f"http://127.0.0.1:{port}/"
    bounds = ["-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "10s", "-s", str(SCRIPT)]
    wrk = ["wrk", *bounds, url, "--", str(targets), JSON]
    try:
        done = subprocess.run(
            wrk if tool() == "wrk" else mine,
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + 60,
            cwd=Path(__file__).parents[3],
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise KGError(f"{tool()} failed: {str(error.stderr or error).strip()[-300:]}") from error
    if tool() != "wrk":
        return Load(**json.loads(done.stdout))
    told = next((line.split()[1:] for line in done.stdout.splitlines() if line.startswith("TOLD")), None)
    if told is None:
        raise KGError(f"wrk told nothing: {done.stdout[-300:]}")
    good, taken, failed, median, worst = map(int, told)
    return Load("wrk", good / taken * 1e6, failed, median / 1000, worst / 1000)


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    sent: float = 0.0
    got: bytes = field(default=b"")


def _own(port: int, targets: Iterator[bytes], seconds: float) -> Load:
    """The load of our own client: one thread that waits for whichever connection has an answer."""
    selector, taken, failed = selectors.DefaultSelector(), list[float](), 0
    for _ in range(CONNECTIONS):
        one = _Connection(socket.create_connection(("127.0.0.1", port)))
        selector.register(one.socket, selectors.EVENT_READ, one)
        _send(one, targets)
    begun = time.perf_counter()
    while (now := time.perf_counter()) < begun + seconds:
        for key, _ in selector.select(timeout=seconds - (now - begun)):
            one = key.data
            try:
                piece = one.socket.recv(1 << 16)
            except OSError:
                piece = b""
            one.got += piece
            status = _status(one.got) if piece else 0
            if status is None:
                continue
            if status == 200:
                taken.append(time.perf_counter() - one.sent)
            else:
                failed += 1
            if not piece:
                selector.unregister(one.socket)
                one.socket.close()
                one.socket = socket.create_connection(("127.0.0.1", port))
                selector.register(one.socket, selectors.EVENT_READ, one)
            _send(one, targets)
    whole = time.perf_counter() - begun
    cuts = [cut * 1000 for cut in statistics.quantiles(taken, n=100)] if len(taken) > 1 else [0.0] * 99
    return Load(tool(), len(taken) / whole, failed, cuts[49], cuts[98])


def _send(connection: _Connection, targets: Iterator[bytes]) -> None:
    connection.got, connection.sent = b"", time.perf_counter()
    connection.socket.sendall(next(targets))


def _status(got: bytes) -> int | None:
    """The status of a whole answer; None where more is to come."""
    head, end, body = got.partition(b"\r\n\r\n")
    if not end:
        return None
    status, fields = parsed(head)
    if fields.get("transfer-encoding", "") == "chunked":
        return status if body.endswith(b"0\r\n\r\n") else None
    return status if len(body) >= int(fields.get("content-length", 0)) else None


def main(port: int, targets: Path, seconds: float) -> None:
    """Print the load as JSON."""
    lines = [request(line, JSON) for line in targets.read_text("utf8").splitlines()]
    print(json.dumps(asdict(_own(port, cycle(lines), seconds))))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
