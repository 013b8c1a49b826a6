"""`kg merge evaluate`: the incidents of a store against clusters that people made."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.edge import console, reported, several, store_option

if TYPE_CHECKING:
    from kg.merge.evaluate import Evaluation
    from kg.merge.scores import Scores

METRICS = {"MUC": "muc", "B³": "b_cubed", "CEAF-e": "ceaf_e"}


@click.command()
@click.argument(
    "gold", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True), metavar="GOLD.jsonl"
)
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.option("--verbose", "-v", is_flag=True, help="Lists the clusters that were mixed up or split.")
@reported
def evaluate(gold: Path, where: str, form: str, *, verbose: bool) -> None:
    """Scores the incidents against clusters made by hand.

    A line of GOLD.jsonl is a happening with the places in articles that tell of it, as offsets of the stored text or as
    words that stand there once; '-' reads stdin. The articles must be in the store.

    \b
    {"id": "quay", "type": "DroneAttack", "reports": [
       {"article": "a1", "start": 120, "end": 131}, {"article": "b7", "quote": "drones struck the quay"}]}

    Prints precision, recall and F1 of MUC, B³ and CEAF-e and their mean, the CoNLL score: over all reports, where one
    that no event tells is alone, and over those that were found. Beside them stand two simple rules.
    """
    from kg.errors import UsageError
    from kg.merge.evaluate import evaluate as measured
    from kg.merge.gold import read
    from kg.store import open_store

    try:
        text = sys.stdin.read() if str(gold) == "-" else gold.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{gold} can't be read: {error}") from error
    happenings = read(text.split("\n"), str(gold))
    with open_store(where, read_only=True) as store:
        result = measured(store, happenings, str(gold))
    if form == "json":
        click.echo(json.dumps(_record(result), indent=2))
        return
    _show("All reports", result.all)
    _show("Reports that were found", result.known)
    click.echo(
        f"{several(result.clusters, 'cluster')}, {several(result.reports, 'report')}, "
        f"{result.found:,} of which an event tells"
    )
    if verbose:
        for one, other in result.wrong:
            click.echo(f"brought together: {one} and {other}")
        for name in result.missed:
            click.echo(f"split: {name}")


def _show(title: str, systems: Any) -> None:
    from rich.table import Table

    heads = [f"{metric} {part}" for metric in METRICS for part in ("P", "R", "F1")]
    table = Table(title, *heads, "CoNLL")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, scores in systems.items():
        table.add_row(name, *(f"{value:.3f}" for value in _values(scores)), f"{scores.conll:.3f}")
    console().print(table)


def _values(scores: Scores) -> list[float]:
    found = [getattr(scores, name) for name in METRICS.values()]
    return [value for score in found for value in (score.precision, score.recall, score.f1)]


def _record(result: Evaluation) -> dict[str, Any]:
    def systems(of: Any) -> dict[str, Any]:
        return {
            name: {
                metric: {"precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4)}
                for metric, s in ((metric, getattr(scores, metric)) for metric in METRICS.values())
            }
            | {"conll": round(scores.conll, 4)}
            for name, scores in of.items()
        }

    return {
        "clusters": result.clusters, "reports": result.reports, "found": result.found, "all": systems(result.all),
        "known": systems(result.known), "brought_together": result.wrong, "split": result.missed,
    }  # fmt: skip
