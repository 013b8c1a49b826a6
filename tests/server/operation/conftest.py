"""A store for each test, and a server that outlives what is done to its parts."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.serving import Served, ready, serving, small_store, until


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return small_store(tmp_path / "store", 500)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that outlives what is done to its parts."""
    with serving(small_store(tmp_path_factory.mktemp("operated") / "store", 500), "--timeout", "5") as served:
        yield served


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        until(lambda: ready(client), seconds=20)
        yield client
