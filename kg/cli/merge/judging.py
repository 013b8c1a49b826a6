"""`kg merge judge`, `undo` and `judgements`: what people decide about events."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.edge import console, reported, several, store_option
from kg.cli.linking import who
from kg.cli.merging import is_elsewhere, merged, told

if TYPE_CHECKING:
    from kg.store import Store

R = TypeVar("R")
VERBS = ("same", "different", "unsure")


def who_option(function: Callable[..., R]) -> Callable[..., R]:
    """The command with `--who`."""
    return click.option("--who", "by", default=None, help="Who decides.", show_default="$KG_WHO, else your login")(
        function
    )


def apply(store: Store) -> None:
    """Brings the incidents up to date with what was decided, and says what came of it."""
    if is_elsewhere(store.where):
        click.echo("`kg merge run` brings the incidents up to date with it")
    else:
        click.echo(told(merged(store)))


@click.command()
@click.argument("one", metavar="EVENT")
@click.argument("other", metavar="EVENT")
@click.argument("verb", type=click.Choice(VERBS))
@store_option
@who_option
@click.option("--why", default="", help="Why, for whoever reads it later.")
@reported
def judge(one: str, other: str, verb: str, where: str, by: str | None, why: str) -> None:
    """Says whether two events are of one incident.

    EVENT is the IRI of an event, as `kg merge review --format json` and `kg query` give it. What people say is stronger
    than every score; of what was said about the same two the latest counts.

    \b
    kg merge judge EVENT EVENT different --why "the second strike, an hour later"
    """
    from kg.merge import judge as record
    from kg.store import open_store

    open_store(where, read_only=True).close()
    with open_store(where) as store:
        made = record(store, one, other, verb, who=by or who(), why=why)
        click.echo(f"judgement {made.name} recorded")
        apply(store)


@click.command()
@click.argument("judgement")
@store_option
@who_option
@reported
def undo(judgement: str, where: str, by: str | None) -> None:
    """Takes a judgement back.

    JUDGEMENT is its name, as `kg merge judgements` lists it. It stays in the list, as undone.
    """
    from kg.merge import undo as take_back
    from kg.store import open_store

    open_store(where, read_only=True).close()
    with open_store(where) as store:
        click.echo(f"judgement {take_back(store, judgement, who=by or who()).name} undone")
        apply(store)


@click.command()
@store_option
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="How."
)
@reported
def judgements(where: str, form: str) -> None:
    """Lists what people decided about events, the latest last."""
    from kg.merge import judgements as of
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        made = of(store)
    records = [{"name": each.name, **asdict(each)} for each in made]
    if form == "json":
        click.echo(json.dumps(records, indent=2))
    elif form == "csv":
        fields = ["name", "node", "one", "other", "verb", "who", "when", "why", "undone", "undoer"]
        rows = csv.DictWriter(sys.stdout, fields, lineterminator="\n")
        rows.writeheader()
        rows.writerows(records)
    else:
        from rich.markup import escape
        from rich.table import Table

        table = Table("Judgement", "Event", "Other event", "Verb", "Who", "When", "Why", "Undone")
        for each in made:
            events = (iri.rpartition("/")[2] for iri in (each.one, each.other))
            undone = f"by {each.undoer} on {each.undone[:10]}" if each.undone else ""
            cells = (each.name, *events, each.verb, each.who, each.when[:10], each.why, undone)
            table.add_row(*map(escape, cells))
        console().print(table)
        click.echo(several(len(made), "judgement"))
