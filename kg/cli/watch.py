"""`kg watch`: reads what comes into folders and feeds, until it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.building import Asked, building_options, source
from kg.cli.edge import reported, stoppable, store_option
from kg.cli.merging import is_elsewhere, merged, no_merge_option
from kg.cli.summary import problems, told
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import Report

LOOK_SECONDS = 1.0


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@store_option
@click.option(
    "--every",
    type=click.FloatRange(min=1),
    default=900.0,
    show_default=True,
    metavar="SECONDS",
    help="How often an address is asked.",
)
@no_merge_option
@building_options
@reported
def watch(paths: tuple[str, ...], where: str, every: float, no_merge: bool, asked: Callable[..., Asked]) -> None:
    """Reads what comes into folders and feeds, until it is stopped.

    SOURCE is a folder, a file, or the address of a feed. What is there at the beginning is read first, but for what the
    store has already; afterwards what is new or has changed.

    The store is open for writing meanwhile: `kg serve` beside it reads, and shows what is new within seconds.

    \b
    kg watch inbox/ https://news.example/feed.xml
    """
    from kg.pipeline import Building, StoreSink
    from kg.pipeline.watch import Watch
    from kg.store import open_store

    sources = [source(path) for path in paths]
    for each in sources:
        if not isinstance(each, Path) and "://" not in each:
            raise UsageError(f"{each}: only folders, files and addresses can be watched")
    wanted = asked(where=where)
    watched = Watch(sources, every)
    try:
        with stoppable(), open_store(where) as store, wanted.running(where, few=True) as engine:
            building = Building(StoreSink(store), options=wanted.options, choice=wanted.choice, engine=engine)
            click.echo(f"Watching {', '.join(paths)} (Ctrl+C stops)")
            while True:
                if due := watched.due():
                    report = building.read(due)
                    if report.articles and not (no_merge or report.stopped or is_elsewhere(where)):
                        merged(store)
                    if _shown(report, where):
                        return
                time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:  # is how a watch ends
        return


def _shown(report: Report, where: str) -> bool:
    """Whether the user has stopped the build, after what it found has been told."""
    problems(report)
    if report.articles or report.failures:
        click.echo(f"{time.strftime('%H:%M:%S')} {told(report, where)}")
    return report.stopped
