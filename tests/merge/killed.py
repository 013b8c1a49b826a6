"""`python -m tests.merge.killed STORE STEP` merges a store, graph by graph, and is killed at a step of it."""

import os
import signal
import sys
from pathlib import Path

from kg.merge import run
from kg.store import open_store


def main(where: Path, last: int) -> None:
    left = [last]

    def step(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    run.GRAPHS = 1
    with open_store(where) as store:
        run.merge(store, on_step=step)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
