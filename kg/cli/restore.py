"""`kg restore`: the store of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.edge import reported, store_option
from kg.cli.linking import judgements_file, judgements_option


@click.command()
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@store_option
@judgements_option
@click.option("--force", is_flag=True, help="Replaces the store that is there, and what people decided about names.")
@reported
def restore(backup: Path, where: str, judgements_path: Path | None, force: bool) -> None:
    """Makes a store of a backup.

    It is checked first, and what was there stays as it is until the new store is whole.

    \b
    kg restore backups/monday --store ./kg-store
    """
    from kg.errors import UsageError
    from kg.store.archive import restore as restored

    if "://" in where:
        raise UsageError(f"{where} is not a folder: `kg load` adds N-Quads to a store on a server")
    restored(backup, Path(where), judgements=judgements_file(where, judgements_path), force=force)
    click.echo(f"{where} is as {backup} was")
