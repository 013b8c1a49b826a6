"""Incidents brought up to date by the commands that change a store, with a bar where stderr is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from kg.cli.edge import console, several

if TYPE_CHECKING:
    from kg.merge import Merged
    from kg.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def merged(store: Store, *, anew: bool = False, changed: Iterable[str] = ()) -> Merged:
    """The report on bringing the store's incidents up to date; see `kg.merge.merge`."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.merge import merge

    screen = console(err=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as shown:
        task = shown.add_task("incidents", total=None)
        report = merge(
            store,
            anew=anew,
            changed=changed,
            on_step=lambda what, done, total: shown.update(task, description=what, completed=done, total=total or None),
        )
    for fault in report.faults:
        click.echo(f"warning: {fault}", err=True)
    return report


def no_merge_option(function: Callable[P, R]) -> Callable[P, R]:
    """The command with `--no-merge`."""
    return click.option(
        "--no-merge", is_flag=True, help="Leaves the incidents as they are; `kg merge run` brings them up to date."
    )(function)


def told(report: Merged) -> str:
    """What came of it, in one sentence."""
    return (
        f"{several(report.events, 'event')} in {several(report.incidents, 'incident')}, "
        f"{report.shared:,} of them told by several articles, {report.seconds:.1f} s"
    )


def keep_up(store: Store, *, changed: Iterable[str] = ()) -> None:
    """Brings the incidents up to date where the store has any, and is no server's; see `kg.merge.merge`."""
    from kg.rdf import PREFIXES

    if not is_elsewhere(store.where) and store.query(f"ASK {{ ?x a <{PREFIXES['ckg']}Incident> }}").boolean:
        merged(store, changed=changed)


def is_elsewhere(where: str) -> bool:
    """Whether the store is a server's: all its events would have to be fetched for each article that is added."""
    return "://" in where
