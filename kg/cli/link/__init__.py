"""`kg link`: which item a name is, and why; what people decide about it; how well it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import reported
from kg.cli.link.explain import explain
from kg.cli.link.judging import different, judgements, pin, same, undo, unlink
from kg.cli.link.relinking import relink
from kg.cli.linking import linker_options

if TYPE_CHECKING:
    from kg.link import Linker

COMMANDS = (explain, same, different, pin, unlink, undo, judgements, relink)


@click.group(invoke_without_command=True)
@click.option(
    "--evaluate",
    "gold",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.jsonl",
    help='Scores linking on texts, one a line: {"text", "mentions": [{"start", "end", "qid" or "geonames"}]}.',
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.option("--verbose", "-v", is_flag=True, help="Lists every mention that is scored as wrong.")
@linker_options
@click.pass_context
@reported
def link(context: click.Context, gold: Path | None, form: str, verbose: bool, linking: Callable[[str], Linker]) -> None:
    """Says which item a name is and why, lets people decide, and measures how well it is done.

    \b
    kg link explain Tripoli --article libya-talks     why it is this one
    kg link pin Tripoli Q3579 --article libya-talks   it is that one
    kg link --evaluate names.jsonl                    precision, recall and F1 by class
    """
    if gold is not None:
        from kg.cli.link.evaluation import evaluate

        evaluate(gold, linking(""), form=form, verbose=verbose)
        context.exit()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in COMMANDS:
    link.add_command(command)
