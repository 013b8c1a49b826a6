"""Incidents over a whole store, brought up to date with its articles and judgements."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.merge.cluster import Pair, groups
from kg.merge.gather import marks, tellings
from kg.merge.incident import incident, key_of
from kg.merge.index import Index
from kg.merge.judgements import counting, judgements
from kg.merge.likeness import incompatible, settings
from kg.merge.telling import Telling
from kg.merge.triples import Doubt, base_of, doubt_triples, incident_triples, is_derived, shard_graph
from kg.model import digest
from kg.rdf import nquads
from kg.rdf.terms import Triple
from kg.store import Store

GRAPHS = 100
"""Derived graphs that are written at once."""


@dataclass(slots=True)
class Merged:
    """What came of it: articles that came or changed, and that went; and of the whole store its events and incidents,
    and the incidents of more than one article. `faults` are what is wrong with graphs that could not be read."""

    read: int = 0
    gone: int = 0
    events: int = 0
    incidents: int = 0
    shared: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


def merge(
    store: Store,
    *,
    anew: bool = False,
    changed: Iterable[str] = (),
    on_step: Callable[[str, int, int], None] | None = None,
) -> Merged:
    """The report on bringing the incidents of `store` up to date with its articles and judgements.

    The outcome is the same whether it is done after each article or once at the end. `anew` does everything again;
    `changed` are the IRIs of articles' graphs that were changed by another way than building, as by linking anew.
    `on_step` is told what is done, how much of it and of how much. If the process is killed the next run goes on.
    Raises StoreError.
    """
    begun = time.monotonic()
    path = None if "://" in store.where else Path(store.where) / "incidents.sqlite"
    graphs = set(changed)

    def run(*, anew: bool) -> Merged:
        with Index(path, made_by=_made_by(), anew=anew) as index:
            return _Merging(store, index, on_step or (lambda *_: None)).run(graphs)

    try:
        report = run(anew=anew)
    except sqlite3.DatabaseError:  # such as a damaged file, which can be thrown away
        try:
            report = run(anew=True)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path} can't be written: {error}") from error
    report.seconds = time.monotonic() - begun
    return report


@cache
def _made_by() -> str:
    """A digest of the rules that make incidents: of the program's own code and tables."""
    rooms = [files(room) for room in ("kg.merge", "ontology", "kg.names")]
    sources = sorted((each for room in rooms for each in room.iterdir() if each.is_file()), key=lambda each: each.name)
    return digest(*(digest(each.name, each.read_bytes().hex()) for each in sources), length=32)


class _Merging:
    """One run over a store and its index."""

    def __init__(self, store: Store, index: Index, on_step: Callable[[str, int, int], None]) -> None:
        self._store, self._index, self._told = store, index, on_step
        self._touched: set[int] = set()
        self._shards: set[str] = set()
        self._judged = counting(judgements(store))
        self._same = self._said_same()
        self._different = frozenset(frozenset(pair) for pair, verb in self._judged.items() if verb == "different")

    def run(self, changed: set[str]) -> Merged:
        report = Merged()
        now, known = marks(self._store), self._index.marks()
        changed = changed | {graph for graph, mark in now.items() if not mark}
        gone = sorted(graph for graph, mark in known.items() if now.get(graph) != mark or graph in changed)
        fresh = sorted(graph for graph, mark in now.items() if known.get(graph) != mark or graph in changed)
        report.gone, report.read = len(set(gone) - set(fresh)), len(fresh)
        self._take_out(gone)
        self._take_in(fresh, now, report.faults)
        self._judge()
        self._regroup()
        self._write()
        report.events, report.incidents, report.shared = self._index.counts()
        return report

    def _take_out(self, graphs: Iterable[str]) -> None:
        for graph in graphs:
            removed = self._index.events(graph=graph)
            for event, iri in removed.items():
                self._touched |= self._index.near(event).keys()
                self._touched |= set(self._index.numbers(self._same.get(iri, ())).values())
                self._shards.add(self._index.place(event)[1])
            self._index.remove(graph)
            self._touched -= removed.keys()

    def _take_in(self, graphs: list[str], now: dict[str, str], faults: list[str]) -> None:
        # Those of one time come together, so what is compared is in memory still.
        found: list[Telling] = []
        for number, telling in enumerate(tellings(self._store, graphs, on_fault=faults.append)):
            found.append(telling)
            self._told("reading events", number + 1, 0)
        for number, telling in enumerate(sorted(found, key=lambda each: each.told)):
            self._touched.add(self._index.add(telling))
            self._told("comparing events", number + 1, len(found))
        for graph in graphs:
            self._index.mark(graph, now[graph])

    def _judge(self) -> None:
        """Touches the events that are judged otherwise than when the incidents were made."""
        before = self._index.judged()
        other = {pair for pair in before.keys() | self._judged.keys() if before.get(pair) != self._judged.get(pair)}
        self._touched |= set(self._index.numbers(iri for pair in other for iri in pair).values())
        self._index.judge(self._judged)

    def _said_same(self) -> dict[str, set[str]]:
        """What people said is the same, by IRI, for each event that they said it of."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for (one, other), verb in self._judged.items():
            if verb == "same":
                found[one].add(other)
                found[other].add(one)
        return found

    def _regroup(self) -> None:
        """Finds the groups of all events that hang together with a touched one."""
        number = self._index.numbers(self._same)
        same = {number[iri]: {number[each] for each in self._same[iri] if each in number} for iri in number}
        done: set[int] = set()
        touched = sorted(self._touched)
        for n, event in enumerate(touched):
            if event not in done:
                component = self._component(event, same)
                done |= component
                self._group(component)
            self._told("grouping events", n + 1, len(touched))

    def _component(self, event: int, same: dict[int, set[int]]) -> set[int]:
        least = settings()["limits"]["same"]
        found, front = {event}, [event]
        while front:
            each = front.pop()
            likely = {other for other, chance in self._index.near(each).items() if chance >= least}
            fresh = (likely | same.get(each, set())) - found
            front += fresh
            found |= fresh
        return found

    def _group(self, component: set[int]) -> None:
        by_iri = {self._index.telling(event).iri: event for event in component}
        chances: dict[Pair, float] = {}
        for event in component:
            for other, chance in self._index.near(event).items():
                if other in component:
                    chances[frozenset((self._index.telling(event).iri, self._index.telling(other).iri))] = chance
        made = groups(
            map(self._index.telling, component),
            chances,
            same={frozenset((iri, other)) for iri in by_iri for other in self._same.get(iri, ())},
            different=self._different,
        )
        for group in made:
            events = [by_iri[each.iri] for each in group]
            place = key_of(group)
            moved = {event: old for event in events if (old := self._index.place(event)) != place}
            if moved:
                self._shards |= {shard for _, shard in moved.values()} | {place[1]}
                self._touched |= moved.keys()
                self._index.put(list(moved), place)

    def _write(self) -> None:
        """Writes the derived graphs that hold anything that was touched, and takes away those that hold nothing."""
        # What stands in a shard speaks of events of others: of their doubts.
        self._index.write((self._shards | self._shards_near()) - {""})
        graphs = {shard: shard_graph(shard, base_of(event)) for shard, event in self._index.shards().items()}
        shards = sorted(self._index.unwritten() & graphs.keys())
        pending: dict[str, bytes] = {}
        for number, shard in enumerate(shards):
            graph = graphs[shard]
            pending[graph] = nquads(sorted(self._quads(shard, NamedNode(graph)), key=str))
            if len(pending) == GRAPHS or number == len(shards) - 1:
                self._store.put(pending)
                pending = {}
            self._told("writing incidents", number + 1, len(shards))
        for graph in set(filter(is_derived, self._store.graphs())) - set(graphs.values()):
            self._store.remove(graph)
        self._store.flush()
        self._index.written()

    def _shards_near(self) -> set[str]:
        """The shards whose doubts are about a touched event: a doubt stands with the first of its two."""
        found = {self._index.place(event)[1] for event in self._touched}
        for event in self._touched:
            mine = self._index.telling(event)
            for other in self._index.near(event):
                its = self._index.telling(other)
                if its.told < mine.told:
                    found.add(self._index.place(other)[1])
        return found

    def _quads(self, shard: str, graph: NamedNode) -> Iterator[Quad]:
        """The incidents of a shard, and the doubts about their events; each once, so each with the first of its two."""
        found: set[Triple] = set()
        for events in self._index.shard(shard).values():
            found.update(incident_triples(incident([self._index.telling(event) for event in events])))
            found.update(doubt_triples([doubt for event in events for doubt in self._doubts(event)]))
        yield from (Quad(*triple, graph) for triple in found)

    def _doubts(self, event: int) -> Iterator[Doubt]:
        """The pairs of this event, where it is the first, that are not sure and that nobody has judged."""
        limits, telling, mine = settings()["limits"], self._index.telling(event), self._index.place(event)[0]
        for other, chance in self._index.near(event).items():
            its = self._index.telling(other)
            pair = (min(telling.iri, its.iri), max(telling.iri, its.iri))
            if telling.told > its.told or pair in self._judged:
                continue
            together = self._index.place(other)[0] == mine
            if chance <= 1 - limits["doubt"] or not together:
                why = "told as one" if together else incompatible(telling, its) or "told apart"
                yield Doubt(telling.iri, its.iri, chance, why)
