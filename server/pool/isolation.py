"""Takes the network away from a process, so that no query reaches it, however it is spelled."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

NEW_USER, NEW_NET = 0x10000000, 0x40000000
DEATH_SIGNAL = 1


def isolate() -> bool:
    """Whether this process is now in a network of its own, in which nobody is.

    Linux only; for one thread. Without privileges it takes a user namespace, which some systems forbid.
    """
    if not hasattr(os, "fork") or not Path("/proc/self/ns/net").exists():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEW_USER | NEW_NET) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    except OSError:
        return True  # without a mapping, but without a network as well
    return True


def die_with_parent(signal: int, parent: int | None = None) -> None:
    """Has the system send this process the signal when its parent ends. Linux only; elsewhere it does nothing.

    `parent` is the number of the parent, whose end is not missed then even where it came before this call.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(DEATH_SIGNAL, signal, 0, 0, 0)
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal)
