"""The part of a network that is worth drawing where not all of it can be: joined, and about what is joined to most."""

from __future__ import annotations

import heapq

from kg.export.network import Network, among, counted


def limited(network: Network, limit: int, first: set[str]) -> Network:
    """The network with no more nodes than that: `first`, then one after another what is joined to most of those chosen.

    Of nodes that are joined to as many the best connected come first, then the latest. 0 is no limit. To take simply
    the best connected would leave hubs without anything that joins them.
    """
    if not limit or len(network.nodes) <= limit:
        return network
    beside = _beside(network)
    rank = _rank(network)
    joined = dict.fromkeys(rank, 0)
    waiting = [(iri not in first, 0, *rank[iri], iri) for iri in rank]
    heapq.heapify(waiting)
    kept: set[str] = set()
    while waiting and len(kept) < limit:
        _, links, _, _, iri = heapq.heappop(waiting)
        if iri in kept or -links != joined[iri]:
            continue  # it stands in the heap again, with more links
        kept.add(iri)
        for other in beside.get(iri, set()) - kept:
            joined[other] += 1
            heapq.heappush(waiting, (other not in first, -joined[other], *rank[other], other))
    return among(network, kept)


def _beside(network: Network) -> dict[str, set[str]]:
    """The neighbours of each node."""
    beside: dict[str, set[str]] = {}
    for edge in network.edges:
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    return beside


def _rank(network: Network) -> dict[str, tuple[int, int]]:
    """What orders nodes that are joined to as many: fewer edges come later, then earlier days."""
    degrees = counted(network.edges)
    dated = sorted(network.nodes, key=lambda each: each.iri)
    dated.sort(key=lambda each: str(each.attributes.get("start", "")), reverse=True)
    return {each.iri: (-degrees.get(each.iri, 0), place) for place, each in enumerate(dated)}
