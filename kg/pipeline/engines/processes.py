"""The engine for one machine: some processes, each of which loads the language model once.

Each has a pipe of its own, so one that is killed, by the system for want of memory, say, costs its own batch and no
other. It is replaced, as is one that takes too long.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from kg.errors import KGError
from kg.pipeline.engines import Lost
from kg.pipeline.logs import quiet
from kg.pipeline.worker import STAGES, Worker

START_SECONDS = 300.0
"""How long a process may take to load the language model."""

Reply = tuple[list[Any] | None, KGError | None]


class Processes:
    """Runs as many workers as `jobs`, each in a process. See `kg.pipeline.engines.Engine`.

    `made` gives a worker, in the process that is to have it; it must pickle. `seconds` is how long a batch may take.
    """

    def __init__(self, made: Callable[[], Worker], *, jobs: int, seconds: float) -> None:
        self.ahead, self._made, self._seconds = 2 * jobs, made, seconds
        self._free: SimpleQueue[Child] = SimpleQueue()
        self._children = [Child(made) for _ in range(jobs)]
        for child in self._children:
            self._free.put(child)
        # A thread for each process: it hands over the next batch as soon as one is done, whatever the caller does.
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="kg-engine")

    def submit(self, stage: str, batch: Sequence[Any]) -> Future[list[Any]]:
        return self._threads.submit(self._do, stage, batch)

    def _do(self, stage: str, batch: Sequence[Any]) -> list[Any]:
        child = self._free.get()
        try:
            return child.do(stage, batch, seconds=self._seconds)
        finally:
            self._free.put(child)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.close()
        self._threads.shutdown(wait=True)


class Child:
    """A process with a worker, and after its end another in its place."""

    def __init__(self, made: Callable[[], Worker]) -> None:
        self._made, self._closed = made, False
        self._start()

    def _start(self) -> None:
        # A fork of this process would hold the store's lock, and what its threads hold at that moment.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._made), name="kg-worker", daemon=True)
        with _no_interrupts():
            self._process.start()
        theirs.close()
        self._begun = False

    def _begin(self) -> None:
        """Waits until the process has its worker. Raises what the making of it raised, and KGError where it ended."""
        try:
            _, error = self._pipe.recv() if self._pipe.poll(START_SECONDS) else (None, KGError("it took too long"))
        except (EOFError, OSError) as gone:
            self._process.join(5)
            ending = _ending(self._process.exitcode)
            raise KGError(f"a process that was to read articles ended with {ending} before it could") from gone
        if error is not None:
            raise error
        self._begun = True

    def do(self, stage: str, batch: Sequence[Any], *, seconds: float) -> list[Any]:
        """What the stage gives for each part of the batch. Raises Lost, and what the making of a worker raises."""
        if not self._begun:
            self._begin()
        try:
            self._pipe.send((stage, batch))
            if not self._pipe.poll(seconds):
                self._replace()
                raise Lost(f"it took longer than {seconds:g} seconds", "slow")
            results, error = self._pipe.recv()
        except (EOFError, OSError) as gone:
            self._process.join(5)
            code = self._process.exitcode
            self._replace()
            raise Lost(f"the process that read it ended with {_ending(code)}", "killed") from gone
        if error is not None:
            raise error
        return list(results)

    def _replace(self) -> None:
        self._end()
        if not self._closed:
            self._start()

    def close(self) -> None:
        """Ends the process, at once."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        with suppress(OSError):
            self._pipe.close()


def _serve(pipe: Connection, made: Callable[[], Worker]) -> None:
    """The process: does what comes in until whoever sends it has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet()
    with suppress(EOFError, OSError):
        try:
            worker = made()
        except KGError as error:
            pipe.send((None, error))
            return
        pipe.send((None, None))
        while True:
            stage, batch = pipe.recv()
            pipe.send(_reply(worker, stage, batch))


def _reply(worker: Worker, stage: str, batch: Sequence[Any]) -> Reply:
    try:
        return STAGES[stage](worker, batch), None
    except KGError as error:
        return None, error
    except Exception as error:  # the outermost edge: one batch never ends a run
        return None, Lost(f"{type(error).__name__}: {error}; please report the article", "fault")


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Has a process that is started in the block never hear of Ctrl+C, which is for its parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else the start of the first process starts it, and takes the mask away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending(code: int | None) -> str:
    return f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
