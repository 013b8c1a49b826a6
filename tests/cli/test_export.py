import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

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
