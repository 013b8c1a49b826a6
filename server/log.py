"""The access log: a line of JSON for each request, without what was asked unless that is wanted."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import TextIO

from server.exchange import Exchange
from server.pool.settings import Settings


class AccessLog:
    """Where the lines go; nowhere is a place too."""

    def __init__(self, settings: Settings) -> None:
        self._queries = settings.log_queries
        self._out: TextIO | None = None
        if settings.access_log == "-":
            self._out = sys.stderr
        elif settings.access_log:
            self._out = open(settings.access_log, "a", encoding="utf8", buffering=1)  # noqa: SIM115, PTH123 - kept open

    def write(self, exchange: Exchange) -> None:
        """Adds the line of a request that has been answered."""
        if self._out is None:
            return
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": exchange.client,
            "method": exchange.method,
            "path": exchange.path,
            "status": exchange.status,
            "bytes": exchange.size,
            "ms": round((time.perf_counter() - exchange.began) * 1000, 1),
        }
        if exchange.broken:
            line["broken"] = exchange.broken
        if self._queries and exchange.query_string:
            line["parameters"] = exchange.query_string
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
