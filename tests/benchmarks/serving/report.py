"""The figures as tables: on the terminal, and as Markdown between two marks of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

from tests.benchmarks.serving.load import Load
from tests.benchmarks.serving.measure import Flow, Measured, Timing
from tests.benchmarks.serving.queries import Query

INTRODUCTION = """\
# Benchmarks

How fast articles become a store, how fast the server answers, beside others on the same graph, and whether it keeps its
memory. Each table is written by the command above it. Machines are noisy and differ, so compare the figures of one
table with one another and look at the ratios; a bare number says little. Run the commands on a machine of your own to
see what it does there.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, what the columns are named, and the rows; a first cell names its row."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(measured: Mapping[str, Measured], queries: Mapping[str, Query], yardstick: str) -> list[Table]:
    """The figures of all servers, each with its ratio to the yardstick's where that has one."""
    names = list(measured)
    base = measured.get(yardstick)

    def row(title: str, cell: Callable[[Measured, Measured | None], str]) -> list[str]:
        return [title, *(cell(measured[name], base if name != yardstick else None) for name in names)]

    def timing(name: str) -> Callable[[Measured, Measured | None], str]:
        return lambda one, other: _timing(one.timings.get(name), other.timings.get(name) if other else None)

    def load(name: str) -> Callable[[Measured, Measured | None], str]:
        return lambda one, other: _load(one.loads.get(name), other.loads.get(name) if other else None)

    def flow(name: str, figure: Callable[[Flow, Flow | None], str]) -> Callable[[Measured, Measured | None], str]:
        return lambda one, other: figure(one.flows.get(name, Flow()), other.flows.get(name) if other else None)

    latencies = [
        row(f"{name}: {query.about}", timing(name))
        for name, query in queries.items()
        if any(name in one.timings for one in measured.values())
    ]
    loads = [
        row("different nodes, answers/s", load("distinct")),
        row("one node again and again, answers/s", load("repeated")),
        *(
            row(f"large {name}, {what}", flow(name, figure))
            for what, figure in (("MB/s", _rate), ("to the first byte", _first))
            for name in ("SELECT", "CONSTRUCT")
        ),
        row("memory before the first query", lambda one, other: _memory(one, other, 0)),
        row("memory after all queries", lambda one, other: _memory(one, other, 1)),
        row("start to first answer", lambda one, _: f"{one.started:.1f} s"),
    ]
    return [
        Table("One query at a time: median latency", ("query", *names), latencies),
        Table("Throughput, large answers and memory", ("what", *names), loads),
    ]


def _ratio(figure: float, base: float) -> str:
    if not figure or not base:
        return ""
    ratio = figure / base
    return f" (×{ratio:.2g})" if ratio < 0.1 else f" (×{ratio:.2f})" if ratio < 10 else f" (×{ratio:,.0f})"


def _timing(one: Timing | None, other: Timing | None) -> str:
    if one is None or not one.taken:
        return one.problem if one else "–"
    once = ", once" if len(one.taken) == 1 else ""
    return _seconds(one.median) + once + _ratio(other.median if other else 0, one.median)


def _load(one: Load | str | None, other: Load | str | None) -> str:
    if not isinstance(one, Load):
        return one or "–"
    failed = f", {one.failed:,} failed" if one.failed else ""
    return f"{one.rate:,.0f}{failed}{_ratio(one.rate, other.rate if isinstance(other, Load) else 0)}"


def _rate(one: Flow, other: Flow | None) -> str:
    return one.problem or f"{one.rate / 1e6:.1f}{_ratio(one.rate, other.rate if other else 0)}"


def _first(one: Flow, other: Flow | None) -> str:
    return one.problem or f"{_seconds(one.first)}{_ratio(other.first if other else 0, one.first)}"


def _memory(one: Measured, other: Measured | None, when: int) -> str:
    return f"{one.memory[when]:,.0f} MB{_ratio(one.memory[when], other.memory[when] if other else 0)}"


def _seconds(taken: float) -> str:
    return f"{taken:.2f} s" if taken >= 1 else f"{taken * 1000:.2f} ms" if taken < 0.01 else f"{taken * 1000:.0f} ms"


def show(console: Console, table: Table) -> None:
    """Print the table."""
    shown = RichTable(title=table.title, title_justify="left")
    for n, column in enumerate(table.columns):
        shown.add_column(column, justify="right" if n else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*row)
    console.print(shown)


def markdown(table: Table) -> str:
    """The table in Markdown, with its title above it."""
    lines = [table.columns, ["---", *["---:"] * (len(table.columns) - 1)], *table.rows]
    return f"### {table.title}\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def write(path: Path, mark: str, text: str) -> None:
    """Puts the text between `<!-- mark -->` and `<!-- /mark -->` of the file, which is made where there is none."""
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    whole = path.read_text("utf8") if path.exists() else INTRODUCTION
    if begin not in whole or end not in whole:
        whole = f"{whole.rstrip()}\n\n{begin}\n{end}\n"
    before, _, rest = whole.partition(begin)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{before}{begin}\n{text.strip()}\n{end}{rest.partition(end)[2]}", "utf8")
