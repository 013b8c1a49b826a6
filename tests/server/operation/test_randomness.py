"""Evaluators are forks, and each must have random numbers of its own: blank nodes and UUIDs are made of them."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.server.serving import ROOT, ask, serving, small_store, values

FORKED = """
import importlib, os, sys
importlib.import_module(sys.argv[1])
import pyoxigraph as ox
def child():
    there, here = os.pipe()
    pid = os.fork()
    if pid == 0:
        quad = next(iter(ox.parse(b"_:a <x:p> 1 .", ox.RdfFormat.TURTLE, rename_blank_nodes=True)))
        os.write(here, str(quad.subject).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    return os.read(there, 100)
assert child() != child()
"""


@pytest.mark.parametrize("module", ["server.pool.nursery", "server.pool.forks", "server.pool.evaluator"])
def test_what_forks_has_not_begun_the_random_numbers(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", FORKED, module], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("replica", ["memory", "disk"])
def test_no_two_requests_make_the_same_uuid(tmp_path: Path, replica: str) -> None:
    with serving(small_store(tmp_path / "store"), "--replica", replica, token="") as served:

        def made(_: int) -> str:
            with served.client() as client:
                answer: httpx.Response = ask(client, "SELECT (STRUUID() AS ?u) {}")
                return values(answer)[0]

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(made, range(60)))
    assert len(set(found)) == len(found)
