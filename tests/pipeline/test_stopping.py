"""A build that is stopped, however that is done, leaves whole articles, and the next one ends with the same graph."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.rdf import ONTOLOGY_GRAPH
from kg.store import open_store
from kg.validate import check
from tests.pipeline.corpus import written

NUMBER = 240


def run(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def family(process: subprocess.Popen[str]) -> list[int]:
    """The processes of its session that are alive."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == process.pid and fields[0] != "Z":
                found.append(int(place.name))
    return found


def graphs(folder: Path) -> list[str]:
    try:
        with open_store(folder, read_only=True) as store:
            return [graph for graph in store.graphs() if graph != ONTOLOGY_GRAPH and "/incidents/" not in graph]
    except StoreError:
        return []


def dump(folder: Path) -> bytes:
    with open_store(folder, read_only=True) as store:
        return b"".join(store.dump())


def until(holds: Callable[[], object], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("news") / "news.jsonl", range(NUMBER))


@pytest.fixture(scope="module")
def whole(news: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a build that nobody stops leaves."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    process = run("build", "--jobs", "2", "--store", folder, news)
    output, errors = process.communicate(timeout=300)
    assert (process.returncode, errors) == (0, "")
    assert f"{NUMBER} articles read: " in output
    return dump(folder)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 130)], ids=lambda each: str(each)
)
def test_next_build_goes_on(number: signal.Signals, code: int, news: Path, whole: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = run("build", "--jobs", "2", "--store", folder, news)
    until(lambda: graphs(folder))
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in errors
    until(lambda: not family(process), seconds=20)
    stored = graphs(folder)
    assert 0 < len(stored) < NUMBER
    if number != signal.SIGKILL:
        assert output.splitlines()[-1].startswith(f"Stopped early: {len(stored)} articles read")
    with open_store(folder, read_only=True) as store:
        check(store.quads(stored[-1]))
    process = run("build", "--jobs", "2", "--store", folder, news)
    output, _ = process.communicate(timeout=300)
    assert f"{NUMBER - len(stored)} articles read, {len(stored)} unchanged: " in output
    assert dump(folder) == whole


def test_watch_reads_what_comes_and_ends_politely(tmp_path: Path) -> None:
    folder, inbox = tmp_path / "store", tmp_path / "inbox"
    inbox.mkdir()
    written(inbox / "first.jsonl", range(2))
    process = run("watch", "--store", folder, inbox)
    until(lambda: len(graphs(folder)) == 2)
    written(inbox / "second.jsonl", range(1, 4))
    until(lambda: len(graphs(folder)) == 4)
    (inbox / "bad.jsonl").write_text("no JSON\n")
    time.sleep(3)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert [line.partition(" ")[2].partition(":")[0] for line in output.splitlines()[1:]] == [
        "2 articles read",
        "2 articles read, 1 unchanged",
        "no article read, 1 failed (1 can't be read)",
    ]
    assert "bad.jsonl, line 1: not JSON" in errors
