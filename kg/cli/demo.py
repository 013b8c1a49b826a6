"""`kg demo`: a small graph from articles that come along, served for a browser."""

from __future__ import annotations

import click

from kg.cli.edge import reported, store_option
from kg.cli.merging import merged
from kg.cli.progress import number, progress
from kg.cli.serve import announce
from kg.cli.summary import summarize


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@click.option("--no-serve", is_flag=True, help="Builds the graph and ends.")
@reported
def demo(where: str, host: str, port: int, no_serve: bool) -> None:
    """Builds a small graph and serves it.

    It is made of ten articles that come with the program. Prints what it found in them and where to look.

    \b
    kg demo --port 8080
    """
    from kg.demo import corpus
    from kg.pipeline import StoreSink, build
    from kg.pipeline.logs import quiet
    from kg.store import open_store

    quiet()
    click.echo(f"Reading the demo's articles into {where} ...")
    with open_store(where) as store:
        with progress(number([corpus()])) as told:
            report = build([corpus()], StoreSink(store), on_article=told)
        incidents = None if report.stopped else merged(store)
    summarize(report, where, incidents)
    if report.stopped:
        raise KeyboardInterrupt
    if not no_serve:
        from server import serve as serve_store

        serve_store(where, host=host, port=port, on_ready=announce)
