"""Servers with small limits, over one store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Served, serving, small_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("limits") / "store")


@pytest.fixture(scope="module")
def limited(store: Path) -> Iterator[Served]:
    """A server that writes, with a small limit on everything but time."""
    sizes = ("--max-result", "1MB", "--max-query", "20k", "--max-body", "100k", "--memory", "100MB")
    with serving(store, *sizes, "--timeout", "20") as served:
        yield served


@pytest.fixture(scope="module")
def hasty(store: Path, limited: Served) -> Iterator[Served]:
    """A server that only reads, in one process: one query at a time, and two more may wait, for at most a second."""
    del limited  # it has the store open for writing first
    with serving(store, "--timeout", "1", "--workers", "1", "--queue", "2", token="") as served:
        yield served
