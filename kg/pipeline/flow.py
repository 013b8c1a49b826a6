"""Batches through an engine: in their order, some ahead of what is taken, and no article lost with its batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from kg.pipeline.engines import Engine, Lost, Pending
from kg.pipeline.report import Failure

BATCH = 8
"""Articles in a batch: enough for the language model to be fast, few enough to lose little time with one."""

T = TypeVar("T")


def staged(
    engine: Engine, stage: str, parts: Iterable[T | Failure], *, lost: Callable[[T, Lost], Any]
) -> Iterator[tuple[T | None, Any]]:
    """Each part with what the stage gives for it, in their order; a Failure among the parts passes by, with None.

    The parts are taken as they are needed: at most the engine's `ahead` batches are under way, and so is what they
    yield. Where a batch is lost, each of its parts is done by itself; for one that is lost again stands what `lost`
    makes of it.
    """
    under_way: deque[tuple[list[T], Pending] | Failure] = deque()
    batches = 0
    for batch in _batches(parts):
        if isinstance(batch, Failure):
            under_way.append(batch)
        else:
            under_way.append((batch, engine.submit(stage, batch)))
            batches += 1
        while under_way and (batches > engine.ahead or isinstance(under_way[0], Failure)):
            first = under_way.popleft()
            batches -= not isinstance(first, Failure)
            yield from _results(engine, stage, first, lost)
    while under_way:
        yield from _results(engine, stage, under_way.popleft(), lost)


def _batches(parts: Iterable[T | Failure]) -> Iterator[list[T] | Failure]:
    batch: list[T] = []
    for part in parts:
        if isinstance(part, Failure):
            if batch:
                yield batch
                batch = []
            yield part
            continue
        batch.append(part)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _results(
    engine: Engine, stage: str, first: tuple[list[T], Pending] | Failure, lost: Callable[[T, Lost], Any]
) -> Iterator[tuple[T | None, Any]]:
    if isinstance(first, Failure):
        yield None, first
        return
    batch, pending = first
    try:
        results: Sequence[Any] = pending.result()
    except Lost as error:
        results = [lost(batch[0], error)] if len(batch) == 1 else [_alone(engine, stage, part, lost) for part in batch]
    yield from zip(batch, results, strict=True)


def _alone(engine: Engine, stage: str, part: T, lost: Callable[[T, Lost], Any]) -> Any:
    try:
        return engine.submit(stage, [part]).result()[0]
    except Lost as error:
        return lost(part, error)
