"""Hands a request to Flask: its body in memory or, where it is large, in a file, and a thread to run in."""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from flask import Flask

from server.exchange import Exchange
from server.pool.settings import Settings

THREADS = 8
IN_MEMORY = 1 << 20


class Passing:
    """The Flask application behind the event loop (PEP 3333)."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="flask")

    async def answer(self, exchange: Exchange) -> None:
        """Sends what Flask answers, whole: what may be large does not come this way."""
        with tempfile.SpooledTemporaryFile(IN_MEMORY, dir=self._settings.rundir or None) as body:
            if exchange.method not in ("GET", "HEAD", "OPTIONS"):
                async for piece in exchange.pieces(self._settings.body):
                    body.write(piece)
                body.seek(0)
            loop = asyncio.get_running_loop()
            status, headers, content = await loop.run_in_executor(self._threads, self._run, exchange, body)
        exchange.pass_on(status, headers, content)

    def _run(self, exchange: Exchange, body: IO[bytes]) -> tuple[int, list[tuple[str, str]], bytes]:
        status, headers = 500, list[tuple[str, str]]()

        def start(line: str, given: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            nonlocal status, headers
            status, headers = int(line.split()[0]), [(name.lower(), value) for name, value in given]
            return io.BytesIO().write

        found = self._app.wsgi_app(self._environ(exchange, body), start)
        try:
            return status, headers, b"".join(found)
        finally:
            if hasattr(found, "close"):
                found.close()

    def _environ(self, exchange: Exchange, body: IO[bytes]) -> dict[str, Any]:
        host, _, port = exchange.host.partition(":")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": exchange.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": exchange.path.encode().decode("latin-1"),
            "QUERY_STRING": exchange.query_string,
            "SERVER_NAME": host,
            "SERVER_PORT": port or {"http": "80", "https": "443"}[exchange.scheme],
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": exchange.client,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": exchange.scheme,
            "wsgi.input": body,
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in exchange.headers():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        environ["HTTP_HOST"] = exchange.host
        return environ
