"""How long it takes to bring events together as incidents, all at once and when one more article comes.

    python -m tests.benchmarks.merge_speed [--events N]... [--keep FOLDER]

The articles are made up (see `merge_corpus`) and written as quads; making and loading them is not timed. For each size
it prints the seconds for all, the milliseconds for one article more, one changed and one less, the memory of the whole
process at its height, and how well the incidents agree with what the articles were made from. Sizes of which one is ten
times the other show whether the cost is linear.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from kg import rdf
from kg.merge import merge
from kg.merge.scores import Scores, scores
from kg.model import Extraction
from kg.store import Store, open_store
from tests.benchmarks.merge_corpus import extractions

ONE_MORE = 20  # articles over which the cost of one is averaged
BATCH = 500


def fill(store: Store, events: int) -> tuple[dict[str, int], list[Extraction]]:
    """Puts articles with about so many events into the store; gives the happening of each event, and more articles."""
    of: dict[str, int] = {}
    made = extractions(events)
    pending: dict[str, bytes] = {}
    later: list[Extraction] = []
    for number, (extraction, those) in enumerate(made):
        if number % 50 == 7 and len(later) < ONE_MORE:
            later.append(extraction)
            continue
        of |= those
        graph = rdf.graph_iri(extraction.article.id)
        pending[graph] = rdf.nquads(rdf.quads(extraction, store_text=False, mark=extraction.article.id))
        if len(pending) == BATCH:
            store.put(pending)
            pending = {}
    store.put(pending)
    return of, later


def agreement(store: Store, of: dict[str, int]) -> Scores:
    """How well the store's incidents agree with what its events were made from."""
    found: dict[str, set[str]] = defaultdict(set)
    gold: dict[int, set[str]] = defaultdict(set)
    rows = store.query(f"SELECT ?event ?incident {{ ?event <{rdf.PREFIXES['ckg']}incident> ?incident }}").rows()
    for row in rows:
        event = str(getattr(row["event"], "value", "")).rpartition("/")[2]
        if event in of:
            found[str(row["incident"])].add(event)
            gold[of[event]].add(event)
    return scores(list(map(frozenset, gold.values())), list(map(frozenset, found.values())))


def one_by_one(store: Store, later: list[Extraction]) -> dict[str, float]:
    """Milliseconds for an article that comes, changes and goes, on average."""
    steps = {"added": "1", "changed": "2", "removed": ""}
    took = dict.fromkeys(steps, 0.0)
    for step, mark in steps.items():
        for extraction in later:
            graph = rdf.graph_iri(extraction.article.id)
            if step == "changed":
                extraction = replace(extraction, events=extraction.events[1:], claims=extraction.claims[1:])
            if mark:
                store.replace(graph, rdf.quads(extraction, store_text=False, mark=mark))
            else:
                store.remove(graph)
            began = time.perf_counter()
            merge(store)
            took[step] += (time.perf_counter() - began) * 1000 / len(later)
    return took


@click.command()
@click.option(
    "--events", "sizes", type=click.IntRange(100), multiple=True, default=(10_000, 100_000), show_default=True
)
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Makes the stores there, and leaves them."
)
def main(sizes: tuple[int, ...], keep: Path | None) -> None:
    """Print the table."""
    print(
        "| events | incidents | seconds | µs an event | added, ms | changed, ms | removed, ms | memory, MB | CoNLL F1 |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in sorted(sizes):
        with ExitStack() as held:
            place = keep or Path(held.enter_context(tempfile.TemporaryDirectory()))
            store = held.enter_context(open_store(place / f"events-{size}"))
            of, later = fill(store, size)
            report = merge(store, anew=True)
            score = agreement(store, of)
            took = one_by_one(store, later)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            each = report.seconds / report.events * 1e6
            steps = " | ".join(f"{took[step]:.0f}" for step in ("added", "changed", "removed"))
            print(
                f"| {report.events:,} | {report.incidents:,} | {report.seconds:.1f} | {each:.0f} | {steps} "
                f"| {memory:,.0f} | {score.conll:.3f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
