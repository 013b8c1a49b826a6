"""What `kg build` and its neighbours say about many articles."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg
from tests.pipeline.corpus import written
from tests.pipeline.test_copying import AGENCY, news


def test_figures_are_given_as_json(kg: Kg, tmp_path: Path) -> None:
    path = written(tmp_path / "news.jsonl", range(3))
    path.write_text(path.read_text() + "no JSON\n")
    result = kg("build", path, "--store", tmp_path / "store", "--format", "json")
    figures = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (figures["articles"], figures["failures"], figures["failures_by_kind"]) == (3, 1, {"unreadable": 1})
    assert figures["events"] == sum(figures["event_types"].values()) > 0
    assert 0 < figures["writing_seconds"] < figures["seconds"]
    assert "line 4: not JSON" in result.stderr
    assert sorted(place.name for place in tmp_path.iterdir()) == ["news.jsonl", "store"]


def test_second_build_says_what_it_passed_over(kg: Kg, tmp_path: Path) -> None:
    path = written(tmp_path / "news.jsonl", range(3))
    store = ("--store", tmp_path / "store")
    kg("build", path, *store)
    assert kg("build", path, *store).stdout == "no article read, 3 unchanged\n"
    result = kg("build", path, *store, "--since", "2025-07-01", "--force")
    assert result.stdout == "no article read, 3 older than asked for\n"


def test_near_copy_is_told_as_one(kg: Kg, tmp_path: Path) -> None:
    path = news(tmp_path / "news.jsonl", ("quay", "The Quay", AGENCY), ("pier", "The Pier", AGENCY))
    store = ("--store", tmp_path / "store")
    assert (
        kg("build", path, *store).stdout.splitlines()[-2].startswith("2 articles read, 1 of them near-copies of others")
    )
    assert "a near-copy of kg:article/quay-" in kg("show", "pier", *store).stdout.replace(
        "https://w3id.org/conflictkg/id/", "kg:"
    )
    removed = kg("remove", "quay", *store)
    assert removed.stderr == "warning: 1 near-copy of it told no events; build those again\n"
    kg("build", news(tmp_path / "pier.jsonl", ("pier", "The Pier", AGENCY)), *store)
    assert "near-copy" not in (told := kg("show", "pier", *store).stdout)
    assert "DroneAttack" in told or "MissileAttack" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--column", "body"), "is no FIELD=COLUMN"),
        (("--since", "soon"), "is no time"),
        (("--address", "auto"), "give --engine ray, too"),
        (("--online", "http://127.0.0.1:9/", "--jobs", "2"), "use it with --jobs 1"),
        (("--gazetteer", "nowhere", "--jobs", "2"), "no gazetteer is here"),
    ],
)
def test_wrong_option_is_told(options: tuple[str, ...], words: str, kg: Kg, tmp_path: Path) -> None:
    result = kg("build", written(tmp_path / "news.jsonl", range(1)), "--store", tmp_path / "store", *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_partitions_are_told(kg: Kg, tmp_path: Path) -> None:
    path = written(tmp_path / "news.jsonl", range(3))
    result = kg("build", path, "--output", tmp_path / "out", "--partitions", "2", "--jobs", "2")
    assert f"quads in {tmp_path / 'out'}" in result.stdout
    assert sorted(part.name for part in (tmp_path / "out").glob("*.gz")) == ["part-00000.nq.gz", "part-00001.nq.gz"]


def test_wrong_sources_can_not_be_watched(kg: Kg, tmp_path: Path) -> None:
    result = kg("watch", tmp_path / "none" / "*.txt", "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert "only folders, files and addresses can be watched" in result.stderr
