"""remove, validate, stats, ontology, and what holds for all commands."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph

from kg import __version__, rdf
from kg.cli import COMMANDS
from kg.cli.edge import reported
from kg.store import open_store
from tests.cli.conftest import Kg


def test_remove_takes_an_article_out(kg: Kg, where: Path) -> None:
    result = kg("remove", "drones-over-odesa", "--store", where)
    assert result.stdout == "removed drones-over-odesa: Drones over Odesa\n"
    assert kg("stats", "--articles", "--store", where).stdout == "river/crossing 2\tArmy denies crossing the river\n"


def test_remove_looks_all_up_first(kg: Kg, where: Path) -> None:
    assert kg("remove", "drones-over-odesa", "nothing", "--store", where).exit_code == 3
    assert len(kg("stats", "--articles", "--store", where).stdout.splitlines()) == 2


def test_valid_store_passes(kg: Kg, where: Path) -> None:
    result = kg("validate", "--store", where)
    assert (result.exit_code, result.stdout) == (0, "2 articles checked, none invalid\n")


def test_span_that_is_not_in_the_text_is_found(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        graph = rdf.graph_iri("drones-over-odesa")
        text = NamedNode("https://w3id.org/conflictkg/ns#text")
        quads = [
            q if q.predicate != text else Quad(q.subject, text, Literal("Another text."), q.graph_name)
            for q in store.quads(graph)
        ]
        store.replace(graph, quads)
    result = kg("validate", "--store", where)
    assert result.exit_code == 1
    assert "drones-over-odesa: " in result.stdout
    assert "2 articles checked, 1 invalid" in result.stdout


def test_stats_count(kg: Kg, where: Path) -> None:
    told = json.loads(kg("stats", "--store", where, "--format", "json").stdout)
    assert told["totals"]["articles"] == 2
    assert told["totals"]["claims"] == 7
    assert told["totals"]["claims with a number"] == 4
    assert told["totals"]["entities linked to Wikidata"] == 5
    assert told["event types"] == {"ArmedAttack": 1, "DroneAttack": 1, "Interception": 1, "Talks": 1}
    assert re.search(r"claims +│ +7 ", kg("stats", "--store", where).stdout)


def test_ontology_is_printed(kg: Kg) -> None:
    assert len(Graph().parse(data=kg("ontology").stdout, format="turtle")) > 1000
    page = kg("ontology", "--format", "html").stdout
    assert page.lower().startswith("<!doctype html>")
    assert "CountClaim" in page


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_has_help_with_an_example(kg: Kg, command: click.Command) -> None:
    text = kg(str(command.name), "--help").stdout
    assert f"  kg {command.name}" in text
    assert ("--store" in text) == (command.name not in ("ontology", "link", "merge", "gazetteer"))
    assert all(getattr(param, "help", "") for param in command.params if isinstance(param, click.Option))


def test_version(kg: Kg) -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


def test_store_comes_from_the_environment(kg: Kg, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(where))
    assert "drones-over-odesa" in kg("stats", "--articles").stdout


def test_reader_that_goes_away_is_no_error(where: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "export", "--store", str(where)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_store_in_use_is_one_line(where: Path) -> None:
    with open_store(where):
        result = subprocess.run(
            [sys.executable, "-m", "kg.cli", "remove", "any"],
            env=os.environ | {"KG_STORE": str(where)},
            capture_output=True,
            text=True,
        )
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert str(where) in result.stderr


def test_fault_of_the_program_is_one_line() -> None:
    @click.command()
    @reported
    def broken() -> None:
        raise ZeroDivisionError("division by zero")

    result = CliRunner(env={"KG_TRACE": ""}).invoke(broken)
    assert result.exit_code == 70
    assert result.stderr.startswith(
        "kg: a fault of the program, please report it: ZeroDivisionError: division by zero ("
    )
    assert result.stderr.count("\n") == 1
