"""The options by which articles are read, for every command that reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--published",
        default="",
        metavar="TIME",
        help="When it was published, like 2025-06-02 or 2025-06-02T21:29+03:00.",
    ),
    click.option("--outlet", default="", help="Who published it, and so speaks in the article's own voice."),
    click.option(
        "--language",
        default="",
        metavar="CODE",
        help="The text's language; 'en' reads it as English whatever it looks like.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=COLUMN",
        help="Which column of a table has a field, like text=body; as often as needed.",
    ),
    click.option("--since", default="", metavar="DAY", help="Leaves out articles published before that day."),
    click.option("--force", is_flag=True, help="Reads again what is in the store as it is."),
    click.option(
        "--keep-copies",
        is_flag=True,
        help="Reads near-copies of other articles for themselves instead of linking them.",
    ),
    click.option(
        "--base",
        default=None,
        metavar="IRI",
        help="Where instances are minted. [default: https://w3id.org/conflictkg/id/]",
    ),
    click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leaves out events and claims below it."
    ),
    click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=1_000_000,
        show_default=True,
        help="Characters an article may have.",
    ),
    click.option(
        "--no-validate", is_flag=True, help="Stores graphs without checking them against the ontology's shapes."
    ),
    click.option(
        "--no-text", is_flag=True, help="Leaves the articles' texts out of the store, for licences that ask for it."
    ),
    click.option("--follow", is_flag=True, help="Fetches the page of each entry of a feed, too."),
    click.option(
        "--pace",
        type=click.FloatRange(min=0),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="The least time between two requests to one host.",
    ),
    click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="Processes that extract. [default: one a processor; one for few articles, for stdin and --online]",
    ),
    click.option(
        "--engine",
        type=click.Choice(("local", "ray")),
        default="local",
        show_default=True,
        help="Where the work runs: on this machine, or on a Ray cluster.",
    ),
    click.option(
        "--address",
        default="",
        metavar="ADDRESS",
        help="The Ray cluster, like auto or ray://host:10001; without it one is started here.",
    ),
    click.option(
        "--article-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="How long one of several processes may take for an article.",
    ),
)


def _names() -> tuple[str, ...]:
    """What click calls the options."""

    def command() -> None: ...

    for option in OPTIONS:
        option(command)
    return tuple(option.name for option in command.__click_params__)  # type: ignore[attr-defined]


NAMES = _names()
