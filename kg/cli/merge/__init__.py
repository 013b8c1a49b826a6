"""`kg merge`: which events are one incident, what people decide about it, and how well it is done."""

from __future__ import annotations

import click

from kg.cli.merge.evaluation import evaluate
from kg.cli.merge.explain import explain
from kg.cli.merge.judging import judge, judgements, undo
from kg.cli.merge.review import review
from kg.cli.merge.running import run

COMMANDS = (run, review, judge, undo, judgements, explain, evaluate)


@click.group()
def merge() -> None:
    """Brings the events of all articles together as incidents.

    `kg build` does so at its end. Here people settle what is not sure, and see how well it is done.

    \b
    kg merge run                      after the store was changed in another way
    kg merge review                   asks about what is not sure
    kg merge evaluate clusters.jsonl  B³, CEAF-e and CoNLL F1
    """


for command in COMMANDS:
    merge.add_command(command)
