"""`kg gazetteer info`: which gazetteer is in use, what it was made from, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.edge import console, reported
from kg.cli.linking import gazetteer, gazetteer_option, home


@click.command()
@gazetteer_option
@reported
def info(gazetteer_path: Path | None) -> None:
    """Says which gazetteer is in use, when and from what it was built, and how many things of each class it has."""
    from kg.names.shipped import FOLDER

    with_it = gazetteer(gazetteer_path)
    about, folder = with_it.about, with_it.folder
    whose = {FOLDER: "the one that comes along", home(): "your own"}.get(
        folder, "given by --gazetteer or $KG_GAZETTEER"
    )
    click.echo(f"{whose}: {folder}")
    click.echo(
        f"built {about['built']}, version {with_it.version}; "
        f"{about['things']:,} things, {about['names']:,} names, {size(folder) / 1e6:,.0f} MB"
    )
    _table("made from", ("source", "rows", "licence", "revision"), [*map(source_cells, about["sources"])])
    classes = [(name, f"{count:,}") for name, count in with_it.classes().items()]
    _table("holds", ("class", "things"), classes)


def size(folder: Path) -> int:
    """The bytes that the files of a gazetteer take."""
    return sum(path.stat().st_size for path in folder.iterdir())


def source_cells(source: dict[str, Any]) -> tuple[str, str, str, str]:
    """A source as a row of a table: name, rows, licences, revision."""
    licence = source.get("licence", "").replace(";", ", ")
    return source["name"], f"{source['rows']:,}", licence, source["revision"]


def _table(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in ("rows", "things") else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)
