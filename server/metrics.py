"""What is counted for those who look after the server, in Prometheus' text format."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from server.exchange import Exchange
from server.limits import Turns

ROUTES = ("sparql", "query", "update", "store", "id", "graph", "ns", "static")
KNOWN = 1000  # paths whose counters are at hand
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Counters of one process that answers."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        own: Any = {"registry": self._registry}
        self._requests = Counter("kg_requests", "Requests answered.", ["route", "method", "status"], **own)
        self._seconds = Histogram(
            "kg_request_seconds", "How long they took.", ["route"], buckets=SECONDS, registry=self._registry
        )
        self._broken = Counter("kg_answers_broken", "Answers that were broken off on their way.", **own)
        self.cached = Counter("kg_answers_cached", "Answers that came from the cache.", **own)
        self._running = Gauge("kg_queries_running", "Queries that are being evaluated.", **own)
        self._waiting = Gauge("kg_queries_waiting", "Queries that wait for their turn.", **own)
        self._stopped = Gauge(
            "kg_evaluators_ended", "Evaluators that ended before their time, by cause.", ["cause"], **own
        )
        self._generation = Gauge("kg_generation", "The generation of evaluators that answers.", **own)
        self._version = Gauge("kg_store_version", "How often what is shown has changed since the start.", **own)
        self._isolated = Gauge("kg_evaluators_isolated", "Whether evaluators are without a network.", **own)
        self._memory = Gauge("kg_replica_in_memory", "Whether queries are read from memory.", **own)
        self.turns: Turns | None = None
        """Where queries wait, once one has."""
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

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

    def text(self, status: Mapping[str, Any]) -> bytes:
        """All of it, with what the keeper says of itself."""
        if self.turns is not None:
            self._running.set(self.turns.running)
            self._waiting.set(self.turns.waiting)
        for cause, number in status.get("deaths", {}).items():
            self._stopped.labels(cause).set(number)
        self._generation.set(status.get("generation", 0))
        self._version.set(status.get("version", 0))
        self._isolated.set(bool(status.get("isolated")))
        self._memory.set(status.get("replica") == "memory")
        return generate_latest(self._registry)
