"""`kg show`: what the graph holds of one article, as a readable report."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import click

from kg.cli.edge import reported, several, short, store_option

ROLES = {"actor": "by", "target": "against", "weapon": "with", "place": "in", "mediator": "mediated by"}


@click.command()
@click.argument("article", metavar="ARTICLE")
@store_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A report, or JSON.",
)
@click.option("--explain", is_flag=True, help="Adds which rules made each event, and how sure they are.")
@reported
def show(article: str, where: str, format: str, explain: bool) -> None:
    """Tells an article's events.

    Who did what to whom, when, where, how many, and who says so in which sentence.

    ARTICLE is an id, a URL or the start of a title.

    \b
    kg show "Ukraine, Russia resume peace talks"
    kg show seed-istanbul-talks --explain
    """
    from kg.cli import reading
    from kg.cli.articles import find
    from kg.store import open_store

    with open_store(where, read_only=True) as store:
        found = find(store, article)
        told = reading.article(store.quads(found.graph), found.iri)
    if format == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    about = [told["id"], told["outlet"], told["published"], told["url"]]
    click.secho(told["title"] or told["id"], bold=True)
    click.echo(" · ".join(filter(None, about)))
    if told["copy_of"]:
        click.echo(f"a near-copy of {short(told['copy_of'])}, where its events are told")
    for number, event in enumerate(told["events"], 1):
        click.echo()
        click.secho(f"{number}. {event['type']}: “{event['trigger']['exact']}”", bold=True, nl=False)
        click.echo(f"  {_days(event)}".rstrip())
        for role, preposition in ROLES.items():
            if event[role]:
                click.echo(f"   {preposition} {', '.join(event[role])}")
        for sentences, claims in groupby(event["claims"], key=lambda claim: claim["sentences"]):
            spoken: dict[str, list[str]] = {}
            for claim in claims:
                spoken.setdefault(_said(claim), []).extend(filter(None, [_number(claim)]))
            for said, numbers in spoken.items():
                click.echo(f"   - {'; '.join([said, *numbers])}")
            for span in sentences:
                click.echo(f"     “{' '.join(span['exact'].split())}”")
        if explain:
            click.echo(f"   confidence {event['confidence']:.2f}, because")
            for line in event["trace"] or ("no rule is recorded",):
                click.echo(f"     {line}")
    total = sum(len(event["claims"]) for event in told["events"])
    click.echo(f"\n{several(len(told['events']), 'event')}, {several(total, 'claim')}")


def _days(event: dict[str, Any]) -> str:
    if not event["start"]:
        return "no date"
    if event["start"] == event["end"]:
        return str(event["start"])
    return f"{event['start']} to {event['end']}"


def _said(claim: dict[str, Any]) -> str:
    who = ", ".join(claim["claimants"]) or "nobody named"
    cue = f" ({claim['cue']})" if claim["cue"] else ""
    return f"{who}{cue}: {claim['factuality'].lower()}"


def _number(claim: dict[str, Any]) -> str:
    from kg.export import amount

    counted = amount(claim) if claim["measure"] else None
    whose = f" of {claim['affected']}" if claim["affected"] else ""
    return f"{counted.number} {counted.things}{whose} {counted.fate}" if counted else ""
