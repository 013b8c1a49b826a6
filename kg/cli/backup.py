"""`kg backup`: a copy of the store, also while it is served or written to."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.edge import reported, store_option
from kg.cli.linking import judgements_file, judgements_option


@click.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@store_option
@judgements_option
@reported
def backup(target: Path, where: str, judgements_path: Path | None) -> None:
    """Copies the store, and what people decided about names, to a new folder.

    Others may read or write the store meanwhile. The index of the words is left out; `kg restore` makes it anew.

    \b
    kg backup backups/monday
    """
    from kg.errors import UsageError
    from kg.store.archive import back_up

    if "://" in where:
        raise UsageError(f"{where} is not a folder: ask whoever runs the server, or `kg export --format nq`")
    back_up(Path(where), target, judgements=judgements_file(where, judgements_path))
    click.echo(f"{where} copied to {target}")
