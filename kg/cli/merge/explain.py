"""`kg merge explain`: why two events are of one incident, or are not."""

from __future__ import annotations

import click

from kg.cli.edge import console, reported, store_option


@click.command()
@click.argument("one", metavar="EVENT")
@click.argument("other", metavar="EVENT")
@store_option
@reported
def explain(one: str, other: str, where: str) -> None:
    """Says why two events are one happening, or not.

    Lists what they have in common and what differs, with its weight, and the probability that it comes to. EVENT is the
    IRI of an event.
    """
    from rich.table import Table

    from kg.errors import NotFound, UsageError
    from kg.merge.gather import of_events
    from kg.merge.judgements import checked, counting, judgements
    from kg.merge.likeness import chance, features, incompatible, settings
    from kg.store import open_store

    if one == other:
        raise UsageError("give two events: these are the same one")
    with open_store(where, read_only=True) as store:
        told = of_events(store, [checked(event) for event in (one, other)])
        for event in (one, other):
            if event not in told:
                raise NotFound(f"{event}: there is no such event in {store.where}")
        said = counting(judgements(store)).get((min(one, other), max(one, other)))
    if said:
        click.echo(f"people said: {said}")
    if why := incompatible(told[one], told[other]):
        click.echo(f"can't be one happening: {why}")
        return
    weights, values = settings()["weights"], features(told[one], told[other])
    table = Table("What", "Value", "Weight", "Adds")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, value in values.items():
        if value:
            table.add_row(name, f"{value:.2f}", f"{weights[name]:+.2f}", f"{weights[name] * value:+.2f}")
    console().print(table)
    click.echo(
        f"one happening with a probability of {chance(values):.2f}; from {settings()['limits']['same']:.2f} on likely"
    )
