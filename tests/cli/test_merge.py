"""`kg merge run`, `judge`, `undo`, `judgements`, `explain` and `evaluate` on a store of small articles."""

import csv
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg import rdf
from kg.merge import merge
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.merge.world import Told, Toll, article, clusters, derived, event, put, take

SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))
STRUCK = Told("Later drones struck the bridge of Birch.", "struck", "DroneAttack", places=("Birch",))
A, B, C = (event(f"{id}-0") for id in "abc")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose incidents are up to date: two articles tell of the shelling, one of it and of drones."""
    where = tmp_path_factory.mktemp("merged") / "store"
    with open_store(where) as store:
        put(
            store,
            article("a", SHELLED, title="[b]Guns[/b]"),
            article("b", SHELLED, outlet="The Pier"),
            article("c", STRUCK, outlet="The Mole"),
        )
        merge(store)
    return where


@pytest.fixture
def where(merged: Path, tmp_path: Path) -> Path:
    """A test's own copy of that store."""
    return Path(shutil.copytree(merged, tmp_path / "store"))


def incidents(where: Path) -> list[list[str]]:
    with open_store(where, read_only=True) as store:
        return clusters(store)


ONE, APART = [["a-0", "b-0"], ["c-0"]], [["a-0"], ["b-0"], ["c-0"]]


def test_run_brings_the_incidents_up_to_date(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        take(store, "b", "c")
        put(store, article("d", SHELLED, SHELLED, outlet="The Mole"))
    result = kg("merge", "run", "--store", where)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "1 article new or changed, 2 gone: 3 events in 1 incident, 1 of them told by several articles, "
    )
    assert incidents(where) == [["a-0", "d-0", "d-1"]]
    assert kg("merge", "run", "--store", where).stdout.startswith("0 articles new or changed, 0 gone: ")


def test_run_makes_all_anew(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        before = derived(store)
        for graph in before:
            store.remove(graph)
    kg("merge", "run", "--store", where)
    assert incidents(where) == []
    assert kg("merge", "run", "--anew", "--store", where).stdout.startswith("3 articles new or changed, 0 gone: ")
    with open_store(where) as store:
        assert derived(store) == before


def test_judge_is_recorded_and_in_the_incidents_at_once(kg: Kg, where: Path) -> None:
    result = kg("merge", "judge", A, B, "different", "--store", where, "--who", "ana", "--why", "an hour later")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith("judgement ")
    assert first.endswith(" recorded")
    assert second.startswith("3 events in 3 incidents, 0 of them told by several articles, ")
    assert incidents(where) == APART


def test_undo_takes_it_back(kg: Kg, where: Path) -> None:
    name = kg("merge", "judge", A, B, "different", "--store", where).stdout.split()[1]
    result = kg("merge", "undo", name, "--store", where, "--who", "ben")
    assert result.stdout.startswith(f"judgement {name} undone\n3 events in 2 incidents, ")
    assert incidents(where) == ONE
    again = kg("merge", "undo", name, "--store", where)
    assert (again.exit_code, f"judgement {name} was undone before, by ben on " in again.stderr) == (2, True)


def test_who_decides_comes_from_the_environment(kg: Kg, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_WHO", "eve")
    kg("merge", "judge", A, B, "unsure", "--store", where)
    (made,) = json.loads(kg("merge", "judgements", "--store", where, "--format", "json").stdout)
    assert (made["who"], made["verb"]) == ("eve", "unsure")


def test_judgements_are_listed(kg: Kg, where: Path) -> None:
    assert kg("merge", "judgements", "--store", where).stdout.endswith("0 judgements\n")
    name = kg("merge", "judge", B, A, "same", "--store", where, "--who", "ana", "--why", "[b]why[/b]").stdout.split()[1]
    kg("merge", "undo", name, "--store", where, "--who", "ben")
    (made,) = json.loads(kg("merge", "judgements", "--store", where, "--format", "json").stdout)
    assert {key: made[key] for key in ("name", "one", "other", "verb", "who", "why", "undoer")} == {
        "name": name, "one": A, "other": B, "verb": "same", "who": "ana", "why": "[b]why[/b]", "undoer": "ben",
    }  # fmt: skip
    (row,) = csv.DictReader(kg("merge", "judgements", "--store", where, "--format", "csv").stdout.splitlines())
    assert row == {key: str(value) for key, value in made.items()}
    table = kg("merge", "judgements", "--store", where).stdout
    assert "[b]why[/b]" in table
    assert "by ben on 20" in table
    assert table.endswith("1 judgement\n")


def test_explain_tells_what_adds_how_much(kg: Kg, merged: Path) -> None:
    result = kg("merge", "explain", A, B, "--store", merged)
    assert result.exit_code == 0
    for feature in ("same_type", "same_day", "same_place", "actor_same", "same_number"):
        assert feature in result.stdout
    assert re.search(
        r"\none happening with a probability of (0\.[5-9]\d|1\.00); from 0\.\d\d on likely\n$", result.stdout
    )


def test_explain_tells_what_rules_it_out_and_what_people_said(kg: Kg, where: Path) -> None:
    assert kg("merge", "explain", A, C, "--store", where).stdout == "can't be one happening: their places do not meet\n"
    kg("merge", "judge", A, C, "same", "--store", where)
    assert kg("merge", "explain", C, A, "--store", where).stdout.startswith("people said: same\n")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("judge", A, event("z"), "same"), 3, "event/z: there is no such event in "),
        (("judge", A, A, "same"), 2, "these are the same one"),
        (("judge", A, B, "alike"), 2, "'alike' is not one of 'same', 'different', 'unsure'"),
        (("judge", A, "no iri", "same"), 2, "'no iri' is no IRI"),
        (("judge", A, B, "same", "--who", " "), 2, "somebody who made it"),
        (("undo", "0123"), 3, "no judgement 0123 in "),
        (("explain", A, event("z")), 3, "event/z: there is no such event in "),
        (("explain", A, "> } #"), 2, "'> } #' is no IRI"),
        (("explain", A, A), 2, "these are the same one"),
        (("evaluate", "nowhere.jsonl"), 2, "'nowhere.jsonl' does not exist"),
        (("review", "--limit", "0"), 2, "0 is not in the range"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_changes_nothing(
    kg: Kg, where: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    result = kg("merge", *words, "--store", where)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert incidents(where) == ONE
    assert kg("merge", "judgements", "--store", where).stdout.endswith("0 judgements\n")


@pytest.mark.parametrize(
    "words", [("run",), ("review",), ("judge", A, B, "same"), ("undo", "1"), ("judgements",), ("explain", A, B)]
)
def test_no_store_is_made(kg: Kg, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = kg("merge", *words, "--store", tmp_path / "none")
    assert (result.exit_code, "there is no store at" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


GOLD = (
    '{"id": "quay", "reports": [{"article": "a", "quote": "shelled"}, {"article": "b", "quote": "shelled"}]}\n\n'
    '{"id": "bridge", "title": "a\u2028bridge", "reports": [{"article": "c", "quote": "struck"}]}\n'
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(GOLD, "utf8")
    return path


def test_evaluate_prints_scores_beside_two_simple_rules(kg: Kg, merged: Path, gold: Path) -> None:
    result = kg("merge", "evaluate", gold, "--store", merged)
    assert result.exit_code == 0
    assert "All reports" in result.stdout
    assert "Reports that were found" in result.stdout
    for system in ("incidents", "same type, day and place", "same trigger word"):
        assert result.stdout.count(system) == 2
    assert result.stdout.endswith("2 clusters, 3 reports, 3 of which an event tells\n")


def test_evaluate_reads_stdin_and_writes_json(kg: Kg, merged: Path) -> None:
    result = kg("merge", "evaluate", "-", "--store", merged, "--format", "json", input=GOLD.encode())
    scores = json.loads(result.stdout)
    assert (scores["clusters"], scores["reports"], scores["found"]) == (2, 3, 3)
    assert scores["all"]["incidents"] == {
        "muc": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "b_cubed": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "ceaf_e": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "conll": 1.0,
    }
    assert (scores["brought_together"], scores["split"]) == ([], [])


def test_evaluate_lists_what_is_mixed_up_or_split(kg: Kg, where: Path, gold: Path) -> None:
    kg("merge", "judge", A, B, "different", "--store", where)
    kg("merge", "judge", A, C, "same", "--store", where)
    result = kg("merge", "evaluate", gold, "--store", where, "--verbose")
    assert result.stdout.splitlines()[-2:] == ["brought together: bridge and quay", "split: quay"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "line 1: this is no cluster"),
        (b"\xff", "can't be read"),
        (b"", "there are no clusters in it"),
        (b'{"id": "x", "reports": [{"article": "z", "quote": "y"}]}', "line 1: there is no article 'z'"),
    ],
)
def test_clusters_that_cannot_be_used_are_told(kg: Kg, merged: Path, gold: Path, content: bytes, told: str) -> None:
    gold.write_bytes(content)
    result = kg("merge", "evaluate", gold, "--store", merged)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{gold}" in result.stderr
    assert told in result.stderr


def test_incidents_follow_what_is_told_again(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        put(store, article("b", replace(SHELLED, places=("Birch",)), outlet="The Pier"))
    kg("merge", "run", "--store", where)
    assert incidents(where) == APART


def test_a_graph_that_is_not_valid_is_told_and_the_others_are_merged(kg: Kg, where: Path) -> None:
    graph = rdf.graph_iri("c")
    with open_store(where) as store:
        quads = [
            quad for quad in store.quads(graph) if not quad.predicate.value.endswith(("#eventType", "/identifier"))
        ]
        store.replace(graph, [*quads, *(q for q in store.quads(graph) if "article" in str(q.subject))])
        take(store, "a")
    result = kg("merge", "run", "--store", where, "--anew")
    assert (result.exit_code, incidents(where)) == (0, [["b-0"]])
    assert f"warning: <{graph}> is not valid, and its events are of no incident (" in result.stderr
