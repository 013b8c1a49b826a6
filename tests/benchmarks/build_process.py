"""A command as a process of its own, with the time, the processors' time and the memory that it takes. Linux only."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError
from tests.benchmarks.serving.memory import held

OFTEN = 0.5  # seconds between two looks at the memory
KG = (sys.executable, "-m", "kg.cli")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took, of all processes below it too: seconds, seconds of processors, and MB of memory at most.

    The memory is the proportional set size (PSS): what several processes share counts once.
    """

    seconds: float
    processor: float
    memory: float
    output: str


def run(command: Sequence[str], scratch: Path, *, passing: Sequence[int] = (0,)) -> Taken:
    """Runs a command to its end. Raises KGError where its exit code is none of `passing`."""
    before, begun, most = _processor(), time.perf_counter(), 0.0
    with (scratch / "errors").open("w+", encoding="utf8") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True)
        ended = threading.Event()

        def watch() -> None:
            nonlocal most
            while not ended.is_set():
                most = max(most, held(process.pid))
                ended.wait(OFTEN)

        watching = threading.Thread(target=watch)
        watching.start()
        output, _ = process.communicate()
        seconds = time.perf_counter() - begun
        ended.set()
        watching.join()
        if process.returncode not in passing:
            errors.seek(0)
            raise KGError(f"{' '.join(command)} ended with {process.returncode}: {errors.read()[-2000:]}")
    return Taken(seconds, _processor() - before, most, output)


def on_disk(folder: Path) -> int:
    """The bytes that a folder takes; a file that has several names there counts once."""
    files = {(found.st_dev, found.st_ino): found.st_blocks for found in map(Path.stat, folder.rglob("*"))}
    return 512 * sum(files.values())


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
