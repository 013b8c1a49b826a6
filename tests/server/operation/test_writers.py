"""Those who write, in this process or another, and what others see of it."""

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from kg.errors import StoreLocked
from kg.store import open_store
from tests.server.operation.life import insert, shows
from tests.server.processes import of_role
from tests.server.serving import (
    ENDLESS,
    POINT,
    ROOT,
    Served,
    ask,
    connected,
    ready,
    sample,
    serving,
    start,
    until,
    update,
    values,
)


def test_what_is_written_is_shown_at_once(client: httpx.Client) -> None:
    """A write is answered when every query that follows sees it."""
    for number in range(20):
        assert insert(client, f"w{number}").status_code == 200
        assert shows(client, f"w{number}")
    assert update(client, "DROP GRAPH <urn:g:w7>").status_code == 200
    assert not shows(client, "w7")


def test_reader_sees_what_another_process_writes(store: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    with writer:
        assert writer.stdout.readline() == "open\n"
        with serving(store, token="") as served, served.client() as client:
            for name in ("one", "two", "three"):
                writer.stdin.write(f"{name}\n")
                writer.stdin.flush()
                assert writer.stdout.readline() == f"{name}\n"
                until(lambda: shows(client, name), seconds=8, what="the reader's seeing it")  # noqa: B023
            assert insert(client, "four").status_code == 403
            writer.stdin.close()
            assert writer.wait(timeout=30) == 0
            until(lambda: ready(client))
            assert all(shows(client, name) for name in ("one", "two", "three"))


WRITES = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import open_store
with open_store(sys.argv[1]) as store:
    print("open", flush=True)
    for line in sys.stdin:
        name = line.strip()
        store.replace(f"urn:g:{name}", [Quad(NamedNode(f"urn:s:{name}"), NamedNode("urn:p"), Literal(name))])
        print(name, flush=True)
"""


def test_second_writer_is_told_who_writes(store: Path, tmp_path: Path) -> None:
    with serving(store) as served:
        (keeper,) = of_role(served.run, "keeper")
        with pytest.raises(StoreLocked, match=f"process {keeper} is writing to it. Wait for it to end"):
            open_store(store)
        article = tmp_path / "article.txt"
        article.write_text("Russia attacked Odesa with drones overnight.")
        command = [sys.executable, "-m", "kg.cli", "build", str(article), "--store", str(store)]
        built = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
        assert built.returncode == StoreLocked.exit_code
        assert f"process {keeper} is writing to it" in built.stderr
        assert "Traceback" not in built.stderr
        second = start(store, "--token-file", str(served.token_file), run=tmp_path)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, out) == (StoreLocked.exit_code, "")
        assert f"process {keeper} is writing to it" in err
        with served.client() as client:
            assert values(ask(client, POINT)) == ["14"]


def test_many_write_at_once_and_nothing_is_lost(served: Served, client: httpx.Client) -> None:
    statuses: list[int] = []

    def keep_writing(who: int) -> None:
        with served.client() as writer:
            for number in range(8):
                statuses.append(insert(writer, f"m{who}-{number}").status_code)

    threads = [threading.Thread(target=keep_writing, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 32
    assert all(shows(client, f"m{who}-{number}") for who in range(4) for number in range(8))


def test_long_queries_see_the_store_as_it_was_and_end(served: Served, client: httpx.Client) -> None:
    """Generations are retired while they answer; none of their evaluators stays."""
    rng = random.Random(3)
    socks = [connected(served.port, f"{ENDLESS} # {number}") for number in range(2)]
    for number in range(10):
        assert insert(client, f"l{number}").status_code == 200
        time.sleep(rng.uniform(0, 0.1))
    for sock in socks:
        sock.close()
    until(lambda: sample(client, "kg_queries_running") == 0)
    nurseries = len(of_role(served.run, "nursery"))
    wanted = max(4, 2 * (os.cpu_count() or 1)) + 2
    until(lambda: len(of_role(served.run, "evaluator")) <= nurseries * wanted, seconds=15)
    assert len(list(served.rundir.glob("*.sock"))) <= 3
    assert list(served.rundir.glob("change-*")) == []
