"""`kg load`: RDF that is there already into the store."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import reported, several, store_option
from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

FORMATS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@store_option
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default=None,
    help="What the files are, where their names don't tell.",
)
@click.option("--graph", default=None, metavar="IRI", help="The graph of statements that have none of their own.")
@click.option("--base", default=None, metavar="IRI", help="What relative IRIs are relative to.")
@reported
def load(files: tuple[str, ...], where: str, format: str | None, graph: str | None, base: str | None) -> None:
    """Adds RDF files to the store.

    FILE is N-Quads, TriG, JSON-LD, Turtle, N-Triples or RDF/XML, which its name tells; gzip, bzip2, xz or zstandard
    may pack it. '-' is stdin. The last three have no graphs, so --graph must name one.

    Of a file all is added, or nothing where something is wrong in it or the command is killed; the other files are.
    A store on a server gets it in pieces, and keeps those that came before the fault.

    \b
    kg load conflict.nq.gz
    kg load --graph https://example.org/places places.ttl
    """
    from pyoxigraph import NamedNode

    from kg.store import open_store
    from kg.store.rdf_files import format_of
    from kg.store.update import name

    formats = [format or format_of(file) for file in files]
    target: NamedNode | None = name(graph) if graph is not None else None
    begun, statements, failed = time.monotonic(), 0, 0
    with open_store(where) as store, _shown() as progress:
        for file, each in zip(files, formats, strict=True):
            from kg.store import rdf_files

            try:
                with _opened(file, progress) as stream:
                    statements += rdf_files.load(store, stream, each, where=file, graph=target, base=base)
            except StoreError as error:
                failed += 1
                click.echo(f"failed: {error}", err=True)
        store.flush()
    seconds = time.monotonic() - begun
    told = f", {failed} failed" if failed else ""
    click.echo(
        f"{several(len(files) - failed, 'file')} loaded{told}: {several(statements, 'statement')} added to {where}, "
        f"{seconds:.1f} s ({statements / seconds:,.0f} a second)"
    )
    sys.exit(1 if failed else 0)


@contextmanager
def _shown() -> Iterator[Progress]:
    """A bar of the bytes that are read, where stderr is a terminal."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from kg.cli.edge import console

    screen = console(err=True)
    columns = (
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        yield progress


@contextmanager
def _opened(file: str, progress: Progress) -> Iterator[io.BufferedReader]:
    """The file as a stream whose reading is shown; stdin for '-'."""
    if file == "-":
        yield io.BufferedReader(sys.stdin.buffer)  # type: ignore[arg-type]
        return
    path = Path(file)
    try:
        with path.open("rb") as raw:
            shown = progress.wrap_file(raw, total=path.stat().st_size, description=path.name[:40])
            yield io.BufferedReader(shown)  # type: ignore[arg-type]
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from error
