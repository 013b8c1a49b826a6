"""How fast servers answer SPARQL over the same graph: ours in memory and on disk, Oxigraph's, and two upon rdflib.

    python -m tests.benchmarks.serve_speed [--quads N] [--seconds S] [--only NAME ...] [--write docs/benchmarks.md]

A graph of made-up articles is built first, in a store of ours. Then the servers run one after the other, there and
back again, each in processes of its own, and are asked the same: point lookups over 8 connections, each query by
itself, and all triples at once. An answer is timed once it is known to be that of the first server. A ratio compares
with Oxigraph's server, and above 1 is better except for memory.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
from rich.console import Console

from kg.errors import KGError
from tests.benchmarks.serving import stored
from tests.benchmarks.serving.load import tool
from tests.benchmarks.serving.measure import Bench, Measured, Plan, measure
from tests.benchmarks.serving.merge import merged
from tests.benchmarks.serving.queries import Sum, queries
from tests.benchmarks.serving.report import markdown, show, tables, write
from tests.benchmarks.serving.servers import SERVERS, Places, knows

YARDSTICK = next(iter(SERVERS))
PACKAGES = ("pyoxigraph", "oxigraph", "granian", "oxrdflib", "rdflib-endpoint", "flask")

INTRODUCTION = """\
## Serving

    python -m tests.benchmarks.serve_speed --write docs/benchmarks.md

The graph is made up, in the shape of ours: articles as named graphs, with events, claims, counts, sentences and linked
entities that come back in many articles. All servers have the same quads, and the set of all triples in the default
graph. `ours-memory` and `ours-disk` are `kg serve`; `oxigraph` is Oxigraph's own server; `flask-oxrdflib` is a Flask
application of ten lines and `rdflib-endpoint` the package of that name, both on granian over rdflib with Oxigraph
below. They run one after the other, there and back again. No query is asked twice, but where the table says so. `×2.00`
is twice as good as Oxigraph's server in the same run, and twice as much for memory, which is that of all processes of a
server.
"""


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--quads", "wanted", default=1_000_000, show_default=True, help="How many quads the graph has.")
@click.option("--seconds", default=75.0, show_default=True, help="How long one server is measured at most, about.")
@click.option("--limit", default=20.0, show_default=True, help="How many seconds one query may take.")
@click.option("--only", multiple=True, type=click.Choice(list(SERVERS)), help="A server to measure; may be repeated.")
@click.option(
    "--store", "folder", type=click.Path(path_type=Path), help="Keep the graph here, and use it if it's there."
)
@click.option("--write", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the tables here as well.")
def main(
    wanted: int, seconds: float, limit: float, only: tuple[str, ...], folder: Path | None, page: Path | None
) -> None:
    """Print the tables, and write them where that is wished."""
    if sys.platform != "linux":
        raise click.ClickException("memory is read from /proc, so this runs on Linux only")
    console = Console(width=None if sys.stdout.isatty() else 160)
    with tempfile.TemporaryDirectory(prefix="kg-serve-speed-") as made:
        scratch = Path(made)
        store = folder or scratch / "store"
        if not (store / "oxigraph").exists():
            console.print(f"making a graph of {wanted:,} quads")
            stored.build(store, wanted)
        stored.copied(store, scratch / "plain")
        graph = stored.size(scratch / "plain")
        about = f"{graph.quads:,} quads in {graph.graphs:,} graphs, {graph.triples:,} distinct triples"
        console.print(about)
        plan = Plan(queries(), stored.picked(scratch / "plain"), seconds / 2, limit)
        found, notes = _measured(console, [name for name in SERVERS if not only or name in only], store, plan, scratch)
    if not found:
        raise click.ClickException("no server could be measured")
    written = tables(found, plan.queries, YARDSTICK)
    told = [f"{about}. Load by {tool()}, 8 connections, {os.cpu_count()} processors. {_versions()}.", *notes]
    for table in written:
        show(console, table)
    for line in told:
        console.print(line, highlight=False)
    if page:
        parts = [INTRODUCTION, *told[:1], *(f"- {note}" for note in notes), *map(markdown, written)]
        write(page, "serve", "\n\n".join(part.strip() for part in parts))


def _measured(
    console: Console, names: list[str], store: Path, plan: Plan, scratch: Path
) -> tuple[dict[str, Measured], list[str]]:
    """The figures of each server that can be run, and what is to be said about the others and about their answers."""
    passes: dict[str, list[Measured]] = {name: [] for name in names}
    failures: dict[str, str] = {name: why for name in names if (why := SERVERS[name].missing())}
    truth: dict[str, Sum] = {}
    # There and back, so that a machine that gets slower or faster meanwhile does not favour the first or the last.
    # Back, the queries are turned around too: a slow server has no time for the last ones.
    back = replace(plan, queries=dict(reversed(plan.queries.items())))
    for name, way in [*((name, plan) for name in names), *((name, back) for name in reversed(names))]:
        if name in failures:
            continue
        database = scratch / "copy"
        shutil.rmtree(database, ignore_errors=True)
        stored.copied(store, database)
        with console.status(name) as status:
            try:
                with Bench(SERVERS[name], Places(store, database), way, scratch).up() as bench:
                    passes[name].append(measure(bench, truth, lambda what, at=name: status.update(f"{at}: {what}")))
            except KGError as error:
                failures[name] = str(error)
        console.print(f"{name}: {failures.get(name, 'measured')}", style="dim", highlight=False)
    found = {name: merged(measured) for name, measured in passes.items() if measured}
    notes = [f"{name}: {why}." for name, why in failures.items()]
    notes += (f"{name}: {note}." for name, one in found.items() for note in one.notes)
    if not knows("replica") and any(name.startswith("ours") for name in found):
        notes.append("This version of `kg serve` has no `--replica`: both sorts of ours are the same.")
    return found, notes


def _versions() -> str:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    main()
