"""Weights for `kg/merge/weights.toml`, from clusters of events that people made.

    python -m tests.merge.fit --store STORE [--clusters tests/merge/clusters.jsonl] [--hold 2]

STORE has the articles of the clusters. A pair of events that share a key is right if both are of one cluster; it is
wrong if one is of a cluster and the other's article has no report of that. What else an article of the cluster tells is
left out, as it may be the same happening told again. The weights start where they stand and are held there, by `--hold`
times the square of the way, since the clusters are few; so this moves them, and does not replace judgement. Prints the
weights, and precision and recall of pairs as they are, as fitted, and where each fifth of the clusters is left out of
the fit that it is measured with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from kg.merge.blocks import keys
from kg.merge.gather import marks, tellings
from kg.merge.gold import Happening, placed, read
from kg.merge.likeness import features, incompatible, settings
from kg.merge.telling import Telling
from kg.rdf import article_key
from kg.store import Store, open_store

CLUSTERS = Path(__file__).with_name("clusters.jsonl")
FOLDS = 5
FREE = 0.05  # how little the bias is held, against the weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two events have in common, the cluster of the first, and whether they are of one."""

    features: Mapping[str, float]
    cluster: str
    same: bool


def pairs(store: Store, happenings: list[Happening], name: str) -> Iterator[Pair]:
    """The pairs of events that share a key, one of them of a cluster."""
    told = {telling.iri: telling for telling in tellings(store, sorted(marks(store)))}
    cluster = {each.event: each.happening for each in placed(store, happenings, name) if each.event in told}
    articles = {each.id: {article_key(report.article) for report in each.reports} for each in happenings}
    waiting: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for telling in told.values():
        for key in keys(telling):
            waiting[key.text].append((telling.iri, key.looks))
    for event, mine in sorted(cluster.items()):
        shared = {other for key in keys(told[event]) for other, looks in waiting[key.text] if looks or key.looks}
        for other in sorted(shared - {event}):
            its = cluster.get(other, "")
            if (its and other < event) or incompatible(told[event], told[other]):
                continue
            if its != mine and (_in(told[other], articles[mine]) or _in(told[event], articles.get(its, set()))):
                continue
            yield Pair(features(told[event], told[other]), mine, its == mine)


def _in(telling: Telling, articles: set[str]) -> bool:
    return telling.article.rpartition("/")[2] in articles


def fit(values: Floats, same: Floats, start: Floats, hold: Floats) -> Floats:
    """The weights of a logistic regression (Newton's method with shorter steps where a whole one makes it worse)."""

    def loss(weights: Floats) -> float:
        odds = values @ weights
        return float(np.logaddexp(0, odds).sum() - same @ odds + 0.5 * hold @ (weights - start) ** 2)

    weights = start.copy()
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -50, 50)))
        slope = values.T @ (chance - same) + hold * (weights - start)
        step = np.linalg.solve((values.T * (chance * (1 - chance))) @ values + np.diag(hold), slope)
        size = 1.0
        while size > 1e-6 and loss(weights - size * step) > loss(weights):
            size /= 2
        weights = weights - size * step
    return weights


def measured(name: str, odds: Floats, same: Floats) -> str:
    """Precision and recall of the pairs that are said to be the same."""
    said = odds >= 0
    right = float((same[said] == 1).sum())
    return f"# {name}: precision {right / max(said.sum(), 1):.3f}, recall {right / same.sum():.3f}"


@click.command()
@click.option("--store", "where", required=True, help="A store with the articles of the clusters.")
@click.option("--clusters", type=click.Path(path_type=Path, exists=True), default=CLUSTERS, show_default=True)
@click.option("--hold", type=float, default=2.0, show_default=True, help="How strongly weights stay as they are.")
def main(where: str, clusters: Path, hold: float) -> None:
    """Print the weights."""
    with open_store(where, read_only=True) as store:
        found = list(pairs(store, read(clusters.read_text("utf8").splitlines(), str(clusters)), str(clusters)))
    names = list(settings()["weights"])
    values = np.array([[pair.features.get(name, 0.0) for name in names] for pair in found])
    same = np.array([float(pair.same) for pair in found])
    start = np.array([settings()["weights"][name] for name in names])
    held = np.array([FREE if name == "bias" else hold for name in names])
    weights = fit(values, same, start, held)
    fold = {name: number % FOLDS for number, name in enumerate(sorted({pair.cluster for pair in found}))}
    folds = np.array([fold[pair.cluster] for pair in found])
    left_out = np.zeros(len(found))
    for each in range(FOLDS):
        rest = fit(values[folds != each], same[folds != each], start, held)
        left_out[folds == each] = values[folds == each] @ rest
    click.echo(f"# {len(found)} pairs, {int(same.sum())} of one happening")
    for name, odds in (("as they are", values @ start), ("fitted", values @ weights), ("left out", left_out)):
        click.echo(measured(name, odds, same))
    for name, weight in zip(names, weights, strict=True):
        click.echo(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
