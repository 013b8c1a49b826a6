"""How long it takes to bring events together as incidents, all at once and when one more article comes.

    python -m tests.benchmarks.merge_speed [--events N]... [--write docs/benchmarks.md]

The articles are made up (see `merge_corpus`) and written as quads; making and loading them is not timed. For each size
it prints the seconds for all, the milliseconds for one article more, one changed and one less, the memory of the whole
process at its height, and how well the incidents agree with what the articles were made from. Sizes of which one is ten
times the other show whether the cost is linear.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console

from kg import rdf
from kg.merge import Merged, merge
from kg.merge.scores import Scores, scores
from kg.model import Extraction
from kg.store import Store, open_store
from tests.benchmarks.merge_corpus import extractions
from tests.benchmarks.serving.report import Table, markdown, show, write

ONE_MORE = 20  # articles over which the cost of one is averaged
BATCH = 500
STEPS = {"comes": "1", "changes": "2", "goes": ""}
"""What is done to an article, with the mark that its graph has then; none where it is gone."""

INTRODUCTION = """\
## Merging

    python -m tests.benchmarks.merge_speed --write docs/benchmarks.md

A made-up world in which a hundred events a day are told by articles of 6 to 12 events, a third of them of one happening
each, most in a fifth of the towns; in a tenth the town is missing, in a fifth the day. `kg merge run --anew` over the
whole store, then one article at a time. The scores are against what the articles were made from: they tell that speed
is not bought with mistakes, and nothing about real news.
"""


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
    took = dict.fromkeys(STEPS, 0.0)
    for step, mark in STEPS.items():
        for extraction in later:
            graph = rdf.graph_iri(extraction.article.id)
            if step == "changes":
                extraction = replace(extraction, events=extraction.events[1:], claims=extraction.claims[1:])
            if mark:
                store.replace(graph, rdf.quads(extraction, store_text=False, mark=mark))
            else:
                store.remove(graph)
            began = time.perf_counter()
            merge(store)
            took[step] += (time.perf_counter() - began) * 1000 / len(later)
    return took


@dataclass(frozen=True, slots=True)
class Measured:
    """What one size took."""

    report: Merged
    steps: dict[str, float]
    memory: float
    score: Scores


def measure(size: int, folder: Path) -> Measured:
    """Fills a store in the folder and measures there."""
    with open_store(folder / f"events-{size}") as store:
        of, later = fill(store, size)
        report = merge(store, anew=True)
        score = agreement(store, of)
        steps = one_by_one(store, later)
    return Measured(report, steps, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, score)


def table(measured: Sequence[Measured]) -> Table:
    """A row for each figure, a column for each size."""
    rows: dict[str, Callable[[Measured], str]] = {
        "incidents": lambda one: f"{one.report.incidents:,}",
        "seconds for all at once": lambda one: f"{one.report.seconds:.1f}",
        "milliseconds an event": lambda one: f"{one.report.seconds / one.report.events * 1000:.2f}",
        **{
            f"milliseconds where an article {step}": lambda one, step=step: f"{one.steps[step]:.0f}"  # type: ignore[misc]
            for step in STEPS
        },
        "memory at most": lambda one: f"{one.memory:,.0f} MB",
        "B³ precision / recall": lambda one: f"{one.score.b_cubed.precision:.3f} / {one.score.b_cubed.recall:.3f}",
        "CoNLL F1": lambda one: f"{one.score.conll:.3f}",
    }
    names = [f"{one.report.events:,}" for one in measured]
    return Table("Events into incidents", ("events", *names), [[name, *map(of, measured)] for name, of in rows.items()])


@click.command()
@click.option(
    "--events", "sizes", type=click.IntRange(100), multiple=True, default=(10_000, 100_000), show_default=True
)
@click.option("--write", "page", type=click.Path(path_type=Path, dir_okay=False), help="Puts the table into this page.")
def main(sizes: tuple[int, ...], page: Path | None) -> None:
    """Print the table, and write it where that is wished."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    with tempfile.TemporaryDirectory(prefix="kg-merge-speed-") as folder:
        measured = [measure(size, Path(folder)) for size in sorted(sizes)]
    made = table(measured)
    show(console, made)
    if page:
        write(page, "merge", f"{INTRODUCTION}\n{os.cpu_count()} processors.\n\n{markdown(made).strip()}")


if __name__ == "__main__":
    main()
