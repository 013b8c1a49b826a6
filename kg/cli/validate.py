"""`kg validate`: the articles' graphs against the ontology's shapes and the articles' texts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.edge import reported, several, store_option


@click.command()
@store_option
@reported
def validate(where: str) -> None:
    """Checks every article's graph.

    It must fit the ontology's SHACL shapes, and each span must stand in the text where it says. `kg fsck` checks more.

    Prints the violations; the exit code is 1 where there are any.

    \b
    kg validate --store ./kg-store
    """
    from kg.cli.articles import stored
    from kg.cli.checking import invalid
    from kg.store import open_store
    from kg.store.embedded import EmbeddedStore

    with open_store(where, read_only=True) as store:
        articles = {article.graph: article for article in stored(store)}
        place: Path | str = store.database if isinstance(store, EmbeddedStore) else store.where
        found = sorted(invalid(place, list(articles), jobs=1), key=lambda one: articles[one[0]].id)
    for graph, report in found:
        click.echo(f"{articles[graph].id}: <{graph}> is not valid:\n{report}")
    click.echo(f"{several(len(articles), 'article')} checked, {len(found) or 'none'} invalid")
    sys.exit(1 if found else 0)
