"""`kg query`: SPARQL or a named question to the store."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.edge import reported, several, short, store_option
from kg.errors import QueryError, StoreError, UsageError

if TYPE_CHECKING:
    from kg.store import Results

LONGEST_PROBLEM = 200
COLUMN_WIDTH = 14  # the least that a column of a table needs to be read
FORMATS = ("table", "json", "csv", "tsv", "xml", "ttl", "nt", "rdf", "jsonld", "trig", "nq")


@click.command()
@click.argument("query", required=False, metavar="QUERY")
@store_option
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of a named query; may be repeated.",
)
@click.option(
    "--format", "-f", "format", type=click.Choice(FORMATS), default=None, help="[default: table, and ttl for a graph]"
)
@click.option(
    "--allow-service",
    "allowed",
    multiple=True,
    metavar="URL",
    help="A host, or the start of an address, that SERVICE in the query may ask; may be repeated. [default: none]",
)
@click.option("--list", "-l", "listing", is_flag=True, help="Lists the named queries and their parameters.")
@click.option("--print", "printing", is_flag=True, help="Prints the SPARQL instead of asking it.")
@reported
def query(
    query: str | None,
    where: str,
    params: tuple[str, ...],
    format: str | None,
    allowed: tuple[str, ...],
    listing: bool,
    printing: bool,
) -> None:
    """Asks the store a question.

    QUERY is a named query (see --list), SPARQL, a file with SPARQL (FILE.rq or @FILE), or '-'.

    \b
    kg query who-says-how-many
    kg query 'SELECT ?title { ?article a ckg:Article ; dcterms:title ?title }' --format csv
    """
    from kg.queries import queries
    from kg.queries.services import check
    from kg.store import open_store

    if listing:
        _list()
        return
    if not query:
        raise UsageError("nothing to ask: name a query (--list shows them), or give SPARQL")
    sparql, named = sparql_of(query, params), queries().get(query)
    if not printing:
        check(sparql, allowed)
    elif named is None or not named.first:
        click.echo(sparql)
        return
    with open_store(where, read_only=True) as store:
        if named is not None:
            sparql = named.ready(store, **_params(params))
        if printing:
            click.echo(sparql)
            return
        try:
            _print(store.query(sparql), format)
        except QueryError as error:
            raise QueryError(_placed(str(error), sparql)) from error
        except BrokenPipeError:
            raise
        except OSError as error:  # what Oxigraph raises where a SERVICE doesn't answer
            raise StoreError(f"the query failed: {error}") from error


def _list() -> None:
    from rich.table import Table

    from kg.cli.edge import console
    from kg.queries import queries

    table = Table("Query", "What it tells", "Parameters")
    for name, named in queries().items():
        asks = ", ".join(sorted(named.services or ()))
        told = f"{named.title}\n(asks {asks}: needs --allow-service)" if asks else named.title
        table.add_row(name, told, "\n".join(f"{p.name}: {p.description}" for p in named.parameters))
    console().print(table)


def sparql_of(query: str, params: tuple[str, ...] = ()) -> str:
    """The SPARQL that a person means: a named query's, a file's, that of standard input, or what is given itself."""
    from kg.queries import queries

    named = queries().get(query)
    if named is not None:
        return named.render(**_params(params))
    if params:
        raise UsageError(f"--param is for named queries, and {query[:40]!r} is none (--list shows them)")
    if query == "-":
        return _prefixed(sys.stdin.read())
    if query.startswith("@") or query.endswith((".rq", ".sparql")):
        path = Path(query.removeprefix("@"))
        try:
            return _prefixed(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{path}: can't be read as a query: {getattr(error, 'strerror', None) or error}"
            ) from error
    if not any(mark in query for mark in "{ \n"):
        close = difflib.get_close_matches(query, queries(), n=1, cutoff=0.4)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UsageError(f"no query is named {query!r}{hint} (--list shows them)")
    return _prefixed(query)


def _params(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals or not name:
            raise UsageError(f"--param {name!r} is not of the form NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _prefixed(sparql: str) -> str:
    """The query with the project's prefixes before it; those that it declares itself come later, and win."""
    return _prefixes() + sparql


def _prefixes() -> str:
    """The project's prefixes on one line of their own."""
    from kg.rdf import PREFIXES

    return "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items()) + "\n"


def _placed(problem: str, sparql: str) -> str:
    """The problem with its line counted in what the user wrote, which has no line of prefixes before it."""
    ahead = sparql.startswith(_prefixes())
    told = re.sub(r"\bat (\d+):(\d+)", lambda m: f"in line {int(m[1]) - ahead}, column {m[2]}", problem, count=1)
    # What the parser could have gone on with is half the grammar, at worst.
    return told if len(told) <= LONGEST_PROBLEM else told.partition(": expected")[0]


def _print(results: Results, format: str | None) -> None:
    if results.kind == "boolean" and format in (None, "table"):
        click.echo("yes" if results.boolean else "no")
    elif results.kind == "graph":
        _graph(results, "ttl" if format in (None, "table") else format)
    elif format in (None, "table"):
        _table(results)
    else:
        results.write(sys.stdout.buffer, format)
        sys.stdout.buffer.flush()


def _graph(results: Results, format: str) -> None:
    """Prints the triples in their order, which no store promises, with the prefixes that they use."""
    from pyoxigraph import serialize

    from kg.rdf import PREFIXES
    from kg.store import GRAPH_FORMATS

    if format not in GRAPH_FORMATS:
        raise UsageError(f"a graph can't be written as {format}; it can be as {', '.join(GRAPH_FORMATS)}")
    triples = sorted(results.triples(), key=str)
    written = " ".join(map(str, triples))
    used = {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in written}
    serialize(triples, sys.stdout.buffer, GRAPH_FORMATS[format], prefixes=used)


def _table(results: Results) -> None:
    from rich.table import Table
    from rich.text import Text

    from kg.cli.edge import console

    screen, names = console(), results.variables
    rows = [[_cell(row.get(name)) for name in names] for row in results.rows()]
    if screen.width < COLUMN_WIDTH * len(names):
        _records(names, rows)
    else:
        table = Table()
        for name in names:
            table.add_column(name, overflow="fold")
        for cells in rows:
            table.add_row(*map(Text, cells))
        screen.print(table)
    click.echo(several(len(rows), "row"), err=True)


def _records(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a row as a block of lines, a column a line: for screens too narrow for a table."""
    width = max(map(len, names), default=0)
    for number, cells in enumerate(rows, 1):
        click.secho(f"-- {number}", dim=True)
        for name, cell in zip(names, cells, strict=True):
            if cell:
                click.echo(f"{name:{width}}  {cell}")


def _cell(term: object) -> str:
    from pyoxigraph import NamedNode

    if term is None:
        return ""
    return short(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))
