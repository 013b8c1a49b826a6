"""Full load on a server for a long time: readers that ask all sorts of things, a writer, and what came of it."""

from __future__ import annotations

import math
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.benchmarks.serving import memory
from tests.benchmarks.serving.client import Client, Failed, request, target
from tests.benchmarks.serving.queries import JSON, LARGE, N_TRIPLES, queries
from tests.benchmarks.serving.report import Table
from tests.benchmarks.serving.servers import Running

READERS, SAMPLE_SECONDS, PAUSE, KEPT = 8, 5, 0.05, 5
QUICK = ("point", "point", "point", "star", "two-hops", "three-hops")
PATIENCE = 20  # seconds until a reader hangs up
ABANDONED = 1_000_000  # bytes after which a reader of a large answer has had enough
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }"
GRAPH = "https://example.org/soak/graph/"
LEAST_SAMPLES = 20
LEVEL = 0.002  # growth a minute, as a share of the memory held, that counts as none


@dataclass(slots=True)
class Diary:
    """What happened in which minute: the outcomes of reads and writes, and samples (minutes, MB) of memory.

    `ended` is the exit status of a server that went away by itself.
    """

    length: float  # minutes
    begun: float = field(default_factory=time.monotonic)
    read: Counter[tuple[int, str]] = field(default_factory=Counter)
    written: Counter[tuple[int, str]] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    ended: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def minutes(self) -> float:
        """How long ago it was begun."""
        return (time.monotonic() - self.begun) / 60

    @property
    def whole(self) -> int:
        """How many minutes the diary tells of apart; the last may be a part of one."""
        return max(1, math.ceil(self.length))

    def minute(self, at: float) -> int:
        """The minute that a time belongs to; what comes late still belongs to the last."""
        return min(int(at), self.whole - 1)

    def note(self, counter: Counter[tuple[int, str]], outcome: str) -> None:
        with self._lock:
            counter[self.minute(self.minutes), outcome] += 1


def soak(server: Running, picked: Mapping[str, Sequence[str]], minutes: float, token: str) -> Iterator[Diary]:
    """The diary, each time memory was sampled, until the time is up or the server has ended.

    Without a token nothing is written.
    """
    diary, over = Diary(minutes), threading.Event()
    works: list[Callable[[], None]] = [
        lambda n=n: _read(server, picked, n, diary, over)  # type: ignore[misc]
        for n in range(READERS)
    ]
    if token:
        works.append(lambda: _write(server, token, diary, over))
    with _running(works, over):
        while diary.minutes < minutes and diary.ended is None:
            time.sleep(min(SAMPLE_SECONDS, max(0.1, (minutes - diary.minutes) * 60)))
            diary.ended = server.ended()
            if diary.ended is None:
                diary.memory.append((diary.minutes, memory.held(server.pid)))
            yield diary


@contextmanager
def _running(works: Sequence[Callable[[], None]], over: threading.Event) -> Iterator[None]:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(PATIENCE + 5)


def _read(server: Running, picked: Mapping[str, Sequence[str]], n: int, diary: Diary, over: threading.Event) -> None:
    """Most readers ask what is quick, two ask everything in turn, and the last one is a nuisance."""
    every, rng = queries(), random.Random(n)
    turn = n * 1_000_000
    with Client(server.port) as client:
        while not over.is_set():
            turn += 1
            stop = 0
            if n == READERS - 1:
                asked, stop = _nuisance(server, turn)
            else:
                name = rng.choice(QUICK) if n < READERS - 3 else list(every)[turn % len(every)]
                asked = server.request(every[name].text(turn, picked), every[name].accept)
            try:
                outcome = str(client.ask(asked, limit=PATIENCE, keep=False, stop=stop).status)
            except Failed as error:
                outcome = str(error)
                over.wait(0.1)
            diary.note(diary.read, outcome)


def _nuisance(server: Running, turn: int) -> tuple[bytes, int]:
    """A request that is wrong, endless or large, and after how many bytes of its answer to hang up (0: never)."""
    wrong = server.request(f"SELECT ?x WHERE {{ ?x <no iri {turn}> }}")
    large = {accept: server.request(text.substitute(n=turn), accept) for accept, text in LARGE.items()}
    kinds = (
        (wrong, 0),
        (large[JSON], ABANDONED),
        (server.request(f"SELECT * WHERE {{ ?s ?p ?o{turn} }} ORDER BY DESC(?o{turn})"), ABANDONED),
        (large[N_TRIPLES], 0),
        (server.request(ENDLESS.replace("?n", f"?n{turn}")), 0),
    )
    return kinds[turn % len(kinds)]


def _write(server: Running, token: str, diary: Diary, over: threading.Event) -> None:
    """Puts one small graph after another, replaces it once, and deletes it a little later."""
    number = 0
    with Client(server.port) as client:
        while not over.wait(PAUSE):
            number += 1
            for method, which, size in (("PUT", number, 20), ("PUT", number, 30), ("DELETE", number - KEPT, 0)):
                if which > 0:
                    diary.note(diary.written, _written(client, token, method, which, size))
        for which in range(max(1, number - KEPT + 1), number + 1):
            _written(client, token, "DELETE", which, 0)


def _written(client: Client, token: str, method: str, number: int, size: int) -> str:
    iri = f"{GRAPH}{number}"
    lines = (
        f'<{iri}#{n}> <http://www.w3.org/2000/01/rdf-schema#label> "number {n} of {number}" .' for n in range(size)
    )
    place = target("/store", iri).replace("?query=", "?graph=")
    fields = {"Authorization": f"Bearer {token}", "Content_Type": "text/turtle"}
    try:
        asked = request(place, "*/*", method=method, body="\n".join(lines).encode(), **fields)
        return f"{method} {client.ask(asked, limit=PATIENCE).status}"
    except Failed as error:
        return f"{method} {error}"


def table(diary: Diary) -> Table:
    """The diary, a row a minute."""
    rows = []
    for minute in range(diary.whole):
        held = [megabytes for at, megabytes in diary.memory if diary.minute(at) == minute] or [0.0]
        rows.append(
            (
                str(minute + 1),
                *(_outcomes(counter, minute) for counter in (diary.read, diary.written)),
                f"{statistics.median(held):,.0f}",
                f"{max(held):,.0f}",
            )
        )
    return Table(
        "A server under full load", ("minute", "reads by status", "writes by status", "memory, MB", "at most"), rows
    )


def _outcomes(counter: Counter[tuple[int, str]], minute: int) -> str:
    found = sorted((outcome, number) for (at, outcome), number in counter.items() if at == minute)
    return ", ".join(f"{outcome}: {number:,}" for outcome, number in found) or "–"


def verdict(diary: Diary) -> str:
    """Whether memory grew over the second half, and by how much a minute, or that the server did not live so long."""
    if diary.ended is not None:
        last = diary.memory[-1][0] if diary.memory else 0.0
        return f"The server ENDED by itself with exit status {diary.ended}, after {last:.1f} minutes or a little more."
    half = [(at, megabytes) for at, megabytes in diary.memory if at >= diary.length / 2]
    if len(half) < LEAST_SAMPLES:
        return "Too short to tell whether memory grows."
    slope, error = _slope(half)
    mean = statistics.fmean(megabytes for _, megabytes in half)
    told = (
        "is level" if slope <= LEVEL * mean else "GROWS" if slope > 3 * error else "may grow, which a longer run tells"
    )
    return (
        f"Memory {told}: {slope:+.1f} ± {error:.1f} MB a minute over the second half, "
        f"at {mean:,.0f} MB. {sum(diary.read.values()):,} reads and {sum(diary.written.values()):,} writes in all."
    )


def _slope(samples: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """What the second figure grows by for each one of the first, and the standard error of that."""
    line = statistics.linear_regression(*zip(*samples, strict=True))
    middle = statistics.fmean(at for at, _ in samples)
    missed = sum((figure - line.intercept - line.slope * at) ** 2 for at, figure in samples)
    spread = sum((at - middle) ** 2 for at, _ in samples)
    return line.slope, math.sqrt(missed / (len(samples) - 2) / spread)
