"""Whether the confidence is honest: how often what is said with so much of it is right, against golden records.

    python -m tests.golden.calibration GOLD_DIR GRAPH.nq [GOLD_DIR GRAPH.nq ...]

prints a table of the bands of confidence over all pairs: how many events and claims of the graph are in the band, what
confidence they state on average, and which share of them is right. An event is right when it matches a golden event and
has a type accepted there. A claim is right when its event is, its factuality is the golden event's, and its number, if
it has one, is one of the golden counts; its speaker is not looked at. Events that only repeat a matched or optional one
are left out with their claims, as the scorer leaves them out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from pyoxigraph import Quad, RdfFormat, parse

from kg.store import Store, open_store
from tests.golden.matching import same_count
from tests.golden.scorer import EVENTS, Gold, pair, read, rows

# The last line sums up what `--min-confidence 0.8` keeps.
BANDS = {
    "< 0.5": (0.0, 0.5),
    "0.5–0.6": (0.5, 0.6),
    "0.6–0.7": (0.6, 0.7),
    "0.7–0.8": (0.7, 0.8),
    "0.8–0.9": (0.8, 0.9),
    "≥ 0.9": (0.9, 2.0),
    "≥ 0.8": (0.8, 2.0),
}
STATED = "SELECT ?event ?confidence { ?event ckg:eventType ?type ; ckg:confidence ?confidence }"
CLAIMS = """SELECT DISTINCT ?event ?claim ?confidence ?factuality ?measure {
  ?claim ckg:about ?event ; ckg:confidence ?confidence ; ckg:factuality ?factuality .
  OPTIONAL { ?claim ckg:measure ?measure } } ORDER BY ?event ?claim"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one event or claim of the graph is right, and the confidence that it states."""

    is_claim: bool
    confidence: float
    right: bool


def verdicts(golden: Iterable[Gold], store: Store) -> Iterator[Verdict]:
    """What the golden records say of each event that the store read from their articles, and of each of its claims."""
    found = read(store)
    iris: dict[str, list[str]] = defaultdict(list)
    for article, iri in dict.fromkeys((row["article"], row["event"]) for row in rows(store, EVENTS)):
        iris[article].append(iri)
    stated = {row["event"]: float(row["confidence"]) for row in rows(store, STATED)}
    said: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(store, CLAIMS):
        said[row["event"]].append(row)
    for record in golden:
        events = found.get(record["article"]["id"], [])
        pairs, repeats = pair(record, events)
        matches = {event: gold for gold, event in pairs}
        for event, iri in zip(events, iris[record["article"]["id"]], strict=True):
            gold = matches.get(event, {})
            if not gold and event in repeats:
                continue
            right = bool(gold) and event.type in [gold["type"], *gold.get("also", [])]
            yield Verdict(False, stated[iri], right)
            numbers = {c["claim"] for c in event.counts if any(same_count(g, c) for g in gold.get("counts", []))}
            for claim in said[iri]:
                agrees = right and claim["factuality"].endswith(f"#{gold['factuality']}")
                counted = "measure" not in claim or claim["claim"].rsplit("/")[-1] in numbers
                yield Verdict(True, float(claim["confidence"]), agrees and counted)


def table(judged: Iterable[Verdict]) -> str:
    """A line for each band: its name, then number, mean confidence and share right, of events and of claims."""
    every = list(judged)
    lines = [f"{'confidence':12}{'events':>8}{'stated':>8}{'right':>8}{'claims':>8}{'stated':>8}{'right':>8}"]
    for name, (low, high) in BANDS.items():
        inside = [one for one in every if low <= one.confidence < high]
        halves = ([one for one in inside if one.is_claim is claims] for claims in (False, True))
        lines.append(f"{name:12}" + "".join(map(_figures, halves)))
    return "\n".join(lines)


def _figures(judged: list[Verdict]) -> str:
    if not judged:
        return f"{0:8}{'-':>8}{'-':>8}"
    stated, right = sum(one.confidence for one in judged), sum(one.right for one in judged)
    return f"{len(judged):8}{stated / len(judged):8.2f}{right / len(judged):8.2f}"


def judge(folder: Path, graph: Path) -> list[Verdict]:
    """The verdicts of the golden records in a folder on a graph in N-Quads."""
    golden = [json.loads(path.read_text("utf8")) for path in sorted(folder.glob("*.json"))]
    if not golden:
        raise click.ClickException(f"{folder}: no golden records (*.json)")
    quads: dict[str, list[Quad]] = defaultdict(list)
    for quad in parse(path=graph, format=RdfFormat.N_QUADS):
        quads[str(quad.graph_name).strip("<>")].append(quad)
    with TemporaryDirectory() as scratch, open_store(Path(scratch, "store")) as store:
        for name, some in quads.items():
            store.replace(name, some)
        return list(verdicts(golden, store))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    """Prints the table of golden folders and the graphs read from their articles, in turn."""
    if len(paths) % 2:
        raise click.UsageError("give a folder of golden records and a graph, or several such pairs")
    pairs = zip(paths[::2], paths[1::2], strict=True)
    click.echo(table(one for folder, graph in pairs for one in judge(folder, graph)))


if __name__ == "__main__":
    main()
