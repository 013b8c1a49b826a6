"""The engine that needs no other process: each batch is done when it is submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.pipeline.worker import STAGES, Worker


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that is done."""

    results: list[Any]

    def result(self) -> list[Any]:
        """What the stage gave for each part."""
        return self.results


class Here:
    """Runs a worker in this process. See `kg.pipeline.engines.Engine`."""

    ahead = 0

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def submit(self, stage: str, batch: Sequence[Any]) -> Done:
        return Done(STAGES[stage](self._worker, batch))

    def close(self) -> None:
        """Nothing to end."""
