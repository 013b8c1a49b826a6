"""How far a build is: a bar with the rate and the time that is left, where stderr is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task

    from kg.read import Source

FEW = 16
"""Articles for which it is not worth while to start processes."""

LINES = (".jsonl", ".ndjson")
ONE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
"""Kinds of files that have one article each."""


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[str], None]]:
    """What is to be called with the title of each article that is done, of so many as `number` says."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from kg.cli.edge import console

    class Rate(ProgressColumn):
        """Articles a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    screen = console(err=True)
    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as shown:
        task = shown.add_task("loading the language model", total=total)
        yield lambda title: shown.update(task, advance=1, description=title[:40])


def few(sources: Sequence[Source], total: int | None) -> bool:
    """Whether the sources hold few articles, or come in on standard input, of which nobody knows how much will come."""
    return "-" in map(str, sources) or (total or FEW + 1) <= FEW


def number(sources: Sequence[Source]) -> int | None:
    """How many articles the sources hold at most; None where only reading can tell."""
    from kg.read import READERS
    from kg.read.files import kind

    total = 0
    for source in sources:
        place = Path(source)
        if str(source) == "-" or not place.exists():
            return None
        for path in place.rglob("*") if place.is_dir() else [place]:
            if path.suffix.lower() in LINES and path.is_file():  # packed lines can't be counted fast
                with path.open("rb") as stream:
                    total += sum(chunk.count(b"\n") for chunk in iter(lambda stream=stream: stream.read(1 << 20), b""))  # type: ignore[misc]
            elif kind(path) in ONE:
                total += 1
            elif kind(path) in READERS or not place.is_dir():
                return None
    return total or None
