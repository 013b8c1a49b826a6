"""The incidents of a store against clusters that people made, beside what two simple rules would give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.merge.gather import content_words, marks, tellings
from kg.merge.gold import Happening, Placed, placed
from kg.merge.scores import Clusters, Scores, scores
from kg.merge.telling import Telling
from kg.rdf import PREFIXES
from kg.store import Store

_INCIDENTS = f"SELECT ?event ?incident {{ ?event <{PREFIXES['ckg']}incident> ?incident }}"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of it. `reports` are those of the clusters, `found` those of which the store has the event.

    `all` has the scores of each system by name over all reports, where one that was not found is a cluster of its own;
    `known` those over the reports that were found, which tells merging from extraction. `wrong` are the events that
    stand in one incident though they are of two clusters, as pairs of clusters, with what stands in both.
    """

    clusters: int
    reports: int
    found: int
    all: Mapping[str, Scores]
    known: Mapping[str, Scores]
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]


def evaluate(store: Store, happenings: Sequence[Happening], name: str) -> Evaluation:
    """How well the store's incidents agree with the clusters. `name` is their file's, for errors. Raises UsageError."""
    reports = placed(store, happenings, name)
    told = {telling.iri: telling for telling in tellings(store, sorted(marks(store)))}
    incident = {row["event"].value: row["incident"].value for row in store.query(_INCIDENTS).rows()}  # type: ignore[union-attr]
    systems: dict[str, Callable[[Telling], str]] = {
        "incidents": lambda telling: incident.get(telling.iri, telling.iri),
        "same type, day and place": _by_slots,
        "same trigger word": _by_word,
    }
    known = [each for each in reports if each.event in told]
    scored: list[dict[str, Scores]] = []
    for chosen in (reports, known):
        gold = _partition((each.report, each.happening) for each in chosen)
        scored.append(
            {
                system: scores(gold, _partition((each.report, _label(each, told, label)) for each in chosen))
                for system, label in systems.items()
            }
        )
    wrong, missed = _faults(known, incident)
    return Evaluation(len(happenings), len(reports), len(known), scored[0], scored[1], wrong, missed)


def _label(report: Placed, told: Mapping[str, Telling], label: Callable[[Telling], str]) -> str:
    return label(told[report.event]) if report.event in told else report.report


def _partition(labelled: Iterable[tuple[str, str]]) -> Clusters:
    found: dict[str, set[str]] = defaultdict(set)
    for report, label in labelled:
        found[label].add(report)
    return [frozenset(each) for each in found.values()]


def _by_slots(telling: Telling) -> str:
    """What tellings share that have the same type, first day and places; without a day or place one stands alone."""
    places = sorted(place.key for place in telling.places)
    if telling.start is None or not places:
        return telling.iri
    return f"{telling.type} {telling.start} {' '.join(places)}"


def _by_word(telling: Telling) -> str:
    """What tellings share whose trigger is the same word in whatever form."""
    return " ".join(sorted(content_words(telling.trigger))) or telling.trigger.casefold()


def _faults(
    known: Sequence[Placed], incident: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    by_incident: dict[str, set[str]] = defaultdict(set)
    by_cluster: dict[str, set[str]] = defaultdict(set)
    for each in known:
        by_incident[incident.get(each.event, each.event)].add(each.happening)
        by_cluster[each.happening].add(incident.get(each.event, each.event))
    wrong = {(one, other) for each in by_incident.values() for one in each for other in each if one < other}
    missed = (name for name, each in by_cluster.items() if len(each) > 1)
    return tuple(sorted(wrong)), tuple(sorted(missed))
