"""What is counted for those who look after the server, in Prometheus' text format.

Several processes take requests. Each counts in its memory and notes its figures in a file now and then; whichever is
asked adds up all of them. (The client library can share counters through mapped files, but to write them took a
quarter of the time of a small query.)
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from server.exchange import Exchange

ROUTES = ("sparql", "query", "update", "store", "id", "graph", "ns", "static")
KNOWN = 1000  # paths whose counters are at hand
SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
NOTE_SECONDS = 0.5
KEPT = (
    ("generation", "kg_generation", "The generation of evaluators that answers."),
    ("version", "kg_store_version", "How often what is shown has changed since the start."),
    ("isolated", "kg_evaluators_isolated", "Whether evaluators are without a network."),
    ("in_memory", "kg_replica_in_memory", "Whether queries are read from memory."),
)
Key = tuple[str, tuple[tuple[str, str], ...]]


class Metrics:
    """Counters of one process that takes requests; `folder` is where all of them note theirs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._registry = CollectorRegistry()
        own: Any = {"registry": self._registry}
        self._requests = Counter("kg_requests", "Requests answered.", ["route", "method", "status"], **own)
        self._seconds = Histogram("kg_request_seconds", "How long they took.", ["route"], buckets=SECONDS, **own)
        self._broken = Counter("kg_answers_broken", "Answers that were broken off on their way.", **own)
        self.cached = Counter("kg_answers_cached", "Answers that came from the cache.", **own)
        self.running = Gauge("kg_queries_running", "Queries that are being evaluated.", **own)
        self.waiting = Gauge("kg_queries_waiting", "Queries that wait for their turn.", **own)
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._noting = False

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
        self.changed()

    def changed(self) -> None:
        """Has the figures noted before long. To be called in the event loop."""
        if not self._noting:
            self._noting = True
            asyncio.get_running_loop().call_later(NOTE_SECONDS, self._note)

    def _note(self) -> None:
        self._noting = False
        samples = [
            (sample.name, sorted(sample.labels.items()), sample.value)
            for family in self._registry.collect()
            for sample in family.samples
        ]
        path = self._folder / f"{os.getpid()}.json"
        with suppress(OSError):
            path.with_suffix(".new").write_text(json.dumps(samples), "utf8")
            path.with_suffix(".new").replace(path)

    def text(self, status: Mapping[str, Any]) -> bytes:
        """What all processes have counted, and what the keeper says of itself."""
        registry = CollectorRegistry()
        registry.register(_Sum(self._registry, _others(self._folder)))
        registry.register(_Keeper(status))
        return generate_latest(registry)

    def _labelled(self, path: str, method: str, status: int) -> tuple[Counter, Histogram]:
        first = path.strip("/").partition("/")[0]
        route = first if first in ROUTES else "other" if first else "home"
        known = method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        return self._requests.labels(route, known, str(status)), self._seconds.labels(route)


def _others(folder: Path) -> dict[Key, float]:
    """The sums of what other processes have noted. One that has ended counts, but has nothing running or waiting."""
    found: dict[Key, float] = {}
    for path in folder.glob("*.json"):
        if path.stem == str(os.getpid()):
            continue
        alive = _is_alive(int(path.stem))
        for name, labels, value in json.loads(path.read_text("utf8")):
            if alive or not name.startswith("kg_queries_"):
                key = name, tuple((label, text) for label, text in labels)
                found[key] = found.get(key, 0.0) + value
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


class _Sum(Collector):
    """The metrics of this process, with the figures of the others added."""

    def __init__(self, registry: CollectorRegistry, others: Mapping[Key, float]) -> None:
        self._registry, self._others = registry, others

    def collect(self) -> Iterator[Metric]:
        for family in self._registry.collect():
            total = Metric(family.name, family.documentation, family.type)
            own = {(s.name, tuple(sorted(s.labels.items()))): s.value for s in family.samples}
            kinds = {family.name + end for end in ("", "_total", "_bucket", "_count", "_sum")}
            for name, labels in sorted({*own, *(key for key in self._others if key[0] in kinds)}, key=_order):
                key = name, labels
                if not name.endswith("_created"):
                    total.add_sample(name, dict(labels), own.get(key, 0.0) + self._others.get(key, 0.0))
            yield total


def _order(key: Key) -> tuple[str, tuple[tuple[str, float | str], ...]]:
    """Buckets of a histogram by their bounds, as the format wants them."""
    name, labels = key
    rest = tuple((label, text) for label, text in labels if label != "le")
    return name, (*rest, *((label, float(text)) for label, text in labels if label == "le"))


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
