"""The processes that a server is made of."""

from __future__ import annotations

import time
from pathlib import Path


def members(run: Path) -> dict[int, str]:
    """The processes of a server that are alive, by number, each with what it is.

    They are `main`, `keeper`, `nursery`, `evaluator`, `front` and `tracker`.
    """
    parents: dict[int, int] = {}
    words: dict[int, str] = {}
    mark = f"XDG_RUNTIME_DIR={run}".encode()
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            if mark not in (place / "environ").read_bytes().split(b"\0"):
                continue
            command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            stat = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if stat[0] == "Z":
            continue
        parents[int(place.name)], words[int(place.name)] = int(stat[1]), command
    return {pid: _role(pid, parents, words) for pid in words}


def _role(pid: int, parents: dict[int, int], words: dict[int, str]) -> str:
    said = words[pid]
    if "server.pool.keeper" in said:
        return "keeper"
    if "server.pool.nursery" in said:
        return "evaluator" if "server.pool.nursery" in words.get(parents[pid], "") else "nursery"
    if "resource_tracker" in said:
        return "tracker"
    return "front" if "spawn_main" in said else "main" if " serve " in said else "other"


def of_role(run: Path, role: str) -> list[int]:
    """The processes of a server that are that."""
    return sorted(pid for pid, found in members(run).items() if found == role)


def cpu(pid: int) -> int:
    """How many ticks of a processor a process has used; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def busiest(run: Path, *, seconds: float = 0.3) -> int:
    """The evaluator that works hardest just now."""
    before = {pid: cpu(pid) for pid in of_role(run, "evaluator")}
    time.sleep(seconds)
    return max(before, key=lambda pid: cpu(pid) - before[pid])
