"""What all commands share: the store option, errors as one line and an exit code, how terms are shown to people."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from kg.errors import KGError

if TYPE_CHECKING:
    from rich.console import Console

P = ParamSpec("P")
R = TypeVar("R")

INTERRUPTED = 130
FAULT = 70
PIPE_WIDTH = 200  # columns of a table that no terminal limits


def store_option(function: Callable[P, R]) -> Callable[P, R]:
    """The command with `--store`, whose default is $KG_STORE, else ./kg-store."""
    return click.option(
        "--store",
        "where",
        envvar="KG_STORE",
        default="kg-store",
        show_default="$KG_STORE, else ./kg-store",
        metavar="STORE",
        help="A folder, or sparql+http://host:port/path of a SPARQL 1.1 server.",
    )(function)


def reported(function: Callable[P, R]) -> Callable[P, R]:
    """The command with its errors told in one line on stderr, and the exit code that each kind of error has."""

    @functools.wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except KGError as error:
            click.echo(f"kg: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("kg: stopped", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            raise  # the reader of stdout went away, which click ends quietly
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("KG_TRACE"):
                raise
            told = f"kg: a fault of the program, please report it: {type(error).__name__}: {error}"
            click.echo(f"{told} (KG_TRACE=1 prints the trace)", err=True)
            sys.exit(FAULT)

    return command


@contextmanager
def stoppable() -> Iterator[None]:
    """Has SIGTERM end the block as Ctrl+C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def console(*, err: bool = False) -> Console:
    """A rich console on stdout or stderr; where no terminal limits it, tables may be as wide as they need."""
    from rich.console import Console

    stream: Any = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def short(iri: str) -> str:
    """The IRI with the project's prefix where it has one ('ckg:Talks'), else as it is."""
    from kg.rdf import PREFIXES

    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def several(number: int, noun: str, nouns: str = "") -> str:
    """The number with its noun: '1 event', '2,000 events'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"
