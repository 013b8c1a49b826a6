"""The scorer, on an extraction read by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.rdf import graph_iri, quads
from kg.store import Store, open_store
from tests.golden.matching import same_count, same_days, same_name
from tests.golden.scorer import score
from tests.samples import DRONES, TWO


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        opened.replace(graph_iri(DRONES.id), quads(TWO[0]))
        yield opened


def record(*events: dict[str, Any]) -> dict[str, Any]:
    return {"article": {"id": DRONES.id, "text": DRONES.text}, "events": list(events)}


ATTACK = {
    "id": "e1",
    "type": "DroneAttack",
    "quote": "Russia attacked Odesa",
    "start": "2025-06-02",
    "end": "2025-06-03",
    "actors": [{"names": ["Moscow"], "qid": "Q159"}],
    "targets": [{"names": ["Odesa"]}],
    "place": [{"names": ["Odesa"]}],
    "weapons": ["Weapons"],
    "claimants": [{"names": ["Trukhanov"]}, {"names": ["Mayor Oleh Kiper"]}],
    "counts": [
        {"measure": "Killed", "kind": "People", "low": 3},
        {"measure": "Killed", "kind": "Civilians", "count": 5},
    ],
}  # fmt: skip
SHOT = {
    "id": "e2",
    "type": "Interception",
    "quote": "it shot down 52 of 80 drones",
    "start": "2025-06-02",
    "end": "2025-06-03",
    "actors": [{"names": ["air force"]}],
    "targets": [{"names": ["Russia"]}],
    "weapons": ["Drones"],
    "place": [{"names": ["Odesa"]}],
    "claimants": [
        {"names": ["Ukraine’s air force"]},
        {"names": ["Russian defence ministry", "Russia's defence ministry"]},
    ],
    "counts": [
        {"measure": "Intercepted", "kind": "Drones", "count": 52, "total": 80},
        {"measure": "Intercepted", "kind": "Drones", "count": 0},
    ],
}  # fmt: skip
TALKS = {
    "id": "e3",
    "type": "Talks",
    "quote": "Talks between Russia and Ukraine",
    "start": "2025-06-02",
    "end": "2025-06-02",
    "actors": [{"names": ["Russia"]}, {"names": ["Ukraine"]}],
    "place": [{"names": ["Istanbul"]}],
    "mediators": [{"names": ["Türkiye"]}],
    "claimants": [],
}  # fmt: skip


def test_what_is_all_right_scores_one(store: Store) -> None:
    tally = score([record(ATTACK, SHOT, TALKS)], store)
    assert (tally.events, tally.slots) == (1.0, 1.0)


def test_a_spurious_event_counts_with_all_it_holds(store: Store) -> None:
    tally = score([record(ATTACK, SHOT)], store)
    assert tally.right["event"] == 2
    assert tally.spurious["event"] == 1
    assert (tally.spurious["actor"], tally.spurious["mediator"], tally.spurious["date"]) == (2, 1, 1)


def test_a_missed_event_counts_with_all_it_holds(store: Store) -> None:
    missed = {**TALKS, "id": "e4", "quote": "residents were killed in the strike", "type": "Protest"}
    tally = score([record(ATTACK, SHOT, TALKS, missed)], store)
    assert (tally.missing["event"], tally.missing["actor"], tally.missing["date"]) == (1, 2, 1)


def test_a_wrong_type_of_the_right_family_is_matched_but_wrong(store: Store) -> None:
    tally = score([record({**ATTACK, "type": "Shelling"}, SHOT, TALKS)], store)
    assert (tally.right["event"], tally.missing["event"], tally.spurious["event"]) == (2, 1, 1)
    assert tally.slots == 1.0


def test_another_type_that_is_right_too_is_right(store: Store) -> None:
    assert score([record({**ATTACK, "type": "Shelling", "also": ["DroneAttack"]}, SHOT, TALKS)], store).events == 1.0


def test_optional_events_and_fillers_neither_help_nor_hurt(store: Store) -> None:
    absent = {**TALKS, "id": "e5", "quote": "said", "type": "Coup", "optional": True}
    kyiv = [*ATTACK["actors"], {"names": ["Kyiv"], "optional": True}]
    tally = score([record({**ATTACK, "actors": kyiv}, SHOT, {**TALKS, "optional": True}, absent)], store)
    assert (tally.events, tally.slots) == (1.0, 1.0)
    assert tally.right["event"] == 2


def test_wrong_fillers_are_spurious_and_the_right_ones_missing(store: Store) -> None:
    wrong = {**TALKS, "place": [{"names": ["Geneva"]}], "start": "2025-06-05", "end": "2025-06-05"}
    tally = score([record(ATTACK, SHOT, wrong)], store)
    assert (tally.spurious["place"], tally.missing["place"]) == (1, 1)
    assert (tally.spurious["date"], tally.missing["date"]) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ukraine’s air force", "Ukraine's air force", True),
        ("Mayor Ihor Terekhov", "Terekhov", True),
        ("Kyiv", "Kyiv region", True),
        ("air force", "air defence", False),
        ("the", "of the", False),
        ("Sudan", "South Sudan army", False),
    ],
)
def test_names_are_the_same(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


def test_days_of_a_span_may_be_a_day_off() -> None:
    assert same_days(("2025-06-01", "2025-06-02"), ("2025-06-02", "2025-06-02"))
    assert not same_days(("2025-06-02", "2025-06-02"), ("2025-06-01", "2025-06-02"))


def test_a_total_must_agree_where_the_golden_count_has_one() -> None:
    gold = {"measure": "Intercepted", "kind": "Drones", "count": 52, "total": 80}
    found = {"measure": "Intercepted", "kind": "Weapons", "count": "52"}
    assert not same_count(gold, found)
    assert same_count(gold, {**found, "total": "80"})
