"""The keeper of the store: the one process that writes to it, and the one that decides which generation answers.

Updates and graphs that clients send are never read here: an evaluator works out what they change, and may die of it;
the keeper does the change, in one transaction, and answers when the new generation shows it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.errors import KGError, StoreError, StoreLocked
from kg.sparql import UNNAMED, Union
from kg.store import open_store
from kg.store.archive import back_up
from kg.store.published import Published
from kg.store.text import TextIndex
from server.pool import jobs, judging, union
from server.pool.calls import listen
from server.pool.client import Failed, Reply, ask
from server.pool.generations import Generations
from server.pool.isolation import die_with_parent
from server.pool.noting import NotingStore
from server.pool.outward import Outward, place
from server.pool.passer import Passer
from server.pool.settings import Settings
from server.pool.state import State

LOG = logging.getLogger("kg.serve")
WATCH_SECONDS = 0.2
MANY = 100_000  # quads that are quicker read from disk than told


class Keeper:
    """A store in a folder, open for writing or watched, and the generations of evaluators over it."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._rundir = settings, Path(settings.rundir)
        self._folder = Path(settings.where)
        self._writing = threading.Lock()
        self._published = Published(self._folder)
        self._store = self._opened()
        self._state = State(self._rundir)
        self._changed: dict[str, int] = {}
        self._emptied = 0
        self.deaths: Counter[str] = Counter()
        self._generations = Generations(settings, self._state, self.deaths)
        self._outward = Outward(settings, self.deaths) if settings.services else None

    def _opened(self) -> NotingStore | None:
        """The store open for writing, or None where this server only reads; there is a published copy in both cases."""
        if self._settings.writable:
            store = NotingStore(self._folder)
            store.publish()
            return store
        open_store(self._folder, read_only=True).close()  # says what is wrong with it, if anything is
        if self._published.stale:
            try:
                open_store(self._folder).close()
            except StoreLocked:
                if not self._published.number:
                    raise
        elif not self._is_indexed():
            with contextlib.suppress(StoreError):  # all but a search is answered even so
                open_store(self._folder).close()
        return None

    def _is_indexed(self) -> bool:
        """Whether the store has a text index of this version."""
        with TextIndex(self._folder / "text.sqlite", read_only=True) as text:
            return text.is_current

    def start(self) -> None:
        """Has the first generation answer."""
        self._generations.show(self._published.number)
        if self._settings.replica == "memory":
            self._generations.load(self._publish)
        if self._outward is not None:
            self._outward.show(self._published.number)
        threading.Thread(target=self._watch, daemon=True).start()

    def _publish(self) -> int:
        return self._store.publish() if self._store is not None else self._published.number

    def write(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Does what a client wants written; gives the version that shows it, and whether the graph was there before."""
        if self._store is None:
            raise StoreError("this server only reads")
        with self._writing:
            self._check(terms)
            reply = self._asked(terms)
            change = jobs.told(reply.head, reply.body)
            if change:
                self._show(self._store, self._store.commit(change), emptied=change.emptied)
            self._note(change.graphs, emptied=change.emptied)
            there = reply.head.get("there", True)
            return {"version": self._state.version, "there": there, "changed": bool(change)}

    def judge(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Does what somebody decided about two events, or takes it back; gives its name and the version to show it."""
        if self._store is None:
            raise StoreError("this server only reads")
        with self._writing, self._store.noting() as noted:
            try:
                name = judging.judge(self._store, terms)
            finally:  # a judgement stands even where the incidents could not be made from it
                if noted.graphs:
                    self._show(self._store, noted.union)
                    self._note(noted.graphs)
            return {"version": self._state.version, "judgement": name}

    def _asked(self, terms: Mapping[str, Any]) -> Reply:
        if self._outward is None or not self._settings.outward(terms.get("update", "")):
            return ask(self._rundir, self._state, terms, seconds=self._settings.timeout)
        assert self._store is not None
        self._outward.show(self._store.publish())
        return ask(place(self._rundir), self._outward.state, terms, seconds=self._settings.timeout)

    def tag(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """The state that a graph is in, which changes whenever the graph does."""
        return {"state": self._tag(terms["graph"])}

    def _tag(self, graph: str) -> str:
        if self._store is None:
            return f"{self._settings.boot}-{self._state.version}"
        return f"{self._settings.boot}-{self._changed.get(graph or UNNAMED.value, self._emptied)}"

    def _check(self, terms: Mapping[str, Any]) -> None:
        """Raises Failed (412) where the write is meant for another state of its graph."""
        graph = terms.get("concerns")
        if graph is None or not {"match", "none_match"} & terms.keys():
            return
        assert self._store is not None
        there = not graph or self._store.inner.contains_named_graph(NamedNode(graph))
        states = {"*", self._tag(graph)} if there else set()
        if "match" in terms and not states & set(terms["match"]):
            raise Failed("the graph has changed: fetch it again, and write what you want on top of that", 412)
        if states & set(terms.get("none_match", ())):
            raise Failed("the graph is there already, in a state that the request excludes", 412)

    def _note(self, graphs: Iterable[str], *, emptied: bool = False) -> None:
        if emptied:
            self._changed, self._emptied = {}, self._state.version
        self._changed |= dict.fromkeys(graphs, self._state.version)

    def _show(self, store: NotingStore, done: Union, *, emptied: bool = False) -> None:
        """Has a generation answer that has what was done."""
        copy = store.publish()
        size = len(done.gone) + len(done.new)
        if self._generations.keeps_memory and size <= MANY:
            note = self._rundir / f"change-{self._state.version}"
            union.tell(done, emptied=emptied, note=note)
            self._generations.changed(note, copy, removed=len(done.gone), emptied=emptied)
        else:
            self._generations.show(copy)

    def _watch(self) -> None:
        """Shows what somebody else has published, for as long as this process lives."""
        while True:
            time.sleep(WATCH_SECONDS)
            with self._writing:
                try:
                    if self._store is None and self._published.number != self._generations.copy:
                        self._generations.show(self._published.number)
                    if self._outward is not None:
                        self._outward.show(self._published.number)
                    self._generations.tend(self._publish)
                except KGError as error:
                    LOG.error("%s", error)

    def backup(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Copies the store to a folder, as one that `--store` can name; while it is served and written to."""
        target = Path(terms["to"])
        with self._writing:
            if self._store is not None:
                self._store.publish()
            back_up(self._folder, target)
        return {"to": str(target)}

    def status(self, _terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the metrics and health pages show."""
        return self._generations.status() | {"deaths": dict(self.deaths), "writable": self._store is not None}

    def close(self) -> None:
        """Ends the evaluators and gives the store back, all written."""
        with self._writing:
            self._generations.close()
            if self._outward is not None:
                self._outward.close()
            if self._store is not None:
                self._store.close()


def main(path: str) -> None:
    """The process: says 'ready' or what is wrong on standard output, then serves until its standard input ends."""
    die_with_parent(signal.SIGTERM)
    settings = Settings.load(Path(path).read_text("utf8"))
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        keeper: Keeper | Passer = Passer(settings) if settings.remote else Keeper(settings)
        keeper.start()
    except KGError as error:
        print(json.dumps({"failed": type(error).__name__, "why": str(error)}), flush=True)
        raise SystemExit(1) from None
    calls = {"write": keeper.write, "judge": keeper.judge, "tag": keeper.tag}
    listen(Path(settings.rundir), {**calls, "backup": keeper.backup, "status": keeper.status})
    threading.Thread(target=_until_eof, args=(ended,), daemon=True).start()
    print(json.dumps({"ready": True}), flush=True)
    ended.wait()
    keeper.close()
    if os.getppid() == 1:  # who would have tidied up has died
        shutil.rmtree(settings.rundir, ignore_errors=True)


def _until_eof(ended: threading.Event) -> None:
    while os.read(0, 1024):
        pass
    ended.set()


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, format="kg: %(message)s")
    main(*sys.argv[1:])
