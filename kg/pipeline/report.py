"""What a build tells when it has ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that is not in the store: where it is from, why, and what kind of failure that is."""

    where: str
    why: str
    kind: str = "unreadable"


KINDS = {
    "unreadable": "can't be read",
    "extractor": "stopped the extractor",
    "invalid": "made a graph that is not valid",
    "fault": "met a fault of the program",
    "killed": "killed the process that read it",
    "slow": "took too long",
}
"""The kinds of failure, in words that follow a number of articles."""


@dataclass(slots=True)
class Report:
    """What a build found. `types` counts events by EventType code; `stopped` says that the user ended it early.

    `articles` were read and stored; of these `copies` are near-copies of others. `skipped` were in the store already
    as they are, `older` came before the day asked for. `writing` are the seconds that the store took of `seconds`.
    """

    articles: int = 0
    copies: int = 0
    skipped: int = 0
    older: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    words: int = 0
    entities: int = 0
    linked: int = 0
    events: int = 0
    claims: int = 0
    counts: int = 0
    types: Counter[str] = field(default_factory=Counter)
    quads: int = 0
    seconds: float = 0.0
    writing: float = 0.0
    stopped: bool = False

    @property
    def kinds(self) -> Counter[str]:
        """How many articles failed, by kind."""
        return Counter(failure.kind for failure in self.failures)
