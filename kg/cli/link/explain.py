"""`kg link explain`: what a name of an article could stand for, and why it was taken for what it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kg.cli.edge import console, reported, store_option
from kg.cli.linking import linker_options

if TYPE_CHECKING:
    from kg.link import Linker
    from kg.link.explain import Explained


@click.command()
@click.argument("name")
@store_option
@click.option("--article", required=True, metavar="A", help="The article's id, its URL, or the start of its title.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="Candidates to show.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@linker_options
@reported
def explain(name: str, where: str, article: str, limit: int, form: str, linking: Callable[[str], Linker]) -> None:
    """Shows what NAME can stand for in an article, and why.

    Each candidate is shown with its score and with what every feature adds to its log-odds; the scores of all
    candidates, and of "none of them", add up to one. NAME is a name as the article has it, or an entity's id.

    \b
    kg link explain Tripoli --article libya-talks
    """
    from kg.cli.articles import find
    from kg.errors import NotFound
    from kg.link.explain import explain as explained
    from kg.rdf.read import extraction, unlinked
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        stored = find(store, article)
        told = extraction(unlinked(store.quads(stored.graph)))
    found = explained(told, name, linking(where))
    if not found:
        names = sorted({entity.name for entity in told.entities})
        raise NotFound(f"article {stored.id} names nothing {name!r}; it names {', '.join(names[:30])}")
    if form == "json":
        click.echo(json.dumps([_record(one, limit) for one in found], indent=2, ensure_ascii=False))
        return
    for one in found:
        _show(one, limit)


def _show(one: Explained, limit: int) -> None:
    from rich.table import Table

    click.echo(
        f"{one.entity.name} · {one.entity.id} · taken for a {one.kind}" if one.kind != "any" else one.entity.name
    )
    click.echo(f"  {one.decision}")
    if not one.weighings:
        click.echo("")
        return
    table = Table("Score", "Candidate", "Item", "GeoNames", "Country", "Found as", "What speaks for and against it")
    for each in one.weighings[:limit]:
        thing = each.thing
        parts = ", ".join(f"{feature} {value:+.2f}" for feature, value in each.parts if value)
        table.add_row(
            f"{each.score:.3f}",
            thing.label,
            thing.qid or "",
            str(thing.geonames or ""),
            thing.country or "",
            thing.how,
            f"{parts} = {each.odds:+.2f}",
        )
    console().print(table)
    if len(one.weighings) > limit:
        click.echo(f"{len(one.weighings) - limit} more candidates (--limit shows them)")


def _record(one: Explained, limit: int) -> dict[str, object]:
    return {
        "entity": one.entity.id,
        "name": one.entity.name,
        "kind": one.kind,
        "decision": one.decision,
        "candidates": [
            {
                "label": each.thing.label,
                "qid": each.thing.qid,
                "geonames": each.thing.geonames,
                "country": each.thing.country,
                "found_as": each.thing.how,
                "source": each.thing.source,
                "licence": each.thing.licence,
                "score": round(each.score, 4),
                "log_odds": round(each.odds, 3),
                "features": dict(each.parts),
            }
            for each in one.weighings[:limit]
        ],
    }
