import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.export import NETWORKS, selection, write
from kg.store import open_store
from tests.cli.conftest import Kg

PARSERS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}


@pytest.mark.parametrize("format", PARSERS)
def test_article_in_each_format_has_the_same_triples(kg: Kg, where: Path, tmp_path: Path, format: str) -> None:
    path = tmp_path / "out"
    assert (
        kg("export", "--store", where, "--format", format, "-o", path, "--article", "drones-over-odesa").exit_code == 0
    )
    nquads = kg("export", "--store", where, "--article", "drones-over-odesa").stdout
    parsed = {quad.triple for quad in parse(path.read_bytes(), PARSERS[format])}
    assert parsed == {quad.triple for quad in parse(nquads, RdfFormat.N_QUADS)}
    assert len(parsed) == len(nquads.splitlines())


def test_same_store_gives_the_same_bytes_on_stdout_and_in_a_file(where: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "export", "--store", str(where)]
    first = subprocess.run(command, check=True, capture_output=True).stdout
    subprocess.run([*command, "--output", str(tmp_path / "out.nq")], check=True)
    assert first == (tmp_path / "out.nq").read_bytes() != b""
    assert not (tmp_path / "out.nq.partial").exists()


def test_folder_that_is_not_there_is_named(kg: Kg, where: Path, tmp_path: Path) -> None:
    result = kg("export", "--store", where, "--output", tmp_path / "none" / "out.nq")
    assert result.exit_code == 1
    assert "can't be written: No such file or directory" in result.stderr


@pytest.mark.parametrize("format", NETWORKS)
def test_network_is_the_same_from_the_command_line(kg: Kg, where: Path, format: str) -> None:
    printed = kg("export", "--store", where, "--format", format, "--view", "actors").stdout_bytes
    out = io.BytesIO()
    with open_store(where, read_only=True) as store:
        write(store, out, format, view_name="actors", chosen=selection({}))
    assert printed == out.getvalue() != b""


@pytest.mark.parametrize(
    ("options", "events"),
    [
        (["--type", "Talks"], ["talks"]),
        (["--entity", "ISTANBUL"], ["talks"]),
        (
            ["--entity", "Russian Federation", "--to", "2025-06-02", "--type", "Violence"],
            ["attack-2", "attack", "shot"],
        ),
        (["--place", "ukraine", "--from", "2025-06-04"], ["attack-2"]),
        (["--article", "drones-over-odesa"], ["attack", "shot", "talks"]),
        (["--query", "SELECT ?e { ?e ckg:eventType ckg:DroneAttack }"], ["attack"]),
        (["--query", "talks-and-parties"], ["talks"]),
    ],
)
def test_part_is_chosen_by_options(kg: Kg, where: Path, options: list[str], events: list[str]) -> None:
    lines = kg("export", "--store", where, "--format", "csv", *options).stdout.splitlines()[1:]
    assert [line.partition(",")[0].rpartition("/")[2] for line in lines] == events


def test_neighbourhood_is_found_by_name(kg: Kg, where: Path) -> None:
    drawn = json.loads(kg("export", "--store", where, "--format", "cyjs", "--around", "Istanbul").stdout)
    assert [node["data"]["label"] for node in drawn["elements"]["nodes"]] == ["Istanbul", "Turkey", "talks"]


def test_name_that_nothing_has_is_told(kg: Kg, where: Path) -> None:
    result = kg("export", "--store", where, "--format", "csv", "--entity", "Atlantis")
    assert result.exit_code == 3
    assert "is called 'Atlantis'" in result.stderr


def test_type_that_is_none_is_told(kg: Kg, where: Path) -> None:
    result = kg("export", "--store", where, "--format", "csv", "--type", "War")
    assert result.exit_code == 2
    assert "there is no event type War; there are Violence, AirStrike" in result.stderr


def test_query_may_not_ask_another_server(kg: Kg, where: Path) -> None:
    query = "SELECT ?x { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }"
    assert kg("export", "--store", where, "--format", "csv", "--query", query).exit_code == 2
