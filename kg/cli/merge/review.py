"""`kg merge review`: asks about the pairs of events that are least sure, one after the other."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.edge import console, reported, several, store_option
from kg.cli.linking import who
from kg.cli.merge.judging import apply, who_option

if TYPE_CHECKING:
    from kg.merge.queue import Doubted, Side
    from kg.merge.telling import Telling, Word

KEYS = {"y": "same", "n": "different", "u": "unsure"}
ASKED = "One happening? y yes, n no, u can't be said, s skip, q end"


@click.command()
@store_option
@who_option
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many pairs at most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["ask", "text", "json"]),
    default="ask",
    show_default="ask on a terminal, else text",
    help="Asks about each pair, or only lists them.",
)
@reported
def review(where: str, by: str | None, limit: int, form: str) -> None:
    """Asks about pairs of events that may be one happening.

    The least sure comes first. Each pair is shown side by side, and one key answers; Ctrl+C ends as q does. What was
    answered is recorded at once, and the incidents are brought up to date at the end.

    \b
    kg merge review --format json | jq '.[0]'
    """
    from kg.merge.queue import queue
    from kg.store import open_store

    asks = form == "ask" and sys.stdin.isatty() and sys.stdout.isatty()
    open_store(where, read_only=True).close()
    with open_store(where, read_only=not asks) as store:
        pairs = queue(store, limit=limit)
        if form == "json":
            click.echo(json.dumps([_record(pair) for pair in pairs], indent=2))
            return
        answered = 0
        for number, pair in enumerate(pairs, 1):
            _show(pair, f"{number} of {len(pairs)}")
            if asks and (verb := _answer()) is not None:
                if verb == "end":
                    break
                from kg.merge import judge

                judge(store, pair.one.telling.iri, pair.other.telling.iri, verb, who=by or who())
                answered += 1
        if not pairs:
            click.echo("there is nothing to settle")
        if answered:
            click.echo(f"{several(answered, 'judgement')} recorded")
            apply(store)


def _answer() -> str | None:
    """The verb, 'end', or None for a pair that is skipped."""
    click.echo(f"{ASKED} ", nl=False)
    while True:
        try:
            key = click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            key = "q"
        if key in KEYS or key in ("s", "q"):
            click.echo(key)
            return "end" if key == "q" else KEYS.get(key)


def _show(pair: Doubted, which: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    title = f"{which}: {pair.chance:.0%} one happening ({escape(pair.why)})"
    table = Table("", "One", "Other", title=title, title_justify="left")
    rows = [_cells(side) for side in (pair.one, pair.other)]
    for name, one in rows[0].items():
        if one or rows[1][name]:
            table.add_row(name, escape(one), escape(rows[1][name]))
    console().print(table)


def _cells(side: Side) -> dict[str, str]:
    from kg.merge.telling import in_days

    telling = side.telling
    return {
        "article": telling.title,
        "outlet": ", ".join(filter(None, (side.outlet, telling.issued.isoformat() if telling.issued else ""))),
        "what": f"{telling.type} ({telling.trigger})",
        "who": _names(telling, "actors"),
        "whom": _names(telling, "targets"),
        "where": _names(telling, "places"),
        "when": in_days(telling.start, telling.end, telling.precision),
        "numbers": ", ".join(dict.fromkeys(_number(word) for word in telling.claims if word.measure)),
        "sentence": " […] ".join(side.sentences[:2]),
        "event": telling.iri,
    }


def _record(pair: Doubted) -> dict[str, Any]:
    sides = [{name: value for name, value in _cells(side).items() if value} for side in (pair.one, pair.other)]
    return {"probability": round(pair.chance, 3), "why": pair.why, "one": sides[0], "other": sides[1]}


def _names(telling: Telling, role: str) -> str:
    return ", ".join(party.name for party in getattr(telling, role))


def _number(word: Word) -> str:
    number = word.count if word.count is not None else f"{word.low or ''}–{word.high or ''}"
    return f"{word.measure.lower()} {number} {word.counted.lower()}"
