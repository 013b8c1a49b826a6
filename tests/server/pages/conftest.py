"""Real servers: over the graph that the demo makes of its ten articles, and over reports of a few happenings."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.server.asking import BROWSER
from tests.server.browsing import watched
from tests.server.pages.reports import build
from tests.server.serving import ROOT, Served, serving


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `kg demo` leaves."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    command = [sys.executable, "-m", "kg.cli", "demo", "--no-serve", "--store", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def demo(demo_store: Path) -> Iterator[Served]:
    """`kg serve` over it, to be read."""
    with serving(demo_store, token="") as served:
        yield served


@pytest.fixture
def pages(demo: Served) -> Iterator[httpx.Client]:
    """A client of that server that asks as a browser does."""
    with demo.client(headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}) as client:
        yield client


@pytest.fixture(params=["light"])
def seen(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Page]:
    """A browser's page on that server; a test that names it indirectly chooses one of VIEWS."""
    with watched(browser, demo.address, request.param) as page:
        yield page


@pytest.fixture(scope="session")
def reports_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of several reports of one strike, and of a few other happenings."""
    return build(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def reported(reports_store: Path) -> Iterator[Served]:
    """`kg serve` over it, to be read."""
    with serving(reports_store, token="") as served:
        yield served


@pytest.fixture
def told(reported: Served) -> Iterator[httpx.Client]:
    """A client of that server."""
    with reported.client(headers=BROWSER) as client:
        yield client


@pytest.fixture(scope="module", params=["memory"])
def judged(
    request: pytest.FixtureRequest, reports_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """`kg serve` over a copy of it that can be written, and is read from memory."""
    store = tmp_path_factory.mktemp("judged") / "store"
    shutil.copytree(reports_store, store)
    with serving(store, "--replica", request.param) as served:
        yield served
