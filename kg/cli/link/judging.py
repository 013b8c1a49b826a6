"""`kg link same`, `different`, `pin`, `unlink`, `undo` and `judgements`: what people decide about names."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import click

from kg.cli.edge import console, reported, store_option
from kg.cli.link.deciding import apply, judge, opened, said_in_words
from kg.cli.link.entities import Entities
from kg.cli.linking import gazetteer_option, judgements_file, judgements_option, linker, online_option, who

R = TypeVar("R")


def deciding(function: Callable[..., R]) -> Callable[..., R]:
    """The command with the options of every command that decides."""
    options = (
        store_option,
        judgements_option,
        click.option("--who", "by", default=None, help="Who decides.", show_default="$KG_WHO, else your login"),
        click.option("--no-relink", is_flag=True, help="Only records it; `kg link relink` puts it into the store."),
        gazetteer_option,
        online_option,
    )
    for option in reversed(options):
        function = option(function)
    return function


def judging(function: Callable[..., R]) -> Callable[..., R]:
    """The command with the options of every command that makes a judgement."""
    function = click.option("--why", default="", help="Why, for whoever reads it later.")(function)
    return click.option("--article", default="", help="Only in the article of this id, URL or start of title.")(
        function
    )


@click.command()
@click.argument("name", metavar="A")
@click.argument("other", metavar="B")
@deciding
@judging
@reported
def same(name: str, other: str, **options: object) -> None:
    """Says that A and B are the same.

    A gets the item that B has, or B that of A where only A has one; where neither has any, the two are matched with one
    another. A is a name, an entity's id or its IRI; B may be an item as well.

    \b
    kg link same "Wagner" "Wagner Group" --why "the text speaks of the company"
    """
    judge("same", name, other, **options)  # type: ignore[arg-type]


@click.command()
@click.argument("name", metavar="A")
@click.argument("other", metavar="B")
@deciding
@judging
@reported
def different(name: str, other: str, **options: object) -> None:
    """Says that A is not B.

    A never gets the item that B has, and where both stand in one article they never get the same one. A is a name, an
    entity's id or its IRI; B may be an item as well.

    \b
    kg link different "Georgia" Q1428 --article harbour-post-12
    """
    judge("different", name, other, **options)  # type: ignore[arg-type]


@click.command()
@click.argument("name")
@click.argument("item", metavar="QID")
@deciding
@judging
@reported
def pin(name: str, item: str, **options: object) -> None:
    """Says which item a name is.

    NAME is a name, an entity's id or its IRI. QID is an item of Wikidata like Q3579, or geonames:2210247 for a place
    that has none.

    \b
    kg link pin Tripoli Q3579 --article "Clashes in the port"
    """
    judge("pin", name, item, **options)  # type: ignore[arg-type]


@click.command()
@click.argument("name")
@deciding
@judging
@reported
def unlink(name: str, **options: object) -> None:
    """Says that a name is none of the things known.

    NAME is a name, an entity's id or its IRI.

    \b
    kg link unlink "Colonel Hassan" --why "another man of that name"
    """
    judge("unlink", name, "", **options)  # type: ignore[arg-type]


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@deciding
@reported
def undo(
    number: int,
    where: str,
    judgements_path: Path | None,
    by: str | None,
    no_relink: bool,
    gazetteer_path: Path | None,
    online: str | None,
) -> None:
    """Takes a judgement back.

    Its line stays in the file, marked as undone. `kg link judgements` lists the numbers.

    \b
    kg link undo 3
    """
    from kg.link import ledger

    path = judgements_file(where, judgements_path)
    with opened(where, read_only=no_relink) as store:
        knowing = None if no_relink else linker(where, gazetteer_path, path, online)
        undone = ledger.undo(path, number, by or who())
        click.echo(f"judgement {number} undone: {said_in_words(undone)}")
        if knowing is not None:
            apply(store, Entities(store), undone, knowing, path)


@click.command()
@store_option
@judgements_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print them.",
)
@reported
def judgements(where: str, judgements_path: Path | None, format: str) -> None:
    """Lists what people decided about names.

    \b
    kg link judgements --format csv
    """
    from rich.table import Table

    from kg.link import ledger

    path = judgements_file(where, judgements_path)
    made = ledger.read(path)
    if format == "csv":
        ledger.write(made, sys.stdout)
    elif format == "json":
        click.echo(json.dumps([asdict(judgement) for judgement in made], ensure_ascii=False, indent=2))
    elif not made:
        click.echo(f"no judgement in {path}")
    else:
        table = Table(
            "No.", "When", "Who", "Judgement", "Article", "Why", "Undone", title=str(path), title_justify="left"
        )
        for one in made:
            cells = (
                str(one.number),
                one.when,
                one.who,
                said_in_words(one, everywhere=True),
                one.article or "all",
                one.why,
                one.undone,
            )
            table.add_row(*map(_plain, cells), style="dim" if one.undone else None)
        console().print(table)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
