"""How well a clustering agrees with a given one: MUC, B³ and CEAF-e, and their mean, the CoNLL score.

MUC (Vilain et al. 1995) counts the links that clusters need; B³ (Bagga and Baldwin 1998) looks at the cluster of each
mention; CEAF-e (Luo 2005) pairs clusters one to one. The CoNLL score is the mean of their F1 (Pradhan et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

Clusters = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each 0-1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one clustering."""

    muc: Score
    b_cubed: Score
    ceaf_e: Score

    @property
    def conll(self) -> float:
        """The mean F1 of the three."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def scores(gold: Clusters, found: Clusters) -> Scores:
    """The scores of the clusters found against the right ones. Both are partitions of the same mentions."""
    return Scores(
        Score(_muc(found, gold), _muc(gold, found)),
        Score(_b_cubed(found, gold), _b_cubed(gold, found)),
        _ceaf_e(gold, found),
    )


def _where(clusters: Clusters) -> dict[str, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _muc(clusters: Clusters, others: Clusters) -> float:
    """The part of the links within `clusters` that the others have too; 1 where there are none."""
    where = _where(others)
    kept = sum(len(cluster) - len({where[mention] for mention in cluster}) for cluster in clusters)
    return _ratio(kept, sum(len(cluster) - 1 for cluster in clusters))


def _b_cubed(clusters: Clusters, others: Clusters) -> float:
    """How much of a mention's cluster is in its cluster of the others, on average."""
    where = _where(others)
    parts = (
        len(cluster & others[number]) ** 2 / len(cluster)
        for cluster in clusters
        for number in {where[mention] for mention in cluster}
    )
    return _ratio(sum(parts), sum(map(len, clusters)))


def _ceaf_e(gold: Clusters, found: Clusters) -> Score:
    graph = nx.Graph()
    where = _where(found)
    for number, cluster in enumerate(gold):
        for other in {where[mention] for mention in cluster}:
            shared = 2 * len(cluster & found[other]) / (len(cluster) + len(found[other]))
            graph.add_edge(("gold", number), ("found", other), weight=shared)
    # Clusters that share nothing need no pairing, so each part of the graph is paired by itself.
    total = sum(_paired(graph.subgraph(part)) for part in nx.connected_components(graph))
    return Score(_ratio(total, len(found)), _ratio(total, len(gold)))


def _paired(graph: nx.Graph) -> float:
    """The most that a pairing of the graph's nodes can weigh."""
    pairs: Iterable[tuple[object, object]] = nx.max_weight_matching(graph)
    return float(sum(graph.edges[pair]["weight"] for pair in pairs))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
