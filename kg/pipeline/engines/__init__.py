"""Where the stages of articles run: in this process, in several of this machine, or on a Ray cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kg.errors import KGError


class Lost(KGError):
    """A batch has no result, though a worker had taken it: `kind` is one of `kg.pipeline.report.KINDS`."""

    def __init__(self, why: str, kind: str) -> None:
        self.kind = kind
        super().__init__(why)


class Pending(Protocol):
    """A batch that is under way."""

    def result(self) -> list[Any]:
        """What the stage gives for each part of the batch, once it is there. Raises Lost."""


class Engine(Protocol):
    """Runs stages of `kg.pipeline.worker.STAGES` on batches. One thread uses it."""

    @property
    def ahead(self) -> int:
        """How many batches of a stage should be under way, so that no worker ever waits for one."""

    def submit(self, stage: str, batch: Sequence[Any]) -> Pending:
        """Has a worker do this stage of a batch, now or when one is free."""

    def close(self) -> None:
        """Ends the workers, at once and whatever they do."""
