"""The calibration table, on an extraction read by hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.rdf import graph_iri, quads
from kg.store import Store, open_store
from tests.golden.calibration import Verdict, main, table, verdicts
from tests.golden.test_scorer import ATTACK, SHOT, TALKS, record
from tests.samples import DRONES, TWO

GOLD = [{**event, "factuality": "Asserted"} for event in (ATTACK, SHOT, TALKS)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        opened.replace(graph_iri(DRONES.id), quads(TWO[0]))
        yield opened


def wrong(store: Store, *events: dict[str, Any]) -> list[tuple[bool, float]]:
    return sorted((one.is_claim, one.confidence) for one in verdicts([record(*events)], store) if not one.right)


def test_every_event_and_claim_is_judged(store: Store) -> None:
    judged = list(verdicts([record(*GOLD)], store))
    assert sorted(one.confidence for one in judged if not one.is_claim) == [0.85, 0.9, 1.0]
    assert sorted(one.confidence for one in judged if one.is_claim) == [0.5, 0.75, 0.75, 0.8, 0.9, 0.9]
    assert all(one.right for one in judged)


def test_a_missed_match_is_wrong_with_its_claims(store: Store) -> None:
    assert wrong(store, *GOLD[:2]) == [(False, 1.0), (True, 0.9)]


def test_a_type_that_is_not_accepted_is_wrong_with_its_claims(store: Store) -> None:
    attack = {**GOLD[0], "type": "Shelling"}
    assert wrong(store, attack, *GOLD[1:]) == [(False, 0.9), (True, 0.75), (True, 0.75), (True, 0.9)]
    assert wrong(store, {**attack, "also": ["DroneAttack"]}, *GOLD[1:]) == []


def test_another_factuality_makes_the_claims_wrong_and_not_the_event(store: Store) -> None:
    assert wrong(store, *GOLD[:2], {**GOLD[2], "factuality": "Planned"}) == [(True, 0.9)]


def test_a_number_that_no_golden_count_has_makes_its_claim_wrong(store: Store) -> None:
    five = [{"measure": "Killed", "kind": "Civilians", "count": 5}]
    assert wrong(store, {**GOLD[0], "counts": [*five, {**five[0], "count": 4}]}, *GOLD[1:]) == [(True, 0.75)]


def test_an_event_that_repeats_a_matched_one_is_left_out(store: Store) -> None:
    both = {**GOLD[0], "type": "DroneAttack", "quote": f"{ATTACK['quote']} with drones", "also_quotes": [SHOT["quote"]]}
    judged = list(verdicts([record(both, GOLD[2])], store))
    assert sorted(one.confidence for one in judged if not one.is_claim) == [0.9, 1.0]
    assert sorted(one.confidence for one in judged if one.is_claim) == [0.75, 0.75, 0.9, 0.9]


def test_bands_hold_their_lower_edge_and_the_last_line_sums_up() -> None:
    judged = [
        Verdict(True, 0.79, False),
        Verdict(True, 0.8, True),
        Verdict(True, 0.9, False),
        Verdict(False, 1.0, True),
    ]
    assert [re.split(r"\s{2,}", line) for line in table(judged).splitlines()[4:]] == [
        ["0.7–0.8", "0", "-", "-", "1", "0.79", "0.00"],
        ["0.8–0.9", "0", "-", "-", "1", "0.80", "1.00"],
        ["≥ 0.9", "1", "1.00", "1.00", "1", "0.90", "0.00"],
        ["≥ 0.8", "1", "1.00", "1.00", "2", "0.85", "0.50"],
    ]


def test_the_command_reads_golden_folders_and_graphs_in_pairs(store: Store, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "drones.json").write_text(json.dumps(record(*GOLD)), "utf8")
    (tmp_path / "graph.nq").write_bytes(b"".join(store.dump()))
    paths = [str(tmp_path / "gold"), str(tmp_path / "graph.nq")]
    told = CliRunner().invoke(main, paths * 2)
    assert told.stdout.splitlines()[-1].split() == ["≥", "0.8", "6", "0.92", "1.00", "6", "0.87", "1.00"]
    assert CliRunner().invoke(main, [*paths, paths[0]]).exit_code == 2
    assert "no golden records" in CliRunner().invoke(main, [str(tmp_path), paths[1]]).output
