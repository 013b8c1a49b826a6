"""A web site on a real port, that does what its pages tell it and remembers what it was asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """An answer. With an `etag` it is 304 where that is asked for."""

    body: bytes = b""
    media: str = "text/html"
    status: int = 200
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    status: int
    at: float


class Site:
    """The first answer of `troubles[path]` comes before that of `pages[path]`."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.troubles: dict[str, list[Page]] = {}
        self.asked: list[Asked] = []
        self.address = ""

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def answer(self, path: str, headers: dict[str, str]) -> Page:
        waiting = self.troubles.get(path, [])
        page = waiting.pop(0) if waiting else self.pages.get(path, Page(status=404))
        if page.etag and headers.get("if-none-match") == page.etag:
            page = Page(status=304)
        self.asked.append(Asked(path, headers, page.status, time.monotonic()))
        return page


def feed(site: Site, *paths: str, **page: object) -> str:
    """The address of a feed that the site has from now on, with an entry for each path."""
    entries = "".join(
        f"<item><title>On {path}</title><link>{site.address}{path}</link><guid>{site.address}{path}#id</guid>"
        f"<pubDate>Tue, 03 Jun 2025 08:15:00 GMT</pubDate><description>Rockets hit on {path}.</description></item>"
        for path in paths
    )
    body = f"<rss version='2.0'><channel><title>The Quay</title>{entries}</channel></rss>".encode()
    site.pages["/feed"] = Page(body, **({"media": "application/rss+xml"} | page))  # type: ignore[arg-type]
    return f"{site.address}/feed"


@contextmanager
def served() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = site.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(page.status)
            sent = {"Content-Type": page.media, "Content-Length": str(len(page.body)), **page.headers}
            for name, value in (sent | ({"ETag": page.etag} if page.etag else {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)
            if int(sent["Content-Length"]) > len(page.body):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
