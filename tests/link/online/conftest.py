"""A small world of items, and servers on real ports that tell of it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from kg.link.online import open_service
from kg.link.online.service import Guarded

from .wikibase import Wiki, entity, link, point, statement

Open = Callable[..., Guarded]


@pytest.fixture
def wiki() -> Wiki:
    return Wiki(
        entity("Q212", "Ukraine", link("P31", "Q3624078"), pages=40),
        entity("Q30", "United States", link("P31", "Q6256"), pages=40),
        entity("Q230", "Georgia", link("P31", "Q3624078"), about="country in the Caucasus", pages=30),
        entity("Q1428", "Georgia", link("P31", "Q35657"), link("P17", "Q30"), about="state of the USA", pages=20),
        entity("Q35657", "U.S. state", link("P279", "Q107390")),
        entity("Q107390", "federated state", link("P279", "Q56061")),
        entity(
            "Q1874", "Odesa", link("P31", "Q515"), link("P17", "Q15180", P582="+1991-08-24T00:00:00Z"),
            link("P17", "Q212"), point(46.49, 30.71), statement("P1566", "698740", "string"), also="Odessa", pages=3,
        ),
        entity("Q128361", "Odessa", link("P31", "Q515"), link("P17", "Q30"), point(31.85, -102.37), pages=1),
        entity("Q900001", "Odessa", link("P31", "Q11424"), about="a film"),
        entity("Q900002", "Odessa Steps", link("P31", "Q515")),
        entity(
            "Q3874799", "Volodymyr Zelenskyy", link("P31", "Q5"), link("P27", "Q212"),
            link("P39", "Q900004", P580="+2015-01-01T00:00:00Z", P582="+2018-01-01T00:00:00Z"),
            link("P39", "Q900003", P580="+2019-05-20T00:00:00Z"), also="Zelensky", pages=9,
        ),
        entity("Q900003", "President of Ukraine"),
        entity("Q900004", "producer"),
    )  # fmt: skip


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """Starts an application on a free port and gives its address."""
    with ExitStack() as stack:

        def start(app: Flask) -> str:
            server = make_server("127.0.0.1", 0, app, threaded=True)
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield start


@pytest.fixture
def api(wiki: Wiki, serve: Callable[[Flask], str]) -> str:
    """The address of the wiki's API."""
    return f"{serve(wiki.app)}/w/api.php"


@pytest.fixture
def slept() -> list[float]:
    """The seconds that the services waited; none of them were."""
    return []


@pytest.fixture
def told() -> list[str]:
    """The warnings that were given."""
    return []


@pytest.fixture
def connect(tmp_path: Path, slept: list[float], told: list[str]) -> Iterator[Open]:
    """`open_service` with a cache in the test's folder, waiting for nothing."""
    with ExitStack() as stack:

        def opened(url: str | None, **options: object) -> Guarded:
            given = {"cache": tmp_path / "cache", "warn": told.append, "sleep": slept.append, "timeout": 2} | options
            return stack.enter_context(open_service(url, **given))  # type: ignore[arg-type]

        yield opened


@pytest.fixture
def serve_proxy() -> Iterator[list[str]]:
    """The port of a proxy that lets nobody through, then what it was asked."""
    lines: list[str] = []

    class Closed(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            lines.append(self.requestline.rpartition(" ")[0])
            self.send_error(502)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Closed) as server:
        lines.append(str(server.server_port))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield lines
        server.shutdown()
        thread.join()
