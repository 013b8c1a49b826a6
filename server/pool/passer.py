"""The keeper's part where the store is another SPARQL server: it hands writes over, and has one generation answer."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import NotFound, QueryError, StoreError
from kg.store.remote import RemoteStore
from server.guard import check
from server.pool.client import Failed, ask
from server.pool.generations import Nursed
from server.pool.settings import Settings
from server.pool.state import State

START_SECONDS = 60.0


class Passer:
    """A SPARQL server behind ours, guarded: see `server.pool.keeper.Keeper` for what the calls mean."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._rundir = settings, Path(settings.rundir)
        self._remote = RemoteStore(settings.remote, read_only=not settings.writable)
        self._state = State(self._rundir)
        self._writing = threading.Lock()
        self.deaths: Counter[str] = Counter()
        self._nursed: Nursed | None = None

    def start(self) -> None:
        self._nursed = Nursed(self._settings, kind="outward", copy=0, deaths=self.deaths)
        if not self._nursed.ready.wait(START_SECONDS):
            raise StoreError("the processes that pass queries on do not start")
        number = self._state.begin()
        self._nursed.tell({"do": "prepare", "generation": number})
        self._state.set(number, self._state.version + 1)

    def write(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        if {"match", "none_match"} & terms.keys():
            raise QueryError("conditions on a graph can't be kept where another server has the store")
        with self._writing:
            there = {"update": self._update, "put": self._put, "delete": self._delete}[terms["job"]](terms)
            self._state.set(self._state.generation, self._state.version + 1)
            return {"version": self._state.version, "there": there, "changed": True}

    def _update(self, terms: Mapping[str, Any]) -> bool:
        if terms.get("within") is not None or terms.get("loaded"):
            raise QueryError("another server has the store: send it updates without LOAD, and graphs whole")
        check(terms["update"], self._settings.services)
        self._remote.update(terms["update"], using=terms["using"], using_named=terms["using_named"])
        return True

    def _put(self, terms: Mapping[str, Any]) -> bool:
        graph = _named(terms)
        asked = {"job": "put", "parts": terms["parts"]}
        reply = ask(self._rundir, self._state, asked, seconds=self._settings.timeout)
        name = NamedNode(graph)
        new = [Quad(q.subject, q.predicate, q.object, name) for q in ox.parse(reply.body, RdfFormat.N_TRIPLES)]
        old = self._remote.quads(graph)
        self._remote.replace(graph, [*old, *new] if terms["add"] else new)
        return bool(old)

    def _delete(self, terms: Mapping[str, Any]) -> bool:
        if not self._remote.remove(_named(terms)):
            raise NotFound(f"there is no graph {terms['graph']}")
        return True

    def judge(self, _terms: Mapping[str, Any]) -> Mapping[str, Any]:
        # Incidents of a store elsewhere are made from all of its articles each time, longer than a page may wait.
        raise Failed("another server has the store: judge with `kg merge judge --store` and its address", 501)

    def tag(self, _terms: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"state": f"{self._settings.boot}-{self._state.version}"}

    def backup(self, _terms: Mapping[str, Any]) -> Mapping[str, Any]:
        raise StoreError("another server has the store: back it up there")

    def status(self, _terms: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            "generation": self._state.generation,
            "version": self._state.version,
            "replica": "remote",
            "isolated": False,
            "deaths": dict(self.deaths),
            "writable": self._settings.writable,
        }

    def close(self) -> None:
        if self._nursed is not None:
            self._nursed.close()
        self._remote.close()


def _named(terms: Mapping[str, Any]) -> str:
    if not terms["graph"]:
        raise QueryError("the default graph of another server is written by an update")
    return str(terms["graph"])
