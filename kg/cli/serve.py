"""`kg serve`: the store over HTTP."""

from __future__ import annotations

import click

from kg.cli.edge import reported, store_option


@click.command()
@store_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all of them."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--base", default=None, metavar="IRI", help="Where the store's instances were minted, if not in the default place."
)
@reported
def serve(where: str, host: str, port: int, base: str | None) -> None:
    """Serves the store over HTTP.

    A SPARQL endpoint, a page to ask it in the browser, and IRIs that dereference.

    \b
    kg serve --port 8080
    """
    from server import serve as serve_store

    serve_store(where, host=host, port=port, base=base, on_ready=announce)


def announce(address: str) -> None:
    """Says where the server answers."""
    click.echo(f"Open {address} in a browser; SPARQL is at {address}sparql. Ctrl+C stops.")
