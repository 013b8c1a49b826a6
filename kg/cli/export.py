"""`kg export`: the store, or a part of it, for other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import click

from kg.cli.edge import reported, store_option

FORMATS = {
    "nq": "N-Quads", "trig": "TriG", "jsonld": "JSON-LD", "ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF/XML",
    "gexf": "GEXF for Gephi", "graphml": "GraphML", "cyjs": "Cytoscape JSON", "geojson": "GeoJSON",
    "csv": "a table of events", "incidents.csv": "a table of incidents",
}  # fmt: skip
VIEWS = ("events", "actors", "claims")
CHOICES = (
    click.option(
        "--query",
        default="",
        metavar="QUERY",
        help="The nodes that a SELECT names, or the triples that a CONSTRUCT makes: as `kg query` takes it.",
    ),
    click.option(
        "--allow-service",
        "allowed",
        multiple=True,
        metavar="URL",
        help="A host, or the start of an address, that SERVICE in the query may ask. [default: none]",
    ),
    click.option(
        "--article",
        "articles",
        multiple=True,
        metavar="ARTICLE",
        help="Only what this article tells: its id, URL or the start of its title.",
    ),
    click.option(
        "--entity",
        "entities",
        multiple=True,
        metavar="NAME|IRI",
        help="Only events that it takes part in: its name, or its IRI.",
    ),
    click.option(
        "--place", "places", multiple=True, metavar="NAME|IRI", help="Only events there, or at a place that lies in it."
    ),
    click.option(
        "--type",
        "types",
        multiple=True,
        metavar="CODE",
        help="Only events of this type, as AirStrike, or one below it.",
    ),
    click.option("--from", "since", default="", metavar="DAY", help="Only events that ended on this day or later."),
    click.option("--to", "until", default="", metavar="DAY", help="Only events that began on this day or before."),
    click.option(
        "--around", multiple=True, metavar="NAME|IRI", help="Only this node and its neighbours, for a network."
    ),
    click.option(
        "--class",
        "classes",
        multiple=True,
        metavar="CLASS",
        help="Only nodes of this class, as Person, and events.",
    ),
    click.option(
        "--limit",
        type=click.IntRange(0),
        default=0,
        help="So many nodes, the best connected first. [default: all]",
    ),
)


def choices(function: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the options that choose a part of the store."""
    for option in reversed(CHOICES):
        function = option(function)
    return function


@click.command()
@store_option
@click.option(
    "--format",
    "format",
    type=click.Choice(tuple(FORMATS)),
    default="nq",
    show_default=True,
    help="; ".join(f"{name}: {what}" for name, what in FORMATS.items()) + ".",
)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="events",
    show_default=True,
    help="What a network draws: events and who takes part; who acted on whom; events with all claims.",
)
@choices
@click.option("--output", "-o", default="-", show_default=True, metavar="FILE", help="Where to write; '-' is stdout.")
@reported
def export(where: str, format: str, view: str, output: str, **options: Any) -> None:
    """Writes the store, or a part of it, for other tools.

    The same content gives the same bytes. What chooses a part may be combined: an event must meet all of it.

    \b
    kg export --format trig --output conflict.trig
    kg export --article seed-istanbul-talks --format ttl
    kg export --format gexf --view actors --from 2025-01-01 -o who.gexf
    kg export --format csv --type Violence --place Ukraine -o events.csv
    """
    from kg.cli.choosing import selection_of
    from kg.errors import StoreError
    from kg.export import EXPORTERS
    from kg.export import write as write_any
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        chosen, graph = selection_of(store, options)

        def write(out: BinaryIO) -> None:
            if graph and format in EXPORTERS:
                EXPORTERS[format](store, out, graph=graph)
            else:
                write_any(store, out, format, view_name=view, chosen=chosen)

        if output == "-":
            write(sys.stdout.buffer)
            return
        target, partial = Path(output), Path(f"{output}.partial")
        try:
            # Renamed once complete, so that a broken export never stands under the name asked for.
            with partial.open("wb") as out:
                write(out)
            partial.replace(target)
        except OSError as error:
            raise StoreError(f"{output} can't be written: {error.strerror}") from error
        finally:
            partial.unlink(missing_ok=True)
