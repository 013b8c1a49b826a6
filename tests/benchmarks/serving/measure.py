"""What is measured of one server: its answers, its latencies, its throughput and its memory, within a time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KGError
from tests.benchmarks.serving import memory
from tests.benchmarks.serving.client import Answer, Client, Failed
from tests.benchmarks.serving.load import Load, load
from tests.benchmarks.serving.queries import JSON, LARGE, N_TRIPLES, Query, Sum, summed
from tests.benchmarks.serving.servers import Kind, Places, Running, running

LEAST_ROUNDS, LARGE_ROUNDS, QUERY_SHARE, LOAD_SHARE = 5, 3, 0.05, 0.06
TARGETS_A_SECOND = 20_000  # more than any server answers, so that none is asked twice


@dataclass(frozen=True, slots=True)
class Timing:
    """The latency in seconds of each round, or why there is none (`problem`)."""

    taken: tuple[float, ...] = ()
    problem: str = ""

    @property
    def median(self) -> float:
        """The median latency; 0 where there is none."""
        return statistics.median(self.taken) if self.taken else 0.0


@dataclass(frozen=True, slots=True)
class Flow:
    """A large answer: bytes a second and seconds to the first byte, both medians; or why there is none."""

    rate: float = 0.0
    first: float = 0.0
    problem: str = ""


@dataclass(slots=True)
class Measured:
    """All that was measured of one server. Memory in MB: when nothing was asked yet, and at the end.

    `notes` tell of answers that were not those of the first server.
    """

    started: float = 0.0
    timings: dict[str, Timing] = field(default_factory=dict)
    loads: dict[str, Load | str] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    memory: tuple[float, float] = (0.0, 0.0)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What all servers are asked: queries, what their parameters can be; and how long one server may take."""

    queries: Mapping[str, Query]
    picked: Mapping[str, Sequence[str]]
    seconds: float
    limit: float


class Bench:
    """One server under measurement; it is started anew after a timeout, for it may still be busy with that query."""

    def __init__(self, kind: Kind, places: Places, plan: Plan, folder: Path) -> None:
        self.kind, self.places, self.plan, self.folder = kind, places, plan, folder
        self.until = time.monotonic() + plan.seconds
        self.most = 0.0  # MB, of the servers that were ended after a timeout
        self._held = ExitStack()
        self.server: Running
        self.client: Client

    @contextmanager
    def up(self) -> Iterator[Bench]:
        """The bench, with its server until the end of the block."""
        try:
            self.start()
            yield self
        finally:
            self._held.close()

    def start(self) -> None:
        self._held.close()
        self.server = self._held.enter_context(running(self.kind, self.places, self.folder / "server.log"))
        self.client = self._held.enter_context(Client(self.server.port))

    def ask(self, sparql: str, accept: str, *, keep: bool = True) -> Answer:
        """The whole answer to a query. Raises Failed where there is none in time, or the server refuses."""
        left = self.until - time.monotonic()
        if left < 1:
            raise Failed("no time left")
        request = self.server.request(sparql, accept)
        try:
            answer = self.client.ask(request, limit=min(self.plan.limit, left), keep=keep)
        except Failed:
            self.most = max(self.most, memory.held(self.server.pid))
            self.start()
            raise
        if answer.status != 200:
            raise Failed(f"status {answer.status}")
        return answer


def measure(bench: Bench, truth: dict[str, Sum], tell: Callable[[str], None]) -> Measured:
    """All figures of the server of the bench. `truth` has the right answers; what it lacks is put there."""
    found, plan = Measured(started=bench.server.started), bench.plan
    quiet = memory.held(bench.server.pid)
    targets = bench.folder / "targets"
    for name, repeated in (("distinct", False), ("repeated", True)):
        tell(f"load: {name}")
        seconds = max(1.0, plan.seconds * LOAD_SHARE)
        lines = _targets(bench, 1 if repeated else int(seconds * TARGETS_A_SECOND))
        targets.write_text("\n".join(lines) + "\n", "utf8")
        try:
            found.loads[name] = load(bench.server.port, targets, seconds)
        except KGError as error:
            found.loads[name] = str(error)
    for query in plan.queries.values():
        tell(query.name)
        try:
            found.timings[query.name] = _timing(bench, query, truth, found.notes)
        except Failed as error:
            found.timings[query.name] = Timing(problem=str(error))
    for name, accept in (("SELECT", JSON), ("CONSTRUCT", N_TRIPLES)):
        tell(f"large {name}")
        try:
            found.flows[name] = _flow(bench, accept)
        except Failed as error:
            found.flows[name] = Flow(problem=str(error))
    found.memory = quiet, max(bench.most, memory.held(bench.server.pid))
    return found


def _flow(bench: Bench, accept: str) -> Flow:
    """All triples, read and thrown away; several times where that is quick."""
    begun, answers = time.monotonic(), list[Answer]()
    while len(answers) < LARGE_ROUNDS and time.monotonic() - begun < bench.plan.seconds * QUERY_SHARE:
        answers.append(bench.ask(LARGE[accept].substitute(n=len(answers)), accept, keep=False))
    rates, firsts = zip(*((answer.size / answer.total, answer.first) for answer in answers), strict=True)
    return Flow(statistics.median(rates), statistics.median(firsts))


def _targets(bench: Bench, wanted: int) -> list[str]:
    """Point lookups, all of different nodes, or with other names of variables where there are too few nodes."""
    query, picked = bench.plan.queries["point"], bench.plan.picked
    texts = (query.text(1_000_000 + n, picked) for n in range(wanted))
    return [bench.server.target(text) for text in texts]


def _timing(bench: Bench, query: Query, truth: dict[str, Sum], notes: list[str]) -> Timing:
    """The query's median, once its answer is known to be right; one that takes long is timed fewer times."""
    picked = bench.plan.picked
    answer = bench.ask(query.text(0, picked), query.accept)
    try:
        found = summed(answer.body, query.accept)
    except (ValueError, KeyError, AttributeError) as error:
        raise Failed("unreadable answer") from error
    right = truth.setdefault(query.name, found)
    if found != right:
        notes.append(f"its answer to {query.name} is {found}, where the first server's is {right}")
        raise Failed("other answer")
    share, taken = bench.plan.seconds * QUERY_SHARE, list[float]()
    begun = time.monotonic()
    if answer.total > share:  # too slow for more
        return Timing((answer.total,))
    for n in range(1, query.rounds + 1):
        taken.append(bench.ask(query.text(n, picked), query.accept).total)
        if time.monotonic() - begun > share and (n >= LEAST_ROUNDS or time.monotonic() - begun > 2 * share):
            break
    return Timing(tuple(taken))
