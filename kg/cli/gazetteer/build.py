"""`kg gazetteer build`: open data becomes the gazetteer that names are looked up in."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import INTERRUPTED, console, reported, several
from kg.cli.gazetteer.info import size, source_cells
from kg.cli.linking import home
from kg.errors import GazetteerError, UsageError

if TYPE_CHECKING:
    from kg.cli.gazetteer.watched import Watched
    from kg.gazetteer.build import Built

SHOWN = 3
"""Bad lines of a source that are shown without --verbose."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    show_default="the user's data folder",
    metavar="FOLDER",
    help="Where the gazetteer goes. Elsewhere than in the default folder it is used where --gazetteer gives it.",
)
@click.option(
    "--query",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    metavar="FILE.rq",
    help="The SELECT that endpoints are asked, instead of the one for Wikidata.",
)
@click.option("--no-starter", is_flag=True, help="Makes it of the sources alone, without what comes along.")
@click.option("--verbose", "-v", is_flag=True, help="Lists every line that could not be used.")
@reported
def build(sources: tuple[str, ...], output: Path | None, query: Path | None, no_starter: bool, verbose: bool) -> None:
    """Makes a gazetteer of the one that comes along and of open data; all linking uses it from then on.

    SOURCE is a JSON dump of Wikidata, a dump of GeoNames, a table with a header (label, classes, qid, names, lat, lon,
    country, ...), each plain or packed, or the address of a SPARQL endpoint. An earlier source has precedence. A
    build that is stopped goes on where it was when the same command is run again. Without a SOURCE the gazetteer that
    comes along is made anew.

    \b
    kg gazetteer build entities.tsv.xz
    kg gazetteer build UA.zip alternateNamesV2.zip
    kg gazetteer build https://query.wikidata.org/sparql --query armies.rq
    """
    if not sources and (no_starter or query):
        raise UsageError("give a SOURCE: a file, or the address of an endpoint")
    from kg.cli.gazetteer.watched import Progress, Watched, opened

    folder = output or home()
    began = time.monotonic()
    watched = [Watched(opened(where, query, sources)) for where in sources]
    try:
        with Progress(watched) as progress:
            built = _built(watched, folder, no_starter, progress)
    except KeyboardInterrupt:
        click.echo("kg: stopped; what was read is kept, and the same command goes on from there", err=True)
        sys.exit(INTERRUPTED)
    _report(built, watched, time.monotonic() - began, verbose)
    if folder == home():
        click.echo("names are linked with it from now on; `kg gazetteer remove` goes back to the one that comes along")
    else:
        click.echo(f"`--gazetteer {folder}` or KG_GAZETTEER={folder} links names with it")


def _built(watched: list[Watched], folder: Path, alone: bool, progress: object) -> Built:
    from kg.cli.gazetteer.watched import Progress
    from kg.gazetteer.build import build, build_starter
    from kg.names import shipped

    assert isinstance(progress, Progress)
    if watched:
        return build(watched, folder, base=None if alone else shipped(), told=progress.told)
    try:
        return build_starter(folder, told=progress.told)
    except ModuleNotFoundError as error:
        raise GazetteerError(
            f"the package {error.name} is missing, which it is made from", where=str(folder),
            remedy="pip install 'conflictkg[gazetteer]', or give a SOURCE",
        ) from error  # fmt: skip


def _report(built: Built, watched: list[Watched], seconds: float, verbose: bool) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for column in ("source", "rows", "licence", "revision"):
        table.add_column(column, justify="right" if column == "rows" else "left", overflow="fold")
    for source in built.about["sources"]:
        table.add_row(*source_cells(source))
    console().print(table)
    for one in watched:
        if one.bad:
            click.echo(f"{one.name}: {several(one.bad, 'line')} could not be used", err=True)
            for line in one.lines if verbose else one.lines[:SHOWN]:
                click.echo(f"  {line}", err=True)
            if one.bad > SHOWN and not verbose:
                click.echo("  ... (--verbose lists all)", err=True)
    about = built.about
    click.echo(
        f"{built.folder}: {about['things']:,} things, {about['names']:,} names, "
        f"{size(built.folder) / 1e6:,.0f} MB, in {seconds:,.0f} s"
    )
