"""Sources of a build, watched while they are read: how far, how fast, and what in them could not be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from kg.cli.edge import console
from kg.gazetteer.build import MERGING, Source
from kg.gazetteer.row import Row
from kg.gazetteer.sources import Endpoint, File, source

MANY = 10_000
"""Bad lines of a source that are kept to be listed."""


def opened(where: str, query: Path | None, sources: Sequence[str]) -> File | Endpoint:
    """The source at an address or path. The query is for endpoints; a file gets it, and refuses, if all are files."""
    endpoints = any("://" in other for other in sources)
    wanted = query is not None and ("://" in where or not endpoints)
    return source(where, query=query.read_text("utf8") if query and wanted else None)


class Watched:
    """A source that counts its rows and keeps its bad lines."""

    def __init__(self, watched: File | Endpoint) -> None:
        self.source = watched
        watched.on_bad = self._note
        self.name, self.revision, self.size = watched.name, watched.revision, watched.size
        self.rows_read, self.bad = 0, 0
        self.lines: list[str] = []

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The rows behind `start`."""
        for pair in self.source.rows(start):
            self.rows_read += 1
            yield pair

    def _note(self, line: str) -> None:
        self.bad += 1
        if self.bad <= MANY:
            self.lines.append(line)


class Progress:
    """Bars on a terminal, one a source, with rate and time to go; elsewhere a line where each source begins."""

    def __init__(self, sources: Sequence[Source]) -> None:
        from rich import progress

        self.sources = {source.name: source for source in sources}
        self.console = console(err=True)
        self.bars = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TextColumn("{task.fields[rate]}"),
            progress.TimeRemainingColumn(),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        self.bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.bars.stop()

    def told(self, name: str, reached: int, size: int | None) -> None:
        """Show how far a source is read, or how many things are made."""
        if name not in self.tasks:
            for task in self.tasks.values():
                self.bars.update(
                    task, completed=self.bars.tasks[task].total or 1, total=self.bars.tasks[task].total or 1
                )
            self.tasks[name] = self.bars.add_task(name, total=size, completed=reached, rate="")
            self._begun(name, reached, size)
        task = self.bars.tasks[self.tasks[name]]
        read = getattr(self.sources.get(name), "rows_read", None)
        rate = f"{read / task.elapsed:,.0f} rows/s" if read and task.elapsed else ""
        self.bars.update(self.tasks[name], completed=min(reached, size) if size else reached, rate=rate)

    def _begun(self, name: str, reached: int, size: int | None) -> None:
        if reached:
            done = f" at {min(100, 100 * reached // size)} %" if size else ""
            self.bars.console.print(f"{name}: goes on{done} where a build was stopped")
        elif not self.console.is_terminal:
            click.echo("things are made" if name == MERGING else f"{name} is read", err=True)
