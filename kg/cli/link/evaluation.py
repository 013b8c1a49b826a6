"""`kg link --evaluate`: how well names are linked, on texts whose names somebody linked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import console, several

if TYPE_CHECKING:
    from kg.link import Linker
    from kg.link.evaluate import Scores
    from kg.model import Article, Extraction

KINDS = {"state": "States", "place": "Places", "person": "Persons", "body": "Organisations", "all": "All"}


def evaluate(path: Path, linker: Linker, *, form: str, verbose: bool) -> None:
    """Print precision, recall and F1 by class, with given spans and end to end."""
    from kg.extract import extract
    from kg.link.evaluate import evaluate as measured
    from kg.link.gold import texts

    golds = list(texts(path))
    known: dict[str, Extraction] = {}

    def read(article: Article) -> Extraction:
        # Both ways of scoring start from what extraction makes of the text.
        if article.id not in known:
            known[article.id] = extract(article)
        return known[article.id]

    results: dict[str, Scores] = {}
    for name, given in (("given spans", True), ("end to end", False)):
        results[name] = measured(golds, extract=read, resolve=linker, gazetteer=linker.gazetteer, given=given)
    if form == "json":
        click.echo(json.dumps({name: _record(scores) for name, scores in results.items()}, indent=2))
    else:
        for name, scores in results.items():
            _show(name, scores, texts=len(golds), verbose=verbose)


def _show(name: str, scores: Scores, *, texts: int, verbose: bool) -> None:
    from rich.table import Table

    table = Table("Class", "Precision", "Recall", "F1", "Right", "Linked", "To find", title=name, title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for kind, title in KINDS.items():
        counts = [scores.count(kind, which) for which in ("right", "linked", "wanted")]
        if any(counts):
            table.add_row(title, *(f"{value:.3f}" for value in scores.row(kind)), *map(str, counts))
    console().print(table)
    click.echo(
        f"{several(texts, 'text')}; besides, {several(scores.outside, 'mention')} of what is not in the gazetteer, "
        f"of which {scores.outside_linked} linked all the same"
    )
    if scores.located:
        click.echo(
            f"places within 161 km of the right one: {scores.near / scores.located:.3f} "
            f"({scores.near} of {scores.located} that have coordinates; {scores.placed} were placed)"
        )
    click.echo("")
    if verbose:
        for line in scores.wrong:
            click.echo(line)
        click.echo("")


def _record(scores: Scores) -> dict[str, object]:
    found: dict[str, object] = {
        kind: dict(zip(("precision", "recall", "f1"), (round(value, 4) for value in scores.row(kind)), strict=True))
        | {which: scores.count(kind, which) for which in ("right", "linked", "wanted")}
        for kind in KINDS
    }
    share = round(scores.near / scores.located, 4) if scores.located else None
    return found | {
        "not_in_gazetteer": {"mentions": scores.outside, "linked": scores.outside_linked},
        "within_161_km": {"share": share, "near": scores.near, "placed": scores.placed, "located": scores.located},
        "wrong": scores.wrong,
    }
