"""`kg build`: articles into the store, with progress, and a table of what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg.cli.edge import INTERRUPTED, reported, several, store_option
from kg.cli.linking import linker_options

if TYPE_CHECKING:
    from kg.link import Linker
    from kg.pipeline import Report, Source
    from kg.read import Defaults
    from kg.store import Store


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option("--id", default="", help="The article's id, if PATH is one article.")
@click.option("--title", default="", help="The article's title, if PATH is one article.")
@click.option("--url", default="", help="The article's address, if PATH is one article.")
@click.option(
    "--published", default="", metavar="TIME", help="When it was published, like 2025-06-02 or 2025-06-02T21:29+03:00."
)
@click.option("--outlet", default="", help="Who published it, and so speaks in the article's own voice.")
@click.option(
    "--language",
    default="",
    metavar="CODE",
    help="The text's language; 'en' reads it as English whatever it looks like.",
)
@click.option(
    "--base", default=None, metavar="IRI", help="Where instances are minted. [default: https://w3id.org/conflictkg/id/]"
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leaves out events and claims below it."
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=1_000_000,
    show_default=True,
    help="Characters an article may have.",
)
@click.option("--no-validate", is_flag=True, help="Stores graphs without checking them against the ontology's shapes.")
@click.option(
    "--no-text", is_flag=True, help="Leaves the articles' texts out of the store, for licences that ask for it."
)
@linker_options
@click.option("--verbose", "-v", is_flag=True, help="Lists every warning and failure.")
@reported
def build(
    paths: tuple[str, ...],
    where: str,
    published: str,
    base: str | None,
    min_confidence: float,
    max_size: int,
    no_validate: bool,
    no_text: bool,
    verbose: bool,
    linking: Callable[[str], Linker],
    **fields: str,
) -> None:
    """Reads articles into the store.

    PATH is a file or folder of text, HTML or JSON Lines, or '-' for stdin.

    A bad article is named and stops nothing; the exit code is then 1. An article that was read before is replaced.

    \b
    kg build news/ page.html
    kg build --outlet "The Quay" --published 2025-06-02 - < article.txt
    """
    from kg.rdf import BASE
    from kg.read import Defaults
    from kg.store import open_store

    sources: list[Path | Literal["-"]] = [path if path == "-" else Path(path) for path in paths]  # type: ignore[misc]
    defaults = Defaults(published=_time(published), **fields)
    with open_store(where) as store:
        report = run(
            sources,
            store,
            defaults=defaults,
            base=base or BASE,
            validate=not no_validate,
            min_confidence=min_confidence,
            store_text=not no_text,
            max_size=max_size,
            linker=linking(where),
        )
    summarize(report, where, verbose=verbose)
    if report.stopped:
        sys.exit(INTERRUPTED)
    sys.exit(1 if report.failures else 0)


def run(sources: list[Source], store: Store, *, defaults: Defaults | None = None, **options: object) -> Report:
    """The report of building `sources` into `store`, with a progress bar where stderr is a terminal."""
    import logging

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from kg.cli.edge import console

    # What these log is in the report; KG_TRACE asks for the traces as well.
    ours = () if os.environ.get("KG_TRACE") else ("kg.pipeline",)
    for name in ("trafilatura", "htmldate", "charset_normalizer", *ours):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    screen = console(err=True)
    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("loading the language model", total=None)
        progress.refresh()
        from kg.pipeline import build as build_graph

        progress.update(task, total=_articles(sources))

        def told(title: str) -> None:
            progress.update(task, advance=1, description=title[:40])

        return build_graph(sources, store, defaults=defaults, on_article=told, **options)  # type: ignore[arg-type]


def summarize(report: Report, where: str, *, verbose: bool = False) -> None:
    """Prints what a build found, by event type, to stdout; its warnings and failures to stderr."""
    from rich.table import Table

    from kg.cli.edge import console

    for what, lines in (
        ("warning", report.warnings),
        ("failed", [f"{failure.where}: {failure.why}" for failure in report.failures]),
    ):
        shown = lines if verbose else lines[:20]
        for line in shown:
            click.echo(f"{what}: {line}", err=True)
        if len(lines) > len(shown):
            click.echo(f"{what}: {len(lines) - len(shown)} more (--verbose lists them)", err=True)
    if report.types:
        table = Table("Event type", "Events", title="What was found", title_justify="left")
        table.columns[1].justify = "right"
        for code, count in sorted(report.types.items(), key=lambda pair: (-pair[1], pair[0])):
            table.add_row(code, str(count))
        console().print(table)
    failed = f", {len(report.failures)} failed" if report.failures else ""
    stopped = "Stopped early: " if report.stopped else ""
    if not report.articles:
        click.echo(f"{stopped}no article read{failed}")
        return
    click.echo(
        f"{stopped}{several(report.articles, 'article')} read{failed}: {several(report.events, 'event')}, "
        f"{several(report.claims, 'claim')} ({report.counts:,} with a number), {report.entities:,} entities "
        f"({report.linked:,} linked to Wikidata), {several(report.quads, 'quad')} in {where}, {report.seconds:.1f} s"
    )


def _articles(sources: list[Source]) -> int | None:
    """How many articles the sources hold at most; None where only reading can tell."""
    from kg.read import READERS

    total = 0
    for source in sources:
        if source == "-" or not Path(source).exists():
            return None
        paths = Path(source).rglob("*") if Path(source).is_dir() else [Path(source)]
        for path in paths:
            if path.suffix.lower() in (".jsonl", ".ndjson") and path.is_file():
                with path.open("rb") as stream:
                    total += sum(chunk.count(b"\n") for chunk in iter(lambda stream=stream: stream.read(1 << 20), b""))  # type: ignore[misc]
            else:
                total += path.suffix.lower() in READERS
    return total or None


def _time(published: str) -> date | None:
    from kg.read.dates import parse

    if not published:
        return None
    found = parse(published)
    if found is None:
        raise click.BadParameter(f"{published!r} is no time; write it like 2025-06-02", param_hint="--published")
    return found
