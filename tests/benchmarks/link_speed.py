"""How fast names are linked, how fast a gazetteer opens, and how much memory looking names up takes.

    python -m tests.benchmarks.link_speed [PATH ...] [--gazetteer FOLDER] [--articles N] [--rounds N] [--lookups N]

PATH is anything `kg build` reads; without one, the demo corpus is read, and repeated until there are N articles. The
texts are extracted first, which is not timed. Memory is measured in a process of its own that only looks names up:
what it holds over the pages of the gazetteer's files that it has mapped.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path

import click

from kg.demo import corpus
from kg.extract import extract_all
from kg.link import resolve
from kg.model import Article, Extraction
from kg.names import Gazetteer
from kg.names.shipped import FOLDER
from kg.read import articles

_RESIDENT = re.compile(r"^Rss:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process that looks names up holds, in MB: before the gazetteer is opened, and what it grew by.

    `grown` is what look-ups took over the pages of the gazetteer's files; those are `mapped`.
    """

    before: float
    grown: float
    mapped: float


def sample(paths: Sequence[Path], wanted: int) -> list[Extraction]:
    """The extractions of the first `wanted` articles of the paths, or of the demo corpus repeated under new ids."""
    read = (one for path in paths or [corpus()] for one in articles(path))
    chosen = list(islice((one for one in read if isinstance(one, Article)), wanted))
    found = [one for one in extract_all(chosen) if isinstance(one, Extraction)]
    if paths or not found:
        return found
    more = islice(cycle(found), wanted)
    return [replace(one, article=replace(one.article, id=f"{one.article.id}-{n}")) for n, one in enumerate(more)]


def link_all(extractions: Sequence[Extraction], gazetteer: Gazetteer) -> tuple[float, int]:
    """Seconds that linking the extractions takes, and how many of their names get an item."""
    begun, linked = time.perf_counter(), 0
    for extraction in extractions:
        found = resolve(extraction, gazetteer=gazetteer)
        linked += sum(1 for link in found.links if link.named and (link.qid or link.geonames))
    return time.perf_counter() - begun, linked


def opening(folder: Path) -> float:
    """Seconds until a gazetteer that is opened anew has given its first answer."""
    begun = time.perf_counter()
    with closing(Gazetteer(folder)) as gazetteer:
        gazetteer.lookup("Kyiv")
    return time.perf_counter() - begun


def names(folder: Path, wanted: int) -> list[str]:
    """The labels of `wanted` things of a gazetteer, evenly from all of it, in no order."""
    path = (folder / "entities.sqlite").absolute()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        (most,) = database.execute("SELECT max(number) FROM thing").fetchone()
        step = max(1, most // wanted)
        labels = [label for (label,) in database.execute("SELECT label FROM thing WHERE number % ? = 0", (step,))]
    random.Random(0).shuffle(labels)
    return labels


def held(folder: Path) -> tuple[float, float]:
    """The resident memory of this process in MB: the pages of the folder's files that it has mapped, and all others."""
    mapped, others, ours = 0.0, 0.0, False
    for line in Path("/proc/self/smaps").read_text("utf8").splitlines():
        if match := _RESIDENT.match(line):
            size = int(match.group(1)) / 1000
            mapped, others = (mapped + size, others) if ours else (mapped, others + size)
        elif not line[:1].isupper():
            ours = f"{folder.resolve()}/" in line
    return mapped, others


def look_up(folder: Path, wanted: Sequence[str], answer: Connection) -> None:
    """Look the names up and answer with the seconds taken and the memory held."""
    _, before = held(folder)
    gazetteer = Gazetteer(folder)
    begun = time.perf_counter()
    for name in wanted:
        gazetteer.lookup(name)
    taken = time.perf_counter() - begun
    mapped, others = held(folder)
    answer.send((taken, Memory(before, others - before, mapped)))


def looked_up(folder: Path, wanted: Sequence[str]) -> tuple[float, Memory]:
    """Seconds that looking the names up takes in a fresh process, and the memory that it holds then."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=look_up, args=(folder, wanted, there))
    process.start()
    there.close()
    try:
        taken, memory = here.recv()
    except EOFError:
        raise click.ClickException("the process that looks names up has failed; see above") from None
    finally:
        process.join()
    return taken, memory


def rows(folder: Path, extractions: Sequence[Extraction], rounds: int, lookups: int) -> Iterator[tuple[str, str]]:
    """What is measured, and the figure."""
    about = json.loads((folder / "about.json").read_text("utf8"))
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1_000_000
    yield "gazetteer", f"{about['things']:,} things, {about['names']:,} names, {size:.0f} MB"
    yield "opened in", f"{statistics.median(opening(folder) for _ in range(5)) * 1000:.1f} ms"
    entities = sum(len(one.entities) for one in extractions)
    mentions = sum(len(entity.mentions) for one in extractions for entity in one.entities)
    with closing(Gazetteer(folder)) as gazetteer:
        first, linked = link_all(extractions, gazetteer)
        taken = statistics.median([link_all(extractions, gazetteer)[0] for _ in range(rounds)])
    yield "to link", f"{len(extractions)} articles, {entities:,} entities, {mentions:,} mentions, {linked:,} linked"
    yield "linking, at first", f"{mentions / first:,.0f} mentions/s"
    yield "linking", f"{mentions / taken:,.0f} mentions/s, {entities / taken:,.0f} entities/s (median of {rounds})"
    if sys.platform == "linux":
        wanted = names(folder, lookups)
        seconds, memory = looked_up(folder, wanted)
        yield "looking up", f"{seconds / len(wanted) * 1e6:.1f} µs a name ({len(wanted):,} names, each once)"
        yield (
            "memory",
            f"{memory.grown:.0f} MB over {memory.mapped:.0f} MB of mapped files ({memory.before:.0f} MB before)",
        )


@click.command(help=(__doc__ or "").split("\n")[0])
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--gazetteer",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    show_default="the one that comes along",
    help="The gazetteer to link with.",
)
@click.option("--articles", "wanted", default=100, show_default=True, help="How many articles to link.")
@click.option("--rounds", default=5, show_default=True, help="How often they are linked.")
@click.option("--lookups", default=100_000, show_default=True, help="How many names to look up for the memory.")
def main(paths: tuple[Path, ...], folder: Path, wanted: int, rounds: int, lookups: int) -> None:
    """Print the figures, one a line."""
    extractions = sample(paths, wanted)
    if not any(entity.mentions for one in extractions for entity in one.entities):
        raise click.ClickException("no article with names could be read; give a path that `kg build` reads")
    for what, figure in rows(folder, extractions, rounds, lookups):
        click.echo(f"{what:18} {figure}")


if __name__ == "__main__":
    main()
