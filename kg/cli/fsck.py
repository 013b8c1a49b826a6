"""`kg fsck`: the whole store, what its graphs say and how it is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import reported, several, store_option

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.store import Store

SHOWN = 3
"""Triples that are shown of those that are wrong."""

ARTICLES = """PREFIX ckg: <https://w3id.org/conflictkg/ns#>
SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?article a ckg:Article } } ORDER BY ?graph"""
LOST = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?copy ?original WHERE {
  ?copy prov:alternateOf ?original FILTER NOT EXISTS { ?original a ckg:Article }
} ORDER BY ?copy"""

Step = Callable[[str, "int | None"], Callable[[int], object]]
"""Shows that something of so many parts has begun; what it gives is called with how many more are done."""


@click.command()
@store_option
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes. [default: one a core]")
@click.option(
    "--repair", is_flag=True, help="Mends the default graph, the index of the words and what a kill has left."
)
@reported
def fsck(where: str, jobs: int | None, repair: bool) -> None:
    """Checks the whole store.

    Each article's graph must fit the ontology's SHACL shapes, and each span its text. A near-copy must name an article.
    The default graph must be the union of the others, the index of the words must tell what that says, and nothing may
    be left of a process that was killed.

    Prints what is wrong; the exit code is 1 where anything is. Beside a process that writes, only what it published is
    checked.

    \b
    kg fsck --store ./kg-store
    """
    from kg.store import open_store

    with open_store(where, read_only=True) as store, _damage_told(where), _shown() as step:
        graphs = [row["graph"].value for row in store.query(ARTICLES).rows()]  # type: ignore[union-attr]
        broken = _said(_articles(store, graphs, jobs, step))
        lost = _said(_lost(store, step))
        kept = _said(_kept(store, step))
    if repair and kept:
        _mend(where)
        kept = 0
    wrong = broken + lost + kept
    click.echo(f"{several(len(graphs), 'article')} checked, {several(wrong, 'fault') if wrong else 'nothing wrong'}")
    sys.exit(1 if wrong else 0)


@contextmanager
def _damage_told(where: str) -> Iterator[None]:
    """What the database raises where it can't be read, as a StoreError."""
    from kg.errors import QueryError, StoreError

    try:
        yield
    except (OSError, RuntimeError, QueryError) as error:
        told = f"{where} is damaged: {error}. Restore a backup (`kg restore`), or build it anew in another folder"
        raise StoreError(told) from error


def _said(faults: Iterable[str]) -> int:
    """How many faults there are, each of which is printed."""
    number = 0
    for fault in faults:
        click.echo(fault)
        number += 1
    return number


def _articles(store: Store, graphs: list[str], jobs: int | None, step: Step) -> Iterator[str]:
    import os

    from kg.cli.checking import invalid
    from kg.store.embedded import EmbeddedStore

    place: Path | str = store.database if isinstance(store, EmbeddedStore) else store.where
    told = step("articles", len(graphs))
    for graph, report in invalid(place, graphs, jobs=jobs or os.cpu_count() or 1, told=told):
        yield f"<{graph}> is not valid:\n{report}"


def _lost(store: Store, step: Step) -> Iterator[str]:
    step("near-copies", None)
    for row in store.query(LOST).rows():
        yield f"{row['copy']} is said to be a near-copy of {row['original']}, which is no article here"


def _kept(store: Store, step: Step) -> Iterator[str]:
    """What is wrong with how the store is kept, all of which can be mended."""
    from kg.store import sound
    from kg.store.embedded import EmbeddedStore

    step("default graph", None)
    yield from _triples(sound.needless(store), "in the default graph and in no other")
    yield from _triples(sound.lacking(store), "in a graph and not in the default graph")
    if isinstance(store, EmbeddedStore):
        if store.database != Path(store.where):
            click.echo(f"{store.where} is being written: its index of the words is not checked", err=True)
            return
        step("index of the words", None)
        yield from sound.words(store)
        yield from sound.leftovers(store)


def _triples(found: Iterator[Triple], where: str) -> Iterator[str]:
    shown = list(islice(found, SHOWN))
    if shown:
        number = len(shown) + sum(1 for _ in found)
        yield f"{several(number, 'statement')} {where}, such as:\n" + "\n".join(f"  {triple}" for triple in shown)


def _mend(where: str) -> None:
    from kg.errors import UsageError
    from kg.store import open_store, sound
    from kg.store.embedded import EmbeddedStore

    with open_store(where) as store:
        if not isinstance(store, EmbeddedStore):
            raise UsageError(f"{where} is not a folder: only its server can mend it")
        sound.mend(store)
    click.echo("default graph, index of the words and files are mended")


@contextmanager
def _shown() -> Iterator[Step]:
    """A bar on stderr where that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from kg.cli.edge import console

    screen = console(err=True)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("")

        def step(name: str, total: int | None) -> Callable[[int], object]:
            progress.reset(task, total=total, description=name)
            return lambda number: progress.advance(task, number)

        yield step
