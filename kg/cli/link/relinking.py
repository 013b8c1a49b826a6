"""`kg link relink`: all articles of a store linked anew, without reading them again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from kg.cli.edge import INTERRUPTED, console, reported, several, store_option
from kg.cli.linking import linker_options
from kg.cli.merging import keep_up

if TYPE_CHECKING:
    from kg.link import Linker
    from kg.relink import Relinked
    from kg.store import Store


@click.command()
@store_option
@linker_options
@reported
def relink(where: str, linking: Callable[[str], Linker]) -> None:
    """Links all names of a store anew.

    With another gazetteer, say, or after the judgements were changed by hand. The articles' sources are not read again,
    and need not be there.

    \b
    kg link relink --gazetteer my-gazetteer/
    """
    from kg.store import open_store

    open_store(where, read_only=True).close()  # it must be there
    with open_store(where) as store:
        report = run(store, linking(where))
    click.echo(
        f"{several(report.articles, 'article')} relinked, {report.changed:,} changed: "
        f"{report.after:,} entities linked to Wikidata, {report.before:,} before, {report.seconds:.1f} s"
    )
    for failure in report.failures:
        click.echo(f"failed: {failure}", err=True)
    if report.stopped:
        click.echo("kg: stopped", err=True)
        sys.exit(INTERRUPTED)
    if report.failures:
        sys.exit(1)


def run(store: Store, linker: Linker, graphs: Iterable[str] | None = None) -> Relinked:
    """The report on linking the articles of these graphs, or all, with a progress bar where stderr is a terminal.

    The incidents are brought up to date with it.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.cli.articles import stored
    from kg.relink import relink as relink_store

    wanted = None if graphs is None else list(graphs)
    screen = console(err=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("", total=len(stored(store)) if wanted is None else len(wanted))

        def told(title: str) -> None:
            progress.update(task, advance=1, description=title[:40])

        report = relink_store(store, linker, graphs=wanted, on_article=told)
    if not report.stopped:
        keep_up(store, changed=report.graphs)
    return report
