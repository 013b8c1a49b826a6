"""The lock of a store's folder: many readers, or one writer. The system lets go of it when the process ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from kg.errors import StoreLocked

try:
    import fcntl
except ImportError:  # Windows: Oxigraph's own lock still keeps a second writer out
    fcntl = None  # type: ignore[assignment]


def take(folder: Path, *, shared: bool) -> IO[str]:
    """The open lock file; closing it gives the lock back. Raises StoreLocked where another process has it."""
    path = folder / "lock"
    lock = path.open("a+", encoding="ascii")
    if fcntl is None:
        return lock
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        who = f"process {holder} is writing to it" if holder else "another process is reading it"
        raise StoreLocked(f"{folder} is in use: {who}. Wait for it to end, or stop it, and try again.") from error
    lock.truncate(0)
    if not shared:
        lock.write(str(os.getpid()))
        lock.flush()
    return lock
