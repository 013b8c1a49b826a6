"""How well a store holds the golden events: F1 of events with their type, and of all that fills them.

An event of the store matches a golden one when its trigger overlaps a golden quote and their types share a family. All
is micro-averaged end to end: what a missed event held is missed, what a spurious event holds is spurious. Golden events
and fillers that are optional neither help nor hurt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Triple

from kg.store import Store
from ontology import ancestors
from tests.golden.matching import same_count, same_days, same_filler, same_kind

Gold = dict[str, Any]
ROLES = {"actor": "actors", "target": "targets", "place": "place", "mediator": "mediators", "claimant": "claimants"}
DEED = ("actor", "target", "place", "mediator")
PREFIXES = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """
EVENTS = """SELECT DISTINCT ?article ?event ?type ?from ?to ?start ?end WHERE {
  ?claim ckg:about ?event ; ckg:reportedIn/dcterms:identifier ?article .
  ?event ckg:eventType ?type ; ckg:trigger [ ckg:start ?from ; ckg:end ?to ] .
  OPTIONAL { ?event ckg:startDate ?start } OPTIONAL { ?event ckg:endDate ?end } } ORDER BY ?article ?from ?event"""
FILLERS = """SELECT DISTINCT ?event ?role ?filler ?name ?item WHERE {
  { VALUES ?role { ckg:actor ckg:target ckg:place ckg:mediator ckg:weapon } ?event ?role ?filler }
  UNION { ?claim ckg:about ?event ; ckg:claimant ?filler ; ckg:reportedIn ?read . BIND(ckg:claimant AS ?role)
          FILTER NOT EXISTS { ?filler a ckg:NewsOutlet . ?read dcterms:publisher ?filler } }
  OPTIONAL { ?filler rdfs:label|skos:altLabel|ckg:mention/ckg:exact ?name }
  OPTIONAL { ?filler skos:exactMatch ?item FILTER(CONTAINS(STR(?item), "wikidata.org/entity/Q")) } }"""
COUNTS = """SELECT DISTINCT ?event ?claim ?measure ?kind ?count ?low ?high ?total WHERE {
  ?claim ckg:about ?event ; ckg:measure ?measure ; ckg:counted ?kind .
  OPTIONAL { ?claim ckg:count ?count } OPTIONAL { ?claim ckg:low ?low }
  OPTIONAL { ?claim ckg:high ?high } OPTIONAL { ?claim ckg:total ?total } }"""


@dataclass(slots=True, eq=False)
class Found:
    """An event of the store. `fillers` maps a role to its fillers, each the set of its names and Wikidata ids."""

    type: str
    span: range
    days: tuple[str, str] | None
    fillers: dict[str, list[set[str]]] = field(default_factory=lambda: defaultdict(list))
    counts: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What was right, spurious and missing, by slot; the slot `event` is an event with its type."""

    right: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def f1(self, *slots: str) -> float:
        """F1 over these slots taken together; 0 where nothing is right."""
        right = sum(self.right[slot] for slot in slots)
        wrong = sum(self.spurious[slot] + self.missing[slot] for slot in slots)
        return 2 * right / (2 * right + wrong) if right else 0.0

    @property
    def events(self) -> float:
        """F1 of events with their type."""
        return self.f1("event")

    @property
    def slots(self) -> float:
        """F1 of all fillers, counts and days."""
        return self.f1(*ROLES, "weapon", "count", "date")

    def count(self, slot: str, *, right: int = 0, spurious: int = 0, missing: int = 0) -> None:
        """Adds to the figures of one slot."""
        self.right[slot] += right
        self.spurious[slot] += spurious
        self.missing[slot] += missing


def score(golden: Iterable[Gold], store: Store) -> Tally:
    """The tally of golden records, each an article and its events, against what the store read from those articles."""
    found, tally = read(store), Tally()
    for record in golden:
        events = found.get(record["article"]["id"], [])
        pairs, repeats = pair(record, events)
        matched = [gold["id"] for gold, _ in pairs]
        compared: list[tuple[Gold | None, Found | None]] = [*pairs]
        compared += [(gold, None) for gold in record["events"] if gold["id"] not in matched]
        compared += [(None, event) for event in events if event not in [e for _, e in pairs] and event not in repeats]
        for gold, event in compared:
            if gold is None or not gold.get("optional"):
                _compare(gold, event, tally)
    return tally


def read(store: Store) -> dict[str, list[Found]]:
    """The events of the store by the identifier of their article, in the order of the text."""
    events: dict[tuple[str, str], Found] = {}
    for row in rows(store, EVENTS):
        days = (row["start"], row.get("end", row["start"])) if "start" in row else None
        event = Found(_local(row["type"]), range(int(row["from"]), int(row["to"])), days)
        known = events.setdefault((row["article"], row["event"]), event)
        if known.type in ancestors(event.type):
            known.type = event.type
    by_event: dict[str, list[Found]] = defaultdict(list)
    by_article: dict[str, list[Found]] = defaultdict(list)
    for (article, iri), event in events.items():
        by_event[iri].append(event)
        by_article[article].append(event)
    names: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in rows(store, FILLERS):
        called = names[row["event"], _local(row["role"]), row["filler"]]
        called.add(row.get("name", _local(row["filler"])))
        if "item" in row:
            called.add(_local(row["item"]))
    for (iri, role, filler), called in names.items():
        for event in by_event[iri]:
            event.fillers[role].append({_local(filler)} if role == "weapon" else called)
    for row in rows(store, COUNTS):
        for event in by_event[row["event"]]:
            event.counts.append({key: _local(value) for key, value in row.items()})
    return by_article


def rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a query in our prefixes, from name to plain value; a name without a value is left out."""
    for row in store.query(PREFIXES + query).rows():
        yield {name: term.value for name, term in row.items() if not isinstance(term, Triple)}


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def pair(record: Gold, events: Sequence[Found]) -> tuple[list[tuple[Gold, Found]], list[Found]]:
    """The golden events with their matches, best first; and all events that only repeat a matched or optional one."""
    fits: list[tuple[float, Gold, Found]] = []
    for gold in record["events"]:
        quotes = "|".join(map(re.escape, [gold["quote"], *gold.get("also_quotes", [])]))
        spans = [match.span() for match in re.finditer(quotes, record["article"]["text"])]
        types = [gold["type"], *gold.get("also", [])]
        families = {ancestors(code)[-1] for code in types}
        for event in events:
            touches = any(event.span.start < end and start < event.span.stop for start, end in spans)
            if touches and ancestors(event.type)[-1] in families:
                shared = sum(same_filler(g, f) for r in DEED for g in gold.get(ROLES[r], []) for f in event.fillers[r])
                fit = (3 if event.type in types else 2) + min(shared, 5) / 10 - gold.get("optional", False) / 2
                fits.append((fit, gold, event))
    pairs: list[tuple[Gold, Found]] = []
    for _, gold, event in sorted(fits, key=lambda match: -match[0]):
        if all(gold["id"] != g["id"] and event is not e for g, e in pairs):
            pairs.append((gold, event))
    matched = [gold["id"] for gold, _ in pairs]
    return pairs, [event for _, gold, event in fits if gold.get("optional") or gold["id"] in matched]


def _compare(gold: Gold | None, event: Found | None, tally: Tally) -> None:
    """Adds one golden event and its match to the tally; either may be wanting."""
    right = gold is not None and event is not None and event.type in [gold["type"], *gold.get("also", [])]
    tally.count("event", right=right, spurious=bool(event) and not right, missing=bool(gold) and not right)
    gold, event = gold or {}, event or Found("", range(0), None)
    for role, key in ROLES.items():
        _fill(tally, role, gold.get(key, []), event.fillers[role], same_filler)
    weapons = [{"kind": kind} for kind in gold.get("weapons", [])]
    _fill(tally, "weapon", weapons, event.fillers["weapon"], lambda g, f: any(same_kind(g["kind"], kind) for kind in f))
    _fill(tally, "count", gold.get("counts", []), event.counts, same_count)
    days = (gold["start"], gold["end"]) if "start" in gold else None
    same = days is not None and event.days is not None and same_days(days, event.days)
    tally.count("date", right=same, spurious=bool(event.days) and not same, missing=bool(days) and not same)


def _fill(
    tally: Tally, slot: str, gold: Iterable[Gold], found: Iterable[Any], same: Callable[[Gold, Any], bool]
) -> None:
    left = list(found)
    for filler in sorted(gold, key=lambda one: one.get("optional", False)):
        wrong = [one for one in left if not same(filler, one)]
        if not filler.get("optional"):
            tally.count(slot, right=len(wrong) < len(left), missing=len(wrong) == len(left))
        left = wrong
    tally.count(slot, spurious=len(left))
