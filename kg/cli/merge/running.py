"""`kg merge run`: the incidents of a store, brought up to date."""

from __future__ import annotations

import click

from kg.cli.edge import reported, several, stoppable, store_option
from kg.cli.merging import merged, told


@click.command()
@store_option
@click.option("--anew", is_flag=True, help="Makes all incidents again, not only what has changed.")
@reported
def run(where: str, *, anew: bool) -> None:
    """Brings the incidents up to date with the articles.

    After `kg load`, say, or after the store was written to over HTTP. Only what articles that came, went or changed
    can alter is looked at; the outcome is the same as if all was done again.

    \b
    kg merge run --store sparql+http://127.0.0.1:7878/query
    """
    from kg.store import open_store

    open_store(where, read_only=True).close()  # it must be there
    with stoppable(), open_store(where) as store:
        report = merged(store, anew=anew)
    click.echo(f"{several(report.read, 'article')} new or changed, {report.gone:,} gone: {told(report)}")
