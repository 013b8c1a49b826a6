"""`kg gazetteer remove`: back to the gazetteer that comes along."""

from __future__ import annotations

import shutil

import click

from kg.cli.edge import reported
from kg.cli.linking import home


@click.command()
@click.option("--yes", "-y", is_flag=True, help="Doesn't ask.")
@reported
def remove(yes: bool) -> None:
    """Takes away the gazetteer that `kg gazetteer build` made, and goes back to the one that comes along."""
    from kg.gazetteer.build import staging

    folder = home()
    if not folder.exists() and not staging(folder).exists():
        click.echo("there is none of your own; the one that comes along is in use")
        return
    if not yes:
        click.confirm(f"remove {folder}?", abort=True)
    shutil.rmtree(folder, ignore_errors=True)
    for left in folder.parent.glob(f"{staging(folder).name}*"):
        left.unlink()
    click.echo("removed; names are linked with the one that comes along again")
