"""The command line, `kg`: every command has its file here, and imports what is heavy only when it runs."""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.backup import backup
from kg.cli.build import build
from kg.cli.demo import demo
from kg.cli.export import export
from kg.cli.fsck import fsck
from kg.cli.gazetteer import gazetteer
from kg.cli.link import link
from kg.cli.load import load
from kg.cli.merge import merge
from kg.cli.ontology import ontology
from kg.cli.optimize import optimize
from kg.cli.query import query
from kg.cli.remove import remove
from kg.cli.restore import restore
from kg.cli.serve import serve
from kg.cli.show import show
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.cli.watch import watch

COMMANDS = (
    build, watch, query, show, link, merge, gazetteer, export, load, remove, validate, fsck, optimize, backup, restore,
    stats, serve, ontology, demo,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """News about armed conflict, as a graph: who did what to whom, where, when, and who says so.

    \b
    kg demo                        builds a small graph and serves it
    kg build article.txt           reads an article into ./kg-store
    kg query --list                names the questions it can answer

    Exit codes: 0 all went well, 1 something failed (of several articles: at least one), 2 the command was wrong,
    3 not found, 70 a fault of the program, 130 stopped by Ctrl+C.
    """


for command in COMMANDS:
    main.add_command(command)
