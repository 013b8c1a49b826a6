"""A kill at any moment loses nothing that was acknowledged, and leaves no half graph: a hundred kills, all told."""

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.store import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.text import TextIndex
from tests.server.processes import members
from tests.server.serving import LABEL, TURTLE, Served, serving, until, update

KILLS = {"updates": 8, "graphs": 8, "articles": 74, "large": 10}
SIZE = {"updates": 30, "graphs": 30, "articles": 30, "large": 3000}
KEPT = 5
SHARED = Quad(NamedNode("urn:shared"), LABEL, Literal("label that all graphs share"), NamedNode("urn:none"))


@dataclass(slots=True)
class Journal:
    """What a writer was told is done, and what it has asked for since."""

    done: dict[int, bool] = field(default_factory=dict)
    """Whether a graph is there, by its number."""
    pending: tuple[int, bool] | None = None
    last: int = 0

    def steps(self) -> Iterator[tuple[int, bool]]:
        """What to write next: a graph more and, as they would become many, one less."""
        while True:
            self.last += 1
            yield self.last, True
            if self.done.get(self.last - KEPT):
                yield self.last - KEPT, False

    def may_be(self) -> list[set[int]]:
        """The graphs that may be there after a kill: with what was asked for last, or without."""
        before = {number for number, there in self.done.items() if there}
        if self.pending is None:
            return [before]
        number, there = self.pending
        return [before, before | {number} if there else before - {number}]

    def found(self, graphs: set[int]) -> None:
        """Goes on from what was found."""
        self.done, self.pending = dict.fromkeys(graphs, True), None


def name(number: int) -> str:
    return f"urn:graph:{number}"


def content(number: int, size: int) -> set[Quad]:
    """The quads of a graph. One is in all graphs, and each has a label of its own."""
    graph = NamedNode(name(number))
    found = {
        Quad(NamedNode(f"urn:s:{number}:{n}"), LABEL, Literal(f"label of graph{number} quad{n}"), graph)
        for n in range(size - 1)
    }
    return found | {Quad(SHARED.subject, SHARED.predicate, SHARED.object, graph)}


def turtle(number: int, size: int) -> str:
    return "".join(f"{quad.triple} .\n" for quad in content(number, size))


def check(folder: Path, journal: Journal, size: int) -> None:
    """Asserts that the store holds what it should, in its graphs, their union and its text index."""
    with open_store(folder) as store:
        assert isinstance(store, EmbeddedStore)
        graphs = {int(graph.rpartition(":")[2]) for graph in store.graphs()}
        assert graphs in journal.may_be()
        for number in graphs:
            assert set(store.quads(name(number))) == content(number, size), f"graph {number} is whole"
        union = {quad.triple for number in graphs for quad in content(number, size)}
        default = [quad.triple for quad in store.inner.quads_for_pattern(None, None, None, DefaultGraph())]
        assert len(default) == len(union)
        assert set(default) == union
    with TextIndex(folder / "text.sqlite", read_only=True) as text:
        nodes = {node for node, _ in text.search("label", limit=1_000_000)}
        assert nodes == {triple.subject for triple in union}
        for number in graphs:
            assert len(text.search(f"graph{number}", limit=size + 1)) == size - 1
    journal.found(graphs)


def keep_writing(folder: str, size: int, steps: Connection) -> None:
    """Writes to the store what it is told, and says when it has."""
    with open_store(folder) as store:
        steps.send("open")
        while True:
            number, there = steps.recv()
            if there:
                store.replace(name(number), content(number, size))
            else:
                store.remove(name(number))
            steps.send("done")


@pytest.mark.parametrize("kind", ["articles", "large"])
def test_kill_of_a_build(tmp_path: Path, kind: str) -> None:
    """What `kg build` does: it opens the store, and replaces one graph after the other."""
    folder, size, journal, rng = tmp_path / "store", SIZE[kind], Journal(), random.Random(kind)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.store", "tests.server.test_durability"])
    for _ in range(KILLS[kind]):
        ours, theirs = context.Pipe()
        writer = context.Process(target=keep_writing, args=(str(folder), size, theirs))
        writer.start()
        theirs.close()
        with closing(ours), suppress(EOFError, OSError):
            assert ours.recv() == "open"
            timer = threading.Timer(rng.uniform(0.0, 0.25), writer.kill)
            timer.start()
            for number, there in journal.steps():
                journal.pending = number, there
                ours.send((number, there))
                assert ours.recv() == "done"
                journal.done[number], journal.pending = there, None
        timer.join()
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        writer.close()
        check(folder, journal, size)
    assert journal.last > KILLS[kind]


def by_update(client: httpx.Client, number: int, there: bool, size: int) -> int:
    if there:
        return update(client, f"INSERT DATA {{ GRAPH <{name(number)}> {{ {turtle(number, size)} }} }}").status_code
    return update(client, f"DROP GRAPH <{name(number)}>").status_code


def by_graph(client: httpx.Client, number: int, there: bool, size: int) -> int:
    address = f"/store?graph={name(number)}"
    if there:
        return client.put(address, content=turtle(number, size), headers=TURTLE).status_code
    return client.delete(address, headers=TURTLE).status_code


WAYS: dict[str, Callable[[httpx.Client, int, bool, int], int]] = {"updates": by_update, "graphs": by_graph}


@pytest.mark.parametrize(("kind", "replica"), [("updates", "disk"), ("graphs", "memory")])
def test_kill_of_a_server(tmp_path: Path, kind: str, replica: str) -> None:
    folder, size, journal, rng = tmp_path / "store", SIZE[kind], Journal(), random.Random(kind)
    open_store(folder).close()
    for _ in range(KILLS[kind]):
        with serving(folder, "--replica", replica, "--workers", "1") as served:
            timer = threading.Timer(rng.uniform(0.1, 0.6), kill, [served, rng.random() < 0.5])
            timer.start()
            with served.client() as client, suppress(httpx.TransportError):
                for number, there in journal.steps():
                    journal.pending = number, there
                    status = WAYS[kind](client, number, there, size)
                    if status not in (200, 201, 204):
                        break
                    journal.done[number], journal.pending = there, None
            timer.join()
            until(lambda: not members(served.run), what="their end")  # noqa: B023
        check(folder, journal, size)
    assert journal.last > KILLS[kind]


def kill(served: Served, keeper_first: bool) -> None:
    """Kills all processes of a server, the one that writes first or last."""
    found = members(served.run)
    for pid in sorted(found, key=lambda pid: (found[pid] == "keeper") != keeper_first):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    time.sleep(0.05)
    for pid in members(served.run):  # what the others have started meanwhile
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_there_are_a_hundred_kills() -> None:
    assert sum(KILLS.values()) == 100
