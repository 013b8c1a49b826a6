"""`kg build`: articles into the store, with progress, and a table of what was found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.building import Asked, building_options, source
from kg.cli.edge import INTERRUPTED, reported, stoppable, store_option
from kg.cli.merging import is_elsewhere, merged, no_merge_option
from kg.cli.progress import few, number, progress
from kg.cli.summary import as_json, summarize

if TYPE_CHECKING:
    from kg.pipeline import Sink
    from kg.store import Store

PARTITIONS = 16


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@click.option(
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="FOLDER",
    help="Writes sorted N-Quads there, in partitions, and nothing into a store.",
)
@click.option(
    "--partitions",
    type=click.IntRange(1, 10_000),
    default=PARTITIONS,
    show_default=True,
    metavar="N",
    help="Into how many files --output divides the graphs.",
)
@click.option("--id", default="", help="The article's id, if SOURCE is one article.")
@click.option("--title", default="", help="The article's title, if SOURCE is one article.")
@click.option("--url", default="", help="The article's address, if SOURCE is one article.")
@building_options
@click.option(
    "--format",
    "format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
@no_merge_option
@click.option("--verbose", "-v", is_flag=True, help="Lists every warning and failure.")
@reported
def build(
    paths: tuple[str, ...],
    where: str,
    folder: Path | None,
    partitions: int,
    format: str,
    no_merge: bool,
    verbose: bool,
    asked: Callable[..., Asked],
    **fields: str,
) -> None:
    """Reads articles into the store.

    SOURCE is a file, a folder, a pattern like 'news/**/*.jsonl.gz', the address of a feed or page, or '-' for stdin.
    Files are text, HTML, JSON Lines, CSV, RSS and Atom feeds, and WARC, also compressed.

    What was read before and has not changed is passed over, so a build that was stopped goes on where it was. What has
    changed is replaced. A bad article is named and stops nothing; the exit code is then 1.

    At its end the events of all articles are brought together as incidents, unless the store is on a server: there
    `kg merge run` does it.

    \b
    kg build news/ page.html
    kg build --jobs 8 archive/*.warc.gz
    kg build --outlet "The Quay" --published 2025-06-02 - < article.txt
    """
    sources = [source(path) for path in paths]
    many = number(sources)
    incidents = None
    with stoppable(), ExitStack() as held:
        with progress(many) as told:
            from kg.pipeline import build as build_graph  # which takes seconds, and the bar says so

            wanted = asked(where=str(folder or where), **fields)
            sink, store = held.enter_context(_sink(where, folder, partitions))
            with wanted.running(where, few=few(sources, many)) as engine:
                report = build_graph(
                    sources, sink, options=wanted.options, choice=wanted.choice, engine=engine, on_article=told
                )
        if store is not None and not (no_merge or report.stopped or is_elsewhere(where)):
            incidents = merged(store)
    if format == "json":
        click.echo(as_json(report, incidents))
    summarize(report, str(folder or where), incidents, verbose=verbose, counts=format == "text")
    if report.stopped:
        sys.exit(INTERRUPTED)
    sys.exit(1 if report.failures else 0)


@contextmanager
def _sink(where: str, folder: Path | None, partitions: int) -> Iterator[tuple[Sink, Store | None]]:
    """Where the graphs go, and the store that is, unless they go into files."""
    from kg.pipeline import StoreSink
    from kg.pipeline.partitions import Partitions
    from kg.store import open_store

    if folder is None:
        with open_store(where) as store:
            yield StoreSink(store), store
        return
    with closing(Partitions(folder, count=partitions)) as parts:
        yield parts, None
        parts.finish()
