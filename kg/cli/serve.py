"""`kg serve`: the store over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from kg.cli.edge import reported, store_option

P = ParamSpec("P")
R = TypeVar("R")
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class Size(click.ParamType[int]):
    """A size in bytes, as '200MB', '1.5g' or a plain number."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", str(value).strip().lower())
        if match is None:
            self.fail(f"{value!r} is not a size; write 500MB or 2GB", param, ctx)
        return int(float(match[1]) * UNITS[match[2]])


OPTIONS = (
    click.option(
        "--base",
        default=None,
        metavar="IRI",
        help="Where instances were minted, if not in the default place.",
    ),
    click.option("--title", default="Conflict KG", show_default=True, help="What heads every page."),
    click.option(
        "--token-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help="A file with the token that a client must send to write. Without one nobody can write.",
    ),
    click.option(
        "--replica",
        type=click.Choice(["auto", "memory", "disk"]),
        default="auto",
        show_default=True,
        help="Where queries read: a copy in memory, which is faster, the disk, or memory if the store fits.",
    ),
    click.option(
        "--replica-memory", type=Size(), default="2GB", show_default=True, help="What 'auto' may take for that copy."
    ),
    click.option(
        "--workers",
        type=click.IntRange(1),
        default=None,
        help="Queries at a time. [default: 2 a core, at least 4]",
    ),
    click.option(
        "--queue", type=click.IntRange(0), default=64, show_default=True, help="How many more may wait for their turn."
    ),
    click.option(
        "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds that a query may take."
    ),
    click.option(
        "--export-timeout",
        "export",
        type=click.FloatRange(0.1),
        default=300.0,
        show_default=True,
        help="Seconds that an export may take. Half of the evaluators work on exports at most.",
    ),
    click.option(
        "--memory", type=Size(), default="1GB", show_default=True, help="Memory that a query may take, beside the copy."
    ),
    click.option(
        "--max-result", "result", type=Size(), default="0", help="How large an answer may be. [default: no limit]"
    ),
    click.option(
        "--max-query", type=Size(), default="1MB", show_default=True, help="How large a query or an update may be."
    ),
    click.option(
        "--max-body", type=Size(), default="256MB", show_default=True, help="How large a graph that is put may be."
    ),
    click.option(
        "--rate", type=click.FloatRange(0), default=0.0, help="Requests a second of one client. [default: no limit]"
    ),
    click.option(
        "--cache",
        type=Size(),
        default="64MB",
        show_default=True,
        help="Memory for answers to be asked again; 0: none.",
    ),
    click.option(
        "--allow-service",
        "services",
        multiple=True,
        metavar="URL",
        help="A host, or the start of an address, that SERVICE and LOAD may ask; may be repeated. [default: none]",
    ),
    click.option(
        "--allow-origin",
        "origins",
        multiple=True,
        metavar="ORIGIN",
        help="A site whose pages may write, such as https://example.org; may be repeated. [default: this server's own]",
    ),
    click.option(
        "--behind-proxy",
        "forwarded",
        is_flag=True,
        help="Believes the X-Forwarded- headers of a proxy in front.",
    ),
    click.option("--access-log", default="", metavar="FILE", help="A line of JSON for each request; '-' is stderr."),
    click.option("--log-queries", is_flag=True, help="Has the access log tell what was asked, too."),
)


def limits(function: Callable[P, R]) -> Callable[P, R]:
    """The command with the options that say what a server may do."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


@click.command()
@store_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all of them."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@limits
@reported
def serve(where: str, host: str, port: int, token_file: Path | None, **options: Any) -> None:
    """Serves the store over HTTP.

    SPARQL queries and updates, the Graph Store Protocol, pages for people, and IRIs that dereference. It only reads
    unless it is given a token for those who may write.

    \b
    kg serve --port 8080
    kg serve --token-file token.txt --access-log access.jsonl
    """
    from server import serve as serve_store
    from server.pool.settings import Settings

    renamed = {"max_query": "query", "max_body": "body"}
    given = {renamed.get(name, name): value for name, value in options.items() if value is not None}
    serve_store(where, host=host, port=port, token_file=token_file, settings=Settings(**given), on_ready=announce)


def announce(address: str) -> None:
    """Says where the server answers."""
    click.echo(f"Open {address} in a browser; SPARQL is at {address}sparql. Ctrl+C stops.")
