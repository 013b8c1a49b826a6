"""`kg optimize`: a smaller and faster store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.edge import reported, store_option


@click.command()
@store_option
@reported
def optimize(where: str) -> None:
    """Makes a store in a folder smaller and faster.

    Worth while after much was written. It takes room for a copy of the store meanwhile.

    \b
    kg optimize --store ./kg-store
    """
    from kg.errors import UsageError
    from kg.store import open_store
    from kg.store.embedded import EmbeddedStore
    from kg.store.folder import size

    with open_store(where) as store:
        if not isinstance(store, EmbeddedStore):
            raise UsageError(f"{where} is not a folder: only its server can do that")
        before = size(Path(where))
        store.optimize()
    click.echo(f"{where}: {_bytes(before)} before, {_bytes(size(Path(where)))} now")


def _bytes(number: int) -> str:
    return f"{number / 1_000_000:,.1f} MB"
