"""How much is in a store, counted by SPARQL, and the latest such count, taken in the background.

Each of the four queries reads an index once from end to end and keeps no more than a number for each class or property,
so the cost grows with the triples and the memory does not. All four take 0.2 seconds for 0.5 million quads (0.3 million
triples) and 1.3 for 3 million (1.7 million), on disk. Distinct subjects are left out: each must be held to count them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

LARGEST = 200
PAUSE = 60.0
T = TypeVar("T")
Ask = Callable[[str], list[dict[str, str]]]

GRAPHS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?graph {} }"
TRIPLES = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
CLASSES = "SELECT ?iri (COUNT(*) AS ?n) WHERE { ?thing a ?iri } GROUP BY ?iri HAVING(ISIRI(?iri))"
PROPERTIES = "SELECT ?iri (COUNT(*) AS ?n) WHERE { ?s ?iri ?o } GROUP BY ?iri"


@dataclass(frozen=True, slots=True)
class Statistics:
    """The triples of the union of all named graphs, the named graphs, the instances of classes, the uses of properties.

    `classes` and `properties` go from IRI to number, sorted by IRI; of very many they hold the largest.
    """

    triples: int
    graphs: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


def statistics(ask: Ask, *, largest: int = LARGEST) -> Statistics:
    """The statistics of the store that `ask` puts SELECT queries to; `largest` is how many classes are told of."""
    return Statistics(
        triples=_number(ask, TRIPLES),
        graphs=_number(ask, GRAPHS),
        classes=_numbers(ask, CLASSES, largest),
        properties=_numbers(ask, PROPERTIES, largest),
    )


def _number(ask: Ask, query: str) -> int:
    return int(ask(query)[0]["n"])


def _numbers(ask: Ask, query: str, largest: int) -> Mapping[str, int]:
    found = ask(f"{query} ORDER BY DESC(?n) ?iri LIMIT {largest}")
    return MappingProxyType(dict(sorted((row["iri"], int(row["n"])) for row in found)))


class Latest(Generic[T]):
    """The latest statistics of a store that changes. `count` takes them; it runs in a thread of its own.

    At least `pause` seconds by `clock` lie between the end of one count and the beginning of the next.
    """

    def __init__(
        self, count: Callable[[], T], *, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._count, self._pause, self._clock = count, pause, clock
        self._lock = threading.Lock()
        self._running: threading.Thread | None = None
        self._ended: float | None = None
        self._held: tuple[Hashable, T] | None = None

    def get(self, version: Hashable) -> T | None:
        """What was counted last, at once: of this version or of one before it; None before the first count has ended.

        Where it is of another version, a count begins, unless one is running or the last ended just now.
        """
        with self._lock:
            held = self._held
            fresh = held is not None and held[0] == version
            rested = self._ended is None or self._clock() - self._ended >= self._pause
            if not fresh and rested and self._running is None:
                self._running = threading.Thread(target=self._run, args=(version,), name="statistics", daemon=True)
                self._running.start()
        return held[1] if held else None

    def wait(self, timeout: float | None = None) -> None:
        """Returns when no count is running any longer, or after `timeout` seconds: before the store is closed."""
        with self._lock:
            running = self._running
        if running is not None:
            running.join(timeout)

    def _run(self, version: Hashable) -> None:
        found: T | None = None
        try:
            found = self._count()
        except Exception:  # a description without numbers is better than none; the next count may succeed
            logging.getLogger(__name__).warning("the store could not be counted", exc_info=True)
        with self._lock:
            if found is not None:
                self._held = (version, found)
            self._running, self._ended = None, self._clock()
