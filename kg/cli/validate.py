"""`kg validate`: the whole store against the ontology's shapes and the articles' texts."""

from __future__ import annotations

import sys

import click

from kg.cli.edge import reported, several, store_option


@click.command()
@store_option
@reported
def validate(where: str) -> None:
    """Checks every article's graph.

    It must fit the ontology's SHACL shapes, and each span must stand in the text where it says.

    Prints the violations; the exit code is 1 where there are any.

    \b
    kg validate --store ./kg-store
    """
    from kg.cli.articles import stored
    from kg.errors import InvalidGraph
    from kg.store import open_store
    from kg.validate import check

    broken = 0
    with open_store(where, read_only=True) as store:
        articles = stored(store)
        for article in articles:
            try:
                check(store.quads(article.graph))
            except InvalidGraph as error:
                broken += 1
                click.echo(f"{article.id}: {error}")
    click.echo(f"{several(len(articles), 'article')} checked, {broken or 'none'} invalid")
    sys.exit(1 if broken else 0)
