"""The engine for more than one machine: actors on a Ray cluster. Ray comes with the extra `ray`.

An actor whose process or machine dies is started anew, elsewhere if need be, and its batch with it; a batch that ends
its actor again and again is lost.
"""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError, UsageError
from kg.pipeline.engines import Lost
from kg.pipeline.logs import quiet
from kg.pipeline.version import version
from kg.pipeline.worker import STAGES, Worker

CONNECT_SECONDS = 10.0
TRIES = 2
"""How often a batch is begun anew after its actor died."""


class Actor:
    """What runs in each process of the cluster: a worker, made there."""

    def __init__(self, made: Callable[[], Worker]) -> None:
        quiet()
        self._worker: Worker | KGError
        try:
            self._worker = made()
        except KGError as error:  # which would be lost if the making of the actor raised it
            self._worker = error

    def version(self) -> str:
        """Which state of the program the process has. Raises what the making of its worker raised."""
        if isinstance(self._worker, KGError):
            raise self._worker
        return version()

    def do(self, stage: str, batch: Sequence[Any]) -> list[Any]:
        """What the stage gives for each part of the batch."""
        assert isinstance(self._worker, Worker)
        return STAGES[stage](self._worker, batch)

    def process(self) -> int:
        """The number of the process."""
        return os.getpid()


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch that an actor has."""

    reference: Any
    number: int
    cluster: Cluster

    def result(self) -> list[Any]:
        """What the stage gives for each part, once it is there. Raises Lost, and what the making of a worker raises."""
        return self.cluster.result(self.reference, self.number)


class Cluster:
    """Runs a worker in each of `jobs` actors. See `kg.pipeline.engines.Engine`.

    `address` is that of a running cluster, as `ray.init` takes it; without one a cluster of this machine is started,
    and ended with the engine. `jobs` 0 is an actor for each processor of the cluster. `seconds` is how long a batch may
    take.
    """

    def __init__(self, made: Callable[[], Worker], *, address: str, jobs: int, seconds: float) -> None:
        self._ray = ray = _ray()
        self._seconds = seconds
        own: dict[str, Any] = {}
        if not address:
            own = {"num_cpus": jobs or None, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        try:
            _reach(address)
            ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **own)
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"no Ray cluster answers at {address or 'this machine'}: {error}") from error
        processors = int(ray.cluster_resources().get("CPU", 1))
        if jobs > processors:  # the rest would wait for a place for ever
            ray.shutdown()
            raise UsageError(f"the cluster has {processors} processors: --jobs can't be more")
        jobs = jobs or processors
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=TRIES)(Actor)
        self.actors = [actor.remote(made) for _ in range(jobs)]
        self._check()
        self.ahead = 2 * jobs
        self._busy: Counter[int] = Counter(dict.fromkeys(range(jobs), 0))

    def _check(self) -> None:
        """Raises what the making of a worker raises, and UsageError where a machine has another program."""
        try:
            found = set(self._ray.get([each.version.remote() for each in self.actors]))
        except self._ray.exceptions.RayError as error:
            self.close()
            cause = getattr(error, "cause", None)
            raise cause if isinstance(cause, KGError) else KGError(f"the cluster fails: {error}") from error
        if found != {version()}:
            self.close()
            raise UsageError("a machine of the cluster has another version of this program: install the same on all")

    def submit(self, stage: str, batch: Sequence[Any]) -> Remote:
        number = min(self._busy, key=lambda number: (self._busy[number], number))
        self._busy[number] += 1
        return Remote(self.actors[number].do.remote(stage, batch), number, self)

    def result(self, reference: Any, number: int) -> list[Any]:
        """What an actor gave for a batch, once it is there."""
        errors = self._ray.exceptions
        try:
            return list(self._ray.get(reference, timeout=self._seconds))
        except errors.GetTimeoutError as error:
            self._ray.kill(self.actors[number], no_restart=False)
            raise Lost(f"it took longer than {self._seconds:g} seconds", "slow") from error
        except errors.RayTaskError as error:
            if isinstance(error.cause, KGError):
                raise error.cause from error
            raise Lost(f"{type(error.cause).__name__}: {error.cause}; please report the article", "fault") from error
        except errors.RayError as error:
            raise Lost(f"its actor ended: {str(error).splitlines()[0]}", "killed") from error
        finally:
            self._busy[number] -= 1

    def close(self) -> None:
        self._ray.shutdown()


def _reach(address: str) -> None:
    """Raises OSError or ValueError where nobody listens at a host and port, for which Ray itself would wait long."""
    if address not in ("", "auto"):
        host, _, port = address.removeprefix("ray://").rpartition(":")
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else it tells its makers of each use
    try:
        import ray
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'conflictkg[ray]'") from error
    return ray
