"""How a server is to run: what `kg serve` is told, handed to all its processes."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Self

MB = 1 << 20
MOST_FRONTS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and switches of a server. Times are in seconds, sizes in bytes; 0 means no limit where it says so."""

    where: str = "kg-store"
    base: str | None = None
    title: str = "Conflict KG"
    replica: str = "auto"
    """Where evaluators read: `memory`, `disk`, or `auto`, which is memory where it fits into `replica_memory`."""
    replica_memory: int = 2048 * MB
    workers: int = max(4, 2 * (os.cpu_count() or 1))
    """How many queries are evaluated at a time."""
    queue: int = 64
    """How many more may wait for that."""
    timeout: float = 30.0
    """How long a query may be evaluated, and how long it may wait for its turn."""
    export: float = 300.0
    """How long an export may be worked on; no more than half of the evaluators do so at a time."""
    memory: int = 1024 * MB
    """How much memory one query may take, beside the copy that all read."""
    result: int = 0
    """How large an answer may be; 0 is no limit."""
    query: int = 1 * MB
    """How large a query, an update or an address may be."""
    body: int = 256 * MB
    """How large a graph may be that a client puts."""
    rate: float = 0.0
    """Requests a second of one client; 0 is no limit."""
    cache: int = 64 * MB
    """How much memory the cache of answers may take; 0 switches it off."""
    services: tuple[str, ...] = ()
    """Hosts, or starts of addresses, that SERVICE and LOAD may ask."""
    origins: tuple[str, ...] = ()
    """Sites whose pages may write, beside the server's own."""
    token: str = ""
    """What a client must show to write; without one nobody can."""
    forwarded: bool = False
    """Whether the client's address is the last of X-Forwarded-For, as a proxy in front gives it."""
    access_log: str = ""
    """Where a line for each request goes: a file, `-` for standard error, or nowhere."""
    log_queries: bool = False
    boot: str = ""
    """What tells one start of the server from another, since versions begin anew with each."""
    rundir: str = ""
    """The folder of the sockets that the server's own processes talk over."""

    @property
    def fronts(self) -> int:
        """How many processes take requests."""
        return max(1, min(MOST_FRONTS, (os.cpu_count() or 1) // 2, self.workers))  # evaluators need the other cores

    @property
    def writable(self) -> bool:
        """Whether anybody can write."""
        return bool(self.token)

    def outward(self, text: str) -> bool:
        """Whether a query or an update may ask other servers, as far as that can be seen at a glance."""
        return bool(self.services) and "service" in text.lower()

    @property
    def remote(self) -> str:
        """The address of the server that is passed queries on, where the store is none of ours."""
        return self.where.removeprefix("sparql+") if self.where.startswith("sparql+") else ""

    def dump(self) -> str:
        """The settings as text for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Self:
        """The settings that `dump` wrote."""
        found = json.loads(text)
        return cls(**found | {"services": tuple(found["services"]), "origins": tuple(found["origins"])})
