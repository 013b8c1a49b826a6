"""`kg export`: the store, or one article's graph, as RDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.edge import reported, store_option

FORMATS = ("nq", "trig", "ttl", "jsonld")


@click.command()
@store_option
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default="nq",
    show_default=True,
    help="N-Quads, TriG, Turtle or JSON-LD.",
)
@click.option("--output", "-o", default="-", show_default=True, metavar="FILE", help="Where to write; '-' is stdout.")
@click.option(
    "--article",
    default="",
    metavar="ARTICLE",
    help="Only the graph of this article: its id, URL or the start of its title.",
)
@reported
def export(where: str, format: str, output: str, article: str) -> None:
    """Writes the store as RDF.

    The same content gives the same bytes.

    \b
    kg export --format trig --output conflict.trig
    kg export --article seed-istanbul-talks --format ttl
    """
    from kg.cli.articles import find
    from kg.errors import StoreError
    from kg.export import EXPORTERS
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        graph = find(store, article).graph if article else None
        if output == "-":
            EXPORTERS[format](store, sys.stdout.buffer, graph=graph)
            return
        target, partial = Path(output), Path(f"{output}.partial")
        try:
            # Renamed once complete, so that a broken export never stands under the name asked for.
            with partial.open("wb") as out:
                EXPORTERS[format](store, out, graph=graph)
            partial.replace(target)
        except OSError as error:
            raise StoreError(f"{output} can't be written: {error.strerror}") from error
        finally:
            partial.unlink(missing_ok=True)
