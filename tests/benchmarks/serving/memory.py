"""The processes below one, and the memory they hold together. Linux only."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def tree(pid: int) -> dict[int, str]:
    """The process and all below it or in its session, each with when it started, which tells it from a later one."""
    found = {int(path.name): _stat(path) for path in PROC.iterdir() if path.name.isdigit()}
    below = {pid}
    while True:
        more = {one for one, (parent, session, _) in found.items() if parent in below or session == pid} - below
        if not more:
            return {one: found[one][2] for one in below if one in found and found[one][2]}
        below |= more


def held(pid: int) -> float:
    """MB that the process and all below it hold, memory that several share counted once (PSS)."""
    total = 0
    for one in tree(pid):
        with suppress(OSError):  # it ended meanwhile
            for line in (PROC / str(one) / "smaps_rollup").read_text("ascii").splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1000


def end(pid: int, *, patience: float) -> None:
    """Ends the process by SIGTERM, and after `patience` seconds what is left of it and those below it by SIGKILL."""
    known = tree(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while time.monotonic() < until and any(_alive(*one) for one in known.items()):
        time.sleep(0.05)
    for one, started in {**known, **tree(pid)}.items():
        if _alive(one, started):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def _alive(pid: int, started: str) -> bool:
    return _stat(PROC / str(pid))[2] == started


def _stat(path: Path) -> tuple[int, int, str]:
    """Parent, session and start of a process; a start of '' where it has ended."""
    try:
        state, parent, _, session, *rest = (path / "stat").read_text("utf8", "replace").rpartition(")")[2].split()
    except (OSError, ValueError):
        return 0, 0, ""
    return int(parent), int(session), "" if state == "Z" else rest[15]
