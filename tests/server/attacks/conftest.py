"""The servers that are attacked, and one that they must not reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Served, listening, serving, small_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("secure") / "store", 200)


@pytest.fixture(scope="module")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("logs") / "access.jsonl"
    options = ("--allow-origin", "https://editor.example", "--access-log", str(log))
    with serving(store, "--timeout", "5", "--memory", "200MB", *options) as served:
        yield served


@pytest.fixture(scope="module")
def log(served: Served) -> Path:
    """The access log of the server."""
    words = served.process.args
    assert isinstance(words, list)
    return Path(words[words.index("--access-log") + 1])


@pytest.fixture(scope="module")
def reading(store: Path, served: Served) -> Iterator[Served]:
    """A server that only reads, beside the one that writes."""
    del served
    with serving(store, "--log-queries", "--access-log", str(store.parent / "reading.jsonl"), token="") as reading:
        yield reading


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """The port of another server, and the requests that it gets."""
    with listening() as found:
        yield found
