"""`kg gazetteer`: what names are looked up in: built from open data, described, searched, taken away."""

from __future__ import annotations

import click

from kg.cli.gazetteer.build import build
from kg.cli.gazetteer.find import find
from kg.cli.gazetteer.info import info
from kg.cli.gazetteer.remove import remove

COMMANDS = (build, info, find, remove)


@click.group()
def gazetteer() -> None:
    """Builds, describes and searches what names are looked up in.

    A gazetteer comes along. `build` makes a larger one of it and open data, which all linking then uses.

    \b
    kg gazetteer build latest-all.json.bz2    adds a dump of Wikidata
    kg gazetteer info                         says which one is in use, and what it was made from
    kg gazetteer find Tripoli                 says what a name can stand for
    """


for command in COMMANDS:
    gazetteer.add_command(command)
