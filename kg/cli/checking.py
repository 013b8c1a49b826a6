"""Articles' graphs against the shapes and their texts, by several processes: for `kg validate` and `kg fsck`."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Quad

    Reading = Callable[[str], Iterable[Quad]]

AT_ONCE = 16
"""Graphs that a process checks before it says so."""
FEW = 64
"""Graphs for which it is not worth while to start processes."""


def invalid(
    where: Path | str, graphs: Sequence[str], *, jobs: int, told: Callable[[int], object] = lambda _: None
) -> Iterator[tuple[str, str]]:
    """Each graph that is not valid, with what is wrong in it, a line each, in no order.

    `where` is the folder that holds an `oxigraph`, or a server's address; nobody may write to it meanwhile. `told` is
    called with the number of graphs that have just been checked.
    """
    batches = [graphs[start : start + AT_ONCE] for start in range(0, len(graphs), AT_ONCE)]
    if jobs == 1 or len(graphs) <= FEW:
        with _reading(where) as reading:
            for batch in batches:
                yield from _checked(reading, batch)
                told(len(batch))
        return
    pool = ProcessPoolExecutor(min(jobs, len(batches)), get_context("spawn"), _begin, (where,))
    try:
        checks = {pool.submit(_check, batch): len(batch) for batch in batches}
        for done in as_completed(checks):
            yield from done.result()
            told(checks[done])
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _reading(where: Path | str) -> Iterator[Reading]:
    """What gives the quads of a graph."""
    if isinstance(where, Path):
        from pyoxigraph import NamedNode

        from kg.store.folder import open_database

        database = open_database(where, read_only=True)
        yield lambda graph: database.quads_for_pattern(None, None, None, NamedNode(graph))
    else:
        from kg.store import open_store

        with open_store(where, read_only=True) as store:
            yield store.quads


def _checked(reading: Reading, graphs: Sequence[str]) -> list[tuple[str, str]]:
    from kg.errors import InvalidGraph
    from kg.validate import check

    found = []
    for graph in graphs:
        try:
            check(reading(graph))
        except InvalidGraph as error:
            found.append((graph, error.report))
    return found


_LIFE = ExitStack()
_OPENED: list[Reading] = []
"""How this process reads graphs, if it is one of the pool's."""


def _begin(where: Path | str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    _OPENED.append(_LIFE.enter_context(_reading(where)))


def _check(graphs: Sequence[str]) -> list[tuple[str, str]]:
    return _checked(_OPENED[0], graphs)
