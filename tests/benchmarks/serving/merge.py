"""What several passes over the same server come to."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from tests.benchmarks.serving.load import Load
from tests.benchmarks.serving.measure import Flow, Measured, Timing


def merged(passes: Sequence[Measured]) -> Measured:
    """All latencies of the passes together, and the means of everything else; a problem where no pass has a figure."""
    first = passes[0]
    return Measured(
        started=fmean(one.started for one in passes),
        timings={name: _timing([one.timings[name] for one in passes]) for name in first.timings},
        loads={name: _load([one.loads[name] for one in passes]) for name in first.loads},
        flows={name: _flow([one.flows[name] for one in passes]) for name in first.flows},
        memory=(fmean(one.memory[0] for one in passes), fmean(one.memory[1] for one in passes)),
        notes=sorted({note for one in passes for note in one.notes}),
    )


def _timing(passes: Sequence[Timing]) -> Timing:
    taken = tuple(seconds for one in passes for seconds in one.taken)
    return Timing(taken, "" if taken else passes[0].problem)


def _load(passes: Sequence[Load | str]) -> Load | str:
    loads = [one for one in passes if isinstance(one, Load)]
    if not loads:
        return passes[0]
    failed = sum(one.failed for one in loads)
    means = (fmean(one.rate for one in loads), fmean(one.median for one in loads), fmean(one.worst for one in loads))
    return Load(loads[0].tool, means[0], failed, *means[1:])


def _flow(passes: Sequence[Flow]) -> Flow:
    flows = [one for one in passes if not one.problem]
    return Flow(fmean(one.rate for one in flows), fmean(one.first for one in flows)) if flows else passes[0]
