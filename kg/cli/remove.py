"""`kg remove`: articles out of the store."""

from __future__ import annotations

import click

from kg.cli.edge import reported, several, store_option
from kg.cli.merging import keep_up

COPIES = "SELECT ?copy {{ ?copy <http://www.w3.org/ns/prov#alternateOf> <{}> }}"


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@store_option
@reported
def remove(articles: tuple[str, ...], where: str) -> None:
    """Takes articles out of the store.

    What only they tell goes with them. ARTICLE is an id, a URL or the start of a title.

    All are looked up before the first is removed.

    \b
    kg remove seed-istanbul-talks
    """
    from kg.cli.articles import find
    from kg.store import open_store

    with open_store(where) as store:
        found = [find(store, wanted) for wanted in articles]
        for article in found:
            copies = several(len(list(store.query(COPIES.format(article.iri)).rows())), "near-copy", "near-copies")
            store.remove(article.graph)
            click.echo(f"removed {article.id}: {article.title}")
            if not copies.startswith("0 "):
                click.echo(f"warning: {copies} of it told no events; build those again", err=True)
        keep_up(store)
