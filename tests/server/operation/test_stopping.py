"""How a server ends, and how it begins anew."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from kg.store import open_store
from server.run import STOP_SECONDS
from tests.server.operation.life import insert, renewed
from tests.server.processes import members, of_role
from tests.server.serving import ENDLESS, POINT, Served, ask, connected, sample, serving, until, update


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_during_a_query(store: Path, how: signal.Signals) -> None:
    with serving(store, "--timeout", "30") as served, closing(connected(served.port, ENDLESS)):
        with served.client() as client:
            until(lambda: sample(client, "kg_queries_running") == 1)
        began = time.monotonic()
        served.process.send_signal(how)
        assert served.process.wait(timeout=STOP_SECONDS * 2 + 5) == 0
        assert time.monotonic() - began < STOP_SECONDS + 3
        until(lambda: not members(served.run), what="the end of all its processes")
        assert list(served.run.glob("kg-*")) == []
        assert served.process.stderr is not None
        assert served.process.stderr.read() == ""
    open_store(store).close()


def test_signal_to_all_of_its_processes_ends_it(store: Path) -> None:
    """As Ctrl+C in a terminal and some process managers send it."""
    with serving(store) as served:
        for pid in members(served.run):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        assert served.process.wait(timeout=STOP_SECONDS * 2) == 0
        until(lambda: not members(served.run))


def test_kill_leaves_no_process_behind(store: Path) -> None:
    with serving(store, "--timeout", "30") as served, closing(connected(served.port, ENDLESS)):
        with served.client() as client:
            until(lambda: sample(client, "kg_queries_running") == 1)
            assert insert(client, "acknowledged").status_code == 200
        served.process.kill()
        served.process.wait()
        until(lambda: not of_role(served.run, "evaluator") and not of_role(served.run, "keeper"), seconds=15)
        with open_store(store) as opened:
            assert "urn:g:acknowledged" in opened.graphs()
        until(lambda: set(members(served.run).values()) <= {"tracker"}, seconds=15, what="the end of the others")


def test_fork_whose_parent_died_at_once_dies_too() -> None:
    """A parent that is killed between the fork and the wish to die with it sends no signal any more."""
    script = """
import os, signal, time
from server.pool.isolation import die_with_parent
parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == parent:
    time.sleep(0.01)
die_with_parent(signal.SIGKILL, parent)
print("alive")
"""
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=30, check=True)
    assert done.stdout == ""


def test_reload_takes_a_new_token_and_drops_no_request(store: Path) -> None:
    with serving(store, "--timeout", "10") as served, served.client() as client:
        statuses: list[int | str] = []
        ended = threading.Event()

        def keep_asking() -> None:
            while not ended.is_set():
                try:
                    with served.client() as each:  # a connection may be closed between two requests, as HTTP has it
                        statuses.append(ask(each, f"{POINT} # {len(statuses)}").status_code)
                except httpx.TransportError as error:
                    statuses.append(repr(error))

        slow = threading.Thread(target=lambda: statuses.append(slow_query(served)))
        asking = threading.Thread(target=keep_asking)
        slow.start()
        asking.start()
        time.sleep(0.3)
        before = of_role(served.run, "front")
        served.token_file.write_text("another-token-of-some-length\n")
        served.process.send_signal(signal.SIGHUP)
        try:
            until(lambda: renewed(served, before), seconds=30, what="the fronts' beginning anew")
            new = {"Authorization": "Bearer another-token-of-some-length"}
            until(lambda: update(client, "INSERT DATA { }", **new).status_code == 200, seconds=20)
            assert update(client, "INSERT DATA { }").status_code == 401
        finally:
            ended.set()
            asking.join()
            slow.join()
        assert set(statuses) == {200}
        assert len(statuses) > 10


def slow_query(served: Served) -> int:
    """The status of an answer that takes a second or so."""
    with served.client() as client:
        query = (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i && ?a = <urn:none>) }"
        )
        return ask(client, query + " LIMIT 1").status_code
