"""What is counted for those who look after the server, in Prometheus' text format.

Several processes take requests. Each keeps its counters in files of the folder that PROMETHEUS_MULTIPROC_DIR names, and
whichever is asked adds up all of them.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from server.exchange import Exchange

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
ROUTES = ("sparql", "query", "update", "store", "id", "graph", "ns", "static")
KNOWN = 1000  # paths whose counters are at hand
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
KEPT = (
    ("generation", "kg_generation", "The generation of evaluators that answers."),
    ("version", "kg_store_version", "How often what is shown has changed since the start."),
    ("isolated", "kg_evaluators_isolated", "Whether evaluators are without a network."),
    ("in_memory", "kg_replica_in_memory", "Whether queries are read from memory."),
)


class Metrics:
    """Counters of one process that takes requests."""

    def __init__(self) -> None:
        own: Any = {"registry": CollectorRegistry()}
        self._requests = Counter("kg_requests", "Requests answered.", ["route", "method", "status"], **own)
        self._seconds = Histogram("kg_request_seconds", "How long they took.", ["route"], buckets=SECONDS, **own)
        self._broken = Counter("kg_answers_broken", "Answers that were broken off on their way.", **own)
        self.cached = Counter("kg_answers_cached", "Answers that came from the cache.", **own)
        own["multiprocess_mode"] = "livesum"
        self.running = Gauge("kg_queries_running", "Queries that are being evaluated.", **own)
        self.waiting = Gauge("kg_queries_waiting", "Queries that wait for their turn.", **own)
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        _forget_dead()

    def request(self, exchange: Exchange) -> None:
        """Counts a request that has been answered."""
        key = exchange.path, exchange.method, exchange.status
        found = self._known.get(key)
        if found is None:
            found = self._labelled(*key)
            if len(self._known) < KNOWN:
                self._known[key] = found
        requests, seconds = found
        requests.inc()
        seconds.observe(time.perf_counter() - exchange.began)
        if exchange.broken:
            self._broken.inc()

    def _labelled(self, path: str, method: str, status: int) -> tuple[Counter, Histogram]:
        first = path.strip("/").partition("/")[0]
        route = first if first in ROUTES else "other" if first else "home"
        known = method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        return self._requests.labels(route, known, str(status)), self._seconds.labels(route)


def text(status: Mapping[str, Any]) -> bytes:
    """All that the processes have counted, and what the keeper says of itself."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(_Keeper(status))
    return generate_latest(registry)


class _Keeper(Collector):
    """What the keeper says, as metrics."""

    def __init__(self, status: Mapping[str, Any]) -> None:
        self._status = {**status, "in_memory": status.get("replica") == "memory"}

    def collect(self) -> Iterator[Metric]:
        ended = GaugeMetricFamily("kg_evaluators_ended", "Evaluators that ended early, by cause.", labels=["cause"])
        for cause, number in self._status.get("deaths", {}).items():
            ended.add_metric([cause], number)
        yield ended
        for key, name, words in KEPT:
            yield GaugeMetricFamily(name, words, value=float(self._status.get(key, 0)))


def _forget_dead() -> None:
    """Lets go of what processes count that are no longer there."""
    folder = os.environ.get(FOLDER)
    for path in Path(folder).glob("gauge_live*.db") if folder else ():
        if (match := re.search(r"_(\d+)\.db$", path.name)) and not Path(f"/proc/{match[1]}").exists():
            with suppress(OSError):
                mark_process_dead(int(match[1]), folder)  # type: ignore[no-untyped-call]
