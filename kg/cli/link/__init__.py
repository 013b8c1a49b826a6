"""`kg link`: which item a name is, and why; what people decide about it; how well it is done."""

from __future__ import annotations

import click

from kg.cli.link.explain import explain
from kg.cli.link.judging import different, judgements, pin, same, undo, unlink
from kg.cli.link.relinking import relink

COMMANDS = (explain, same, different, pin, unlink, undo, judgements, relink)


@click.group(invoke_without_command=True)
@click.pass_context
def link(context: click.Context) -> None:
    """Says which item a name is and why, and lets people decide."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in COMMANDS:
    link.add_command(command)
