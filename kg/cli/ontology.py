"""`kg ontology`: the vocabulary, for machines or for people."""

from __future__ import annotations

import click

from kg.cli.edge import reported


@click.command()
@click.option(
    "--format",
    "format",
    type=click.Choice(["turtle", "html"]),
    default="turtle",
    show_default=True,
    help="Turtle, or a page that documents every term.",
)
@reported
def ontology(format: str) -> None:
    """Prints the ontology.

    All its classes, properties and codes, with their definitions.

    \b
    kg ontology --format html > ontology.html
    """
    import ontology as vocabulary

    if format == "turtle":
        click.echo(vocabulary.turtle(), nl=False)
        return
    from ontology import page

    click.echo(page.html())
