"""`kg stats`: how much of what a store holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.edge import reported, store_option

if TYPE_CHECKING:
    from kg.store import Store

PREFIXES = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"""
COUNTS = {
    "articles": "?x a ckg:Article",
    "near-copies among them": "?x prov:alternateOf ?original",
    "events": "?x a ckg:Event",
    "incidents": "?x a ckg:Incident",
    "incidents told by several articles": "?x a ckg:Incident ; ckg:reports ?reports FILTER(?reports > 1)",
    "conflicts that they are part of": "?x a ckg:Conflict",
    "claims": "?x a ckg:Claim",
    "claims with a number": "?x a ckg:CountClaim",
    "people": "?x a ckg:Person",
    "groups": "?x a ckg:Group",
    "organizations": "?x a ckg:Organization",
    "places": "?x a ckg:Place",
    "assets": "?x a ckg:Asset",
    "entities linked to Wikidata": (
        "?x skos:exactMatch ?item FILTER(STRSTARTS(STR(?item), 'http://www.wikidata.org/entity/')) "
        "FILTER NOT EXISTS { ?x a ?other VALUES ?other { skos:Concept ckg:Conflict } }"
    ),
}
TYPES = "SELECT ?type (COUNT(DISTINCT ?event) AS ?n) WHERE { ?event a ckg:Event ; ckg:eventType ?type } GROUP BY ?type"


@click.command()
@store_option
@click.option("--articles", is_flag=True, help="Lists the articles: id and title.")
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@reported
def stats(where: str, articles: bool, format: str) -> None:
    """Counts what the store holds.

    By class and by event type; --articles lists the articles instead.

    \b
    kg stats --format json
    """
    from kg.cli.articles import stored
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        if articles:
            for article in stored(store):
                click.echo(f"{article.id}\t{article.title}")
            return
        totals, types = _totals(store), _types(store)
    if format == "json":
        click.echo(json.dumps({"totals": totals, "event types": types}, indent=2))
        return
    from rich.table import Table

    from kg.cli.edge import console

    for title, counts in ((f"In {where}", totals), ("Events by type", types)):
        table = Table(title=title, title_justify="left", show_header=False)
        table.add_column()
        table.add_column(justify="right")
        for name, count in counts.items():
            table.add_row(name, f"{count:,}")
        console().print(table)


def _totals(store: Store) -> dict[str, int]:
    return {
        name: _number(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {what} }}") for name, what in COUNTS.items()
    }


def _number(store: Store, query: str) -> int:
    (row,) = store.query(f"{PREFIXES} {query}").rows()
    return int(getattr(row["n"], "value", 0))


def _types(store: Store) -> dict[str, int]:
    rows = store.query(f"{PREFIXES} {TYPES}").rows()
    found = [
        (str(getattr(row["type"], "value", "")).rpartition("#")[2], int(getattr(row["n"], "value", 0))) for row in rows
    ]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))
