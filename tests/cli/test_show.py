import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg import rdf
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.samples import DRONES, TWO


def test_report_tells_events_with_roles_days_and_claims(kg: Kg, where: Path) -> None:
    report = kg("show", "drones-over-odesa", "--store", where).stdout
    assert report.startswith("Drones over Odesa\n")
    assert "The Harbour Post" in report
    assert (
        "1. DroneAttack: “attacked”  2025-06-02 to 2025-06-03\n   by Russia\n   against Odesa\n   with Drones\n"
        in report
    )
    assert "mediated by Turkey" in report
    assert "Ukraine's air force (said): asserted; 52 of 80 drones intercepted\n" in report
    assert "Hennadii Trukhanov (said): asserted; at least 3 civilians of residents killed\n" in report
    assert "“Governor Oleh Kiper said five residents were killed.”" in report
    assert "3 events, 6 claims" in report


def test_explanation_gives_confidence_and_rules_of_each_event(kg: Kg, where: Path) -> None:
    report = kg("show", "drones-over-odesa", "--store", where, "--explain").stdout
    assert (
        "   confidence 0.90, because\n     verb 'attack' as DroneAttack\n     actor 'Russia' by nsubj of 'attack'\n"
        in report
    )
    assert "   confidence 0.85, because\n     no rule is recorded\n" in report


def test_rules_are_told_only_when_asked_for(kg: Kg, where: Path) -> None:
    assert "because" not in kg("show", "drones-over-odesa", "--store", where).stdout


@pytest.mark.parametrize("wanted", ["drones over", "DRONES-OVER", DRONES.url, "drones-over-odesa"])
def test_article_is_found_by_id_url_and_start_of_title(kg: Kg, where: Path, wanted: str) -> None:
    assert kg("show", wanted, "--store", where).stdout.startswith("Drones over Odesa\n")


def test_json_has_spans_that_stand_in_the_text(kg: Kg, where: Path) -> None:
    told = json.loads(kg("show", "drones-over-odesa", "--store", where, "--format", "json").stdout)
    spans = [event["trigger"] for event in told["events"]]
    spans += [span for event in told["events"] for claim in event["claims"] for span in claim["sentences"]]
    assert len(spans) == 9
    assert all(DRONES.text[span["start"] : span["end"]] == span["exact"] for span in spans)


def test_denial_is_told(kg: Kg, where: Path) -> None:
    assert "Ukraine's air force (denied): denied\n" in kg("show", "river/crossing 2", "--store", where).stdout


def test_unknown_article_is_not_found(kg: Kg, where: Path) -> None:
    result = kg("show", "nothing", "--store", where)
    assert result.exit_code == 3
    assert result.stderr == f"kg: no article 'nothing' in {where}; it has 2: `kg stats --articles` lists them\n"


def test_ambiguous_start_names_the_candidates(kg: Kg, where: Path) -> None:
    twin = replace(TWO[0], article=replace(DRONES, id="drones-2"))
    with open_store(where) as store:
        store.replace(rdf.graph_iri("drones-2"), rdf.quads(twin))
    result = kg("show", "Drones", "--store", where)
    assert result.exit_code == 2
    assert result.stderr == "kg: 'Drones' can be any of drones-2, drones-over-odesa: name one by its id\n"


def test_nothing_is_no_article(kg: Kg, where: Path) -> None:
    assert kg("show", "", "--store", where).exit_code == 2
