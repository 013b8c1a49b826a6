"""`kg gazetteer find`: what a name can stand for before anything is known about the text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.edge import console, reported
from kg.cli.linking import gazetteer, gazetteer_option
from kg.errors import NotFound

if TYPE_CHECKING:
    from kg.names import Gazetteer, Name

_ITEM = re.compile(r"(?:.*[/:])?(Q[1-9]\d*)")
COLUMNS = ("label", "class", "item", "geonames", "country", "how", "prior", "source", "licence")


@click.command()
@click.argument("name")
@gazetteer_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Things that are shown.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@reported
def find(name: str, gazetteer_path: Path | None, limit: int, form: str) -> None:
    """Says what a name can stand for, the likeliest first.

    NAME may also be a Wikidata item, like Q212, or a GeoNames id. Where nothing has the name, names that sound alike
    are shown.
    """
    found = _found(gazetteer(gazetteer_path), name.strip())
    if not found:
        raise NotFound(f"nothing is known as '{name}'")
    shown = [_cells(thing) for thing in found[:limit]]
    if form == "json":
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for column in COLUMNS:
        table.add_column(column, justify="right" if column in ("geonames", "prior") else "left")
    for cells in shown:
        table.add_row(*("" if cells[column] is None else str(cells[column]) for column in COLUMNS))
    console().print(table)
    if len(found) > limit:
        click.echo(f"{len(found) - limit} more: --limit {len(found)} shows them")


def _found(known: Gazetteer, name: str) -> tuple[Name, ...]:
    if item := _ITEM.fullmatch(name):
        return tuple(filter(None, [known.by_qid(item[1])]))
    if name.isdecimal() and (place := known.by_geonames(int(name))):
        return (place,)
    return known.lookup(name) or tuple(thing for thing, _ in known.similar(name))


def _cells(thing: Name) -> dict[str, Any]:
    told = (thing.label, thing.classes[0], thing.qid, thing.geonames, thing.country, thing.how, thing.prior)
    return dict(zip(COLUMNS, (*told, thing.source, thing.licence), strict=True))
