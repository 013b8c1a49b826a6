"""What a build found, printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.edge import several
from kg.cli.merging import told as together

if TYPE_CHECKING:
    from kg.merge import Merged
    from kg.pipeline import Report

SHOWN = 20
"""Warnings and failures that are told without --verbose."""


def summarize(
    report: Report, where: str, incidents: Merged | None = None, *, verbose: bool = False, counts: bool = True
) -> None:
    """Prints what a build found, by event type, and the incidents, to stdout; its warnings and failures to stderr.

    Without `counts` only the latter.
    """
    problems(report, verbose=verbose)
    if counts:
        if report.types:
            _table(report)
        click.echo(told(report, where))
        if incidents is not None and report.articles:
            click.echo(together(incidents))


def problems(report: Report, *, verbose: bool = False) -> None:
    """Prints a build's warnings and failures to stderr, with `verbose` all of them."""
    failures = [f"{failure.where}: {failure.why}" for failure in report.failures]
    for what, lines in (("warning", report.warnings), ("failed", failures)):
        shown = lines if verbose else lines[:SHOWN]
        for line in shown:
            click.echo(f"{what}: {line}", err=True)
        if len(lines) > len(shown):
            click.echo(f"{what}: {len(lines) - len(shown):,} more (--verbose lists them)", err=True)


def told(report: Report, where: str) -> str:
    """The build in one sentence."""
    passed = [f"{number:,} {what}" for number, what in _passed(report) if number]
    start = "Stopped early: " if report.stopped else ""
    if not report.articles:
        return ", ".join([f"{start}no article read", *passed])
    found = (
        f"{several(report.events, 'event')}, {several(report.claims, 'claim')} ({report.counts:,} with a number), "
        f"{report.entities:,} entities ({report.linked:,} linked to Wikidata), "
        f"{several(report.quads, 'quad')} in {where}, {report.seconds:.1f} s"
    )
    read = ", ".join([f"{several(report.articles, 'article')} read", *passed])
    return f"{start}{read}: {found}"


def _passed(report: Report) -> list[tuple[int, str]]:
    """How many articles were not extracted, and why not."""
    from kg.pipeline import KINDS

    kinds = ", ".join(f"{number:,} {KINDS[kind]}" for kind, number in report.kinds.most_common())
    return [
        (report.copies, "of them near-copies of others"),
        (report.skipped, "unchanged"),
        (report.older, "older than asked for"),
        (len(report.failures), f"failed ({kinds})"),
    ]


def as_json(report: Report, incidents: Merged | None) -> str:
    """The figures of a build and of the incidents that it brought up to date, as a JSON object."""
    figures: dict[str, object] = {
        "articles": report.articles,
        "copies": report.copies,
        "skipped": report.skipped,
        "older": report.older,
        "failures": len(report.failures),
        "failures_by_kind": dict(sorted(report.kinds.items())),
        "warnings": len(report.warnings),
        "words": report.words,
        "entities": report.entities,
        "linked": report.linked,
        "events": report.events,
        "claims": report.claims,
        "claims_with_number": report.counts,
        "event_types": dict(sorted(report.types.items())),
        "quads": report.quads,
        "seconds": round(report.seconds, 3),
        "writing_seconds": round(report.writing, 3),
        "stopped": report.stopped,
    }
    if incidents is not None:
        figures["incidents"] = incidents.incidents
        figures["incidents_of_several_articles"] = incidents.shared
    return json.dumps(figures, indent=2)


def _table(report: Report) -> None:
    from rich.table import Table

    from kg.cli.edge import console

    table = Table("Event type", "Events", title="What was found", title_justify="left")
    table.columns[1].justify = "right"
    for code, count in sorted(report.types.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(code, f"{count:,}")
    console().print(table)
