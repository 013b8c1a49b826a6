"""Holds one copy of the store and forks evaluators from it, so that one that dies is replaced within milliseconds.

A fork shares the memory of what it was forked from: a copy in memory is there once, however many evaluators read it. So
this process runs one thread, and never a query.

The keeper speaks to it over standard input, a message a line of JSON, and gets one back for each:

    prepare     a generation over what is asked: changes are made to the copy in memory, or a copy on disk is opened
    retire      a generation ends as soon as its queries have

When its standard input ends, it retires what it has and ends with the last query.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.pool.forks import Nursery
from server.pool.isolation import isolate
from server.pool.settings import Settings


def main(settings_path: str, kind: str, copy: str) -> None:
    """The process: loads its copy, then does what it is told until its standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    isolated = isolate() if kind != "outward" else False
    settings = Settings.load(Path(settings_path).read_text("utf8"))
    nursery = Nursery(settings, Path(settings.where), outward=kind == "outward")
    if kind == "memory":
        nursery.load(int(copy))
    wake, note = os.pipe()
    os.set_blocking(note, False)
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(note)
    _say({"ready": True, "isolated": isolated})
    poll = select.poll()
    poll.register(0, select.POLLIN)
    poll.register(wake, select.POLLIN)
    rest = b""
    while nursery.wanted:
        ready = {fd for fd, _ in poll.poll(0 if nursery.short else None)}
        if wake in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(wake, 4096)
            if causes := nursery.reap():
                _say({"deaths": causes})
        if 0 in ready:
            data = os.read(0, 1 << 16)
            if not data:
                poll.unregister(0)
                nursery.retire_all()
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                _do(nursery, json.loads(line))
        if not ready:
            nursery.fill()


def _do(nursery: Nursery, terms: Mapping[str, Any]) -> None:
    try:
        if terms["do"] == "prepare":
            nursery.prepare(terms)
        else:
            nursery.retire(terms["generation"])
        _say({"done": terms["generation"]})
    except Exception as error:  # the keeper decides what to do without
        _say({"done": terms["generation"], "failed": f"{type(error).__name__}: {error}"})


def _say(content: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
