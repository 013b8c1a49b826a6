"""What the HTTP server calls for each request: queries and graphs come straight from an evaluator, all else from Flask.

Flask is the application, and all that is seldom or small goes through it. A query does not, because that was measured:
to pass through WSGI, a thread and Flask's dispatch took more than half the time of a small query.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from kg.errors import KGError
from server import exports, media
from server.cache import Cache, Kept, is_steady
from server.exchange import Exchange
from server.guard import check_length
from server.limits import Rate, Turns
from server.log import AccessLog
from server.metrics import Metrics
from server.passing import Passing
from server.pool.client import keeper
from server.pool.line import Line, Lines
from server.pool.outward import place
from server.pool.settings import Settings
from server.pool.state import State
from server.protocol import UPDATE, Operation, Refused, operation
from server.store_paths import graph_of
from server.wire import Wire

LOG = logging.getLogger("kg.serve")
QUERIES = {"/sparql", "/sparql/", "/query", "/query/"}
ZIPPED = "gzip"
VARIES, ASK_AGAIN = ("vary", "Accept, Accept-Encoding"), ("cache-control", "no-cache")
NOWHERE = ("",)
Headers = tuple[tuple[str, str], ...]


class Front:
    """The RSGI application of a server."""

    def __init__(self, app: Flask, settings: Settings, metrics: Metrics) -> None:
        self._settings, self._metrics = settings, metrics
        self._rundir = Path(settings.rundir)
        self._lines = Lines(self._rundir, State(self._rundir))
        folder = place(self._rundir)
        self._outward = Lines(folder, State(folder)) if settings.services else self._lines
        self._flask = Passing(app, settings)
        self._cache = Cache(settings.cache // settings.fronts)
        self._rate = Rate(settings.rate)
        self._log = AccessLog(settings)
        # Made in the event loop that they belong to.
        self._turns: Turns | None = None
        self._long_turns: Turns | None = None

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        exchange = Exchange(scope, protocol, forwarded=self._settings.forwarded)
        try:
            await self._answer(exchange)
        except Refused as error:
            exchange.problem(error.http_status, str(error), error.headers)
        except KGError as error:
            exchange.problem(error.http_status, str(error))
        except asyncio.CancelledError:  # the client has gone
            exchange.status = exchange.status or 499
        except Exception:  # the outermost edge: one request never ends the others
            LOG.exception("%s %s", exchange.method, exchange.path)
            exchange.problem(500, "a fault of the server; its log tells more")
        finally:
            self._metrics.request(exchange)
            self._log.write(exchange)

    async def _answer(self, exchange: Exchange) -> None:
        self._rate.check(exchange.client)
        if exchange.method in ("GET", "HEAD", "POST") and exchange.path in QUERIES:
            if (asked := await self._operation(exchange)) is not None and asked.kind == "query":
                await self._query(exchange, asked)
                return
        elif exchange.method in ("GET", "HEAD", "POST") and exchange.path in exports.PATHS:
            if exchange.method == "POST" or exchange.parameter("format") or not exchange.wants_page():
                await self._export(exchange)
                return
        elif exchange.method in ("GET", "HEAD") and (graph := graph_of(exchange)) is not None:
            await self._graph(exchange, graph)
            return
        await self._flask.answer(exchange)

    async def _operation(self, exchange: Exchange) -> Operation | None:
        """The operation that is asked for; None where a page or the service's description is."""
        if exchange.method != "POST" and "query=" not in exchange.query_string:
            return None
        if exchange.method != "POST" and exchange.wants_page():
            return None
        if exchange.header("content-type").startswith(UPDATE):
            return None
        # Whoever may write may send much; what a stranger sends is a query.
        most = self._settings.body if exchange.header("authorization") else self._settings.query
        body = await exchange.body(most) if exchange.method == "POST" else b""
        return operation(exchange.method, exchange.query_string, exchange.header("content-type"), body)

    async def _query(self, exchange: Exchange, asked: Operation) -> None:
        check_length(asked.text, self._settings.query)
        formats = media.wanted(exchange.header("accept"), asked.fields.get("format", NOWHERE)[-1])
        if not any(formats.values()):
            media.refuse((*media.TABLE, *media.GRAPH))
        zipped = exchange.takes_gzip
        address = exchange.address
        terms = {
            "job": "query",
            "query": asked.text,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "formats": formats,
            "zip": zipped,
            "base": address,
        }
        key = asked.text, asked.default_graphs, asked.named_graphs, *formats.values(), zipped, address
        tag = self._tag(key) if is_steady(asked.text) else ""
        outward = self._settings.outward(asked.text)
        await self._tell(exchange, key, terms, tag=tag, lines=self._outward if outward else self._lines)

    async def _graph(self, exchange: Exchange, graph: str) -> None:
        format = media.choose(exchange.header("accept"), exchange.parameter("format"), media.GRAPH)
        if format is None:
            media.refuse(media.GRAPH)
        zipped = exchange.takes_gzip
        asking = {"do": "tag", "graph": graph}
        told = await asyncio.to_thread(keeper, self._rundir, asking, seconds=self._settings.timeout)
        terms = {"job": "graph", "graph": graph, "format": format, "zip": zipped}
        tag = f'"{told["state"]}.{format}"'
        await self._tell(exchange, ("graph", graph, format, zipped), terms, tag=tag, lines=self._lines)

    async def _export(self, exchange: Exchange) -> None:
        body = await exchange.body(self._settings.query) if exchange.method == "POST" else b""
        asked = exports.export(exchange.method, exchange.query_string, exchange.header("content-type"), body)
        query = asked.given.get("query", NOWHERE)[-1]
        check_length(query, self._settings.query)
        terms = asked.terms | {"zip": exchange.takes_gzip}
        key = repr(sorted(terms.items()))
        tag = self._tag(key) if is_steady(query) else ""
        lines = self._outward if self._settings.outward(query) else self._lines
        await self._tell(exchange, key, terms, tag=tag, lines=lines, file_name=asked.file_name)

    def _tag(self, key: Any) -> str:
        digest = hashlib.blake2b(repr(key).encode(), digest_size=8).hexdigest()
        return f'"{self._settings.boot}-{self._lines.state.version}-{digest}"'

    async def _tell(
        self, exchange: Exchange, key: Any, terms: Mapping[str, Any], *, tag: str, lines: Lines, file_name: str = ""
    ) -> None:
        """Sends the answer to a job: that the client has it already, what was kept, or an evaluator's.

        `tag` is the answer's ETag; one that may differ each time has none, and is not kept. What has a `file_name` is
        an export, which may take longer than a query and lets queries before it.
        """
        version = self._lines.state.version
        headers: Headers = (("etag", tag),) if tag else ()
        if tag:
            if exchange.holds(tag):
                exchange.send(304, headers, b"")
                return
            if not exchange.holds_any and (kept := self._cache.get(key, version)) is not None:
                self._metrics.cached.inc()
                exchange.send(200, kept.headers, kept.body)
                return
        turns = self._long() if file_name else self._short()
        seconds = self._settings.export if file_name else self._settings.timeout
        if self._settings.result:
            terms = {**terms, "largest": self._settings.result}
        exchange.watch()
        try:
            await turns.take()
            try:
                line = await lines.ask(terms, seconds=seconds)
                try:
                    named = (("content-disposition", f'attachment; filename="{file_name}"'),) if file_name else ()
                    headers = (*self._headers(line, headers if line.version == version else ()), *named)
                    await self._send(exchange, headers, line)
                    if tag and line.ended and exchange.whole is not None and line.version == version:
                        self._cache.put(key, Kept(version, headers, exchange.whole))
                finally:
                    line.close()
            finally:
                turns.give()
        finally:
            exchange.unwatch()

    def _short(self) -> Turns:
        """The turns of queries."""
        self._turns = self._turns or Turns(
            at_once=self._settings.workers,
            waiting=self._settings.queue,
            seconds=self._settings.timeout,
            changed=self._count,
        )
        return self._turns

    def _long(self) -> Turns:
        """The turns of exports, which leave evaluators to queries."""
        self._long_turns = self._long_turns or Turns(
            at_once=max(1, self._settings.workers // 2), waiting=self._settings.queue, seconds=self._settings.export
        )
        return self._long_turns

    def _count(self, turns: Turns) -> None:
        self._metrics.running.set(turns.running)
        self._metrics.waiting.set(turns.waiting)
        self._metrics.changed()

    async def _send(self, exchange: Exchange, headers: Headers, line: Line) -> None:
        if exchange.holds_any:
            exchange.send(304, headers, b"")
        elif line.ended:
            exchange.whole = line.take()
            exchange.send(200, headers, exchange.whole)
        else:
            await self._stream(exchange, headers, line)

    def _headers(self, line: Line, headers: Headers) -> Headers:
        found = [("content-type", media.content_type(line.head["format"])), VARIES]
        if line.head.get("zipped"):
            found.append(("content-encoding", ZIPPED))
        if self._settings.result:
            found.append(("result-limit", f"{self._settings.result} bytes"))
        return (*found, ASK_AGAIN, *headers)

    async def _stream(self, exchange: Exchange, headers: Headers, line: Line) -> None:
        """Sends an answer as it comes; where it breaks, so does the connection, and it can't be taken for whole."""
        if exchange.method == "HEAD":
            exchange.send(200, headers, b"")
            return
        wire = Wire.between(exchange.server, exchange.peer)
        send = exchange.stream(200, headers)
        try:
            async for piece in line.rest():
                await send(piece)
                await wire.give(len(piece))
        except KGError as error:
            exchange.broken = str(error)
            wire.cut()
        except BaseException:
            wire.cut()
            raise
        finally:
            wire.close()
