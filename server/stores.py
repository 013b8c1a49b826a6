"""The store of the running application, and the threads that strangers' queries run on."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import current_app

from kg.store import Store
from server.iris import Names

STACK = 512 << 20
Answer = TypeVar("Answer")
_starting = threading.Lock()


def store() -> Store:
    """The store that `create_app` was given."""
    return cast(Store, current_app.extensions["kg.store"])


def names() -> Names:
    """The IRI spaces of the application."""
    return cast(Names, current_app.extensions["kg.names"])


def rows(sparql: str) -> list[dict[str, str]]:
    """The rows of our own SELECT query, every term as its text."""
    return [{name: text_of(term) for name, term in row.items()} for row in store().query(sparql).rows()]


def text_of(term: object) -> str:
    """An IRI or a literal's value as text."""
    return str(getattr(term, "value", term))


@dataclass(frozen=True, slots=True)
class Encoded:
    """A query's whole answer in one format, a key of `kg.store.TABLE_FORMATS` or `GRAPH_FORMATS`."""

    format: str
    body: bytes


def answer(
    sparql: str, *, default_graphs: Sequence[str], named_graphs: Sequence[str], choose: Callable[[str], str]
) -> Encoded:
    """The answer to anybody's query; `choose` gives the format for a result of kind table, boolean or graph.

    It is evaluated and written out in one thread, as Oxigraph requires, whose stack is deep enough for the longest
    query that `server.guard` lets through: Oxigraph's parser is recursive, and a stack overflow ends the process.
    """
    kept = store()

    def evaluate() -> Encoded:
        results = kept.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
        format = choose(results.kind)
        return Encoded(format, results.encode(format))

    return _on_deep_stack(evaluate)


def _on_deep_stack(work: Callable[[], Answer]) -> Answer:
    done: list[Answer] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # handed to the thread that waits, which raises it
            _let_go(error)
            failed.append(error)

    with _starting:
        before = threading.stack_size(STACK)
        try:
            thread = threading.Thread(target=run, name="query", daemon=True)
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    if failed:
        raise failed[0]
    return done[0]


def _let_go(error: BaseException) -> None:
    """Clears what the error's frames hold: a result of Oxigraph may only be dropped in the thread that made it."""
    chained: BaseException | None = error
    while chained is not None:
        traceback.clear_frames(chained.__traceback__)
        chained.__traceback__ = None
        chained = chained.__cause__ or chained.__context__
