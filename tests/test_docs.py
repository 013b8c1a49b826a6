"""What README.md says works: each of its commands and queries is run, and nothing that there is goes unmentioned."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest

import ontology
from kg.cli import COMMANDS, main
from kg.export import FORMATS
from kg.queries import queries
from kg.read import READERS
from server import create_app
from server.pool.settings import Settings
from tests.oxigraph import wikidata
from tests.readme import README, ROOT, Run, blocks, outputs, run_all, shell

TEXT = README.read_text("utf8")
LINES = [line for block in shell() for line in block.commands]
SPARQL = [block.text for block in blocks() if block.language == "sparql"]
AWAY = [line for block in blocks() if block.language == "sh" for line in block.commands if "--allow-service" in line]
CURL = [line for block in blocks() if block.language == "sh" for line in block.commands if line.startswith("curl ")]
INSTALL = [block.text.strip() for block in blocks() if block.text.startswith(("python3 ", "pip "))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[str, Run]:
    """All commands of README.md that work on a store, run in their order by someone who has just built the demo."""
    return run_all(folder)


@pytest.fixture(scope="module")
def address(folder: Path, runs: dict[str, Run]) -> Iterator[str]:
    """Where `kg serve` serves the store that those commands left."""
    assert runs
    where = folder / "reader" / "kg-store"
    command = [sys.executable, "-u", "-m", "kg.cli", "serve", "--port", "0", "--store", str(where)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().split()[1].rstrip("/")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        process.stdout.close()


def test_the_demo_works(runs: dict[str, Run]) -> None:
    assert "10 articles read: " in runs["kg demo --no-serve"].stdout


@pytest.mark.parametrize("line", LINES)
def test_command_works(runs: dict[str, Run], line: str) -> None:
    run = runs[line]
    assert (run.code, "Traceback" in run.stderr) == (0, False), run.stderr
    assert run.stdout or ">" in line or "--output" in line


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("kg query")])
def test_query_has_an_answer(runs: dict[str, Run], line: str) -> None:
    assert not runs[line].stderr.startswith("0 rows"), "it finds nothing in the demo: show another"
    assert len(runs[line].stdout.splitlines()) > 1


@pytest.mark.parametrize(("command", "output"), list(outputs()), ids=lambda block: block.text[:40])
def test_output_is_what_the_command_prints(runs: dict[str, Run], command: object, output: object) -> None:
    printed = runs[command.commands[-1]].stdout  # type: ignore[attr-defined]
    assert output.text == printed, "run python -m tests.readme"  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", AWAY)
def test_query_of_another_server_works_with_one_that_plays_it(folder: Path, runs: dict[str, Run], line: str) -> None:
    assert runs
    with wikidata() as service:
        args = shlex.split(line.replace("query.wikidata.org", service))[1:]
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", *args, "--param", f"wikidata={service}", "--format", "csv"],
            cwd=folder / "reader", env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize("query", SPARQL)
def test_sparql_has_an_answer(address: str, query: str) -> None:
    answer = httpx.get(f"{address}/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("line", CURL)
def test_request_is_answered(address: str, line: str) -> None:
    *options, url = shlex.split(line)[1:]
    named = dict(zip(options[::2], options[1::2], strict=True))
    assert named.keys() <= {"-H", "--data-urlencode"}
    headers = dict([named["-H"].split(": ", 1)]) if "-H" in named else {}
    form = dict([named["--data-urlencode"].split("=", 1)]) if "--data-urlencode" in named else None
    url = url.replace("http://127.0.0.1:8000", address)
    answer = httpx.request("POST" if form else "GET", url, headers=headers, data=form)
    assert answer.status_code == 200, answer.text
    assert answer.text
    assert answer.headers["Content-Type"].startswith(headers.get("Accept", "text/plain"))


def test_installation_is_one_command_and_so_are_the_tests() -> None:
    first, second = INSTALL
    assert first.split(" && ") == [
        "python3 -m venv .venv", ". .venv/bin/activate", "pip install --upgrade pip", "pip install .", "kg demo",
    ]  # fmt: skip
    assert second == "pip install --editable '.[test]' && pytest"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    pattern = re.search(r"sed -n '/(.+)/p' README.md", (ROOT / ".ci" / "run").read_text())
    assert pattern
    assert [line for line in TEXT.splitlines() if re.search(pattern[1], line)] == INSTALL[1:]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_command_is_in_its_table(command: click.Command) -> None:
    assert re.search(rf"^\| `kg {command.name}[ `]", TEXT, re.MULTILINE)


def test_options_that_are_named_exist() -> None:
    under = [each for command in COMMANDS if isinstance(command, click.Group) for each in command.commands.values()]
    known = {option for command in [main, *COMMANDS, *under] for p in command.params for option in p.opts} | {"--help"}
    ours = [line for line in TEXT.splitlines() if "kg " in line and "pip" not in line and "curl" not in line]
    assert {option for line in ours for option in re.findall(r"(?<![\w-])--[a-z-]+", line)} - known == set()


@pytest.mark.parametrize("name", queries())
def test_named_query_is_told_and_shown(name: str) -> None:
    assert f"| `{name}` |" in TEXT
    assert any(line.startswith(f"kg query {name}") for line in LINES + AWAY)


@pytest.mark.parametrize("name", [*READERS, *FORMATS])
def test_format_is_told(name: str) -> None:
    assert f"`{name}`" in TEXT


def test_every_route_is_told(tmp_path: Path) -> None:
    rules = {rule.rule for rule in create_app(Settings(rundir=str(tmp_path))).url_map.iter_rules()}
    told = set(re.findall(r"`(/[^`]*)`", "".join(line for line in TEXT.splitlines() if line.startswith("| `/"))))
    assert {rule.replace("<path:path>", "PATH") for rule in rules - {"/static/<path:filename>", "/favicon.ico"}} == told


@pytest.mark.parametrize("code", [0, 1, 2, 3, 70, 130])
def test_exit_code_is_told_as_the_help_tells_it(code: int) -> None:
    assert f"| {code} |" in TEXT
    assert re.search(rf"\b{code} ", main.help or "")


@pytest.mark.parametrize("scheme", ["EventType", "Measure", "Kind", "Factuality"])
def test_every_code_is_told(scheme: str) -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| {scheme} |")]
    assert set(re.findall(r"\w+", row)) == {scheme, *ontology.codes(scheme)}


def test_the_drawn_layers_are_those_that_are_proven() -> None:
    from tests.test_layers import ROOMS

    drawn = re.findall(r"^(kg\.\w+|ontology) ", TEXT, re.MULTILINE)
    assert drawn == [room for room in reversed(ROOMS) if room not in ("kg", "kg.demo")]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_no_path_of_a_machine_is_in(name: str) -> None:
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root|Users)/", (ROOT / name).read_text("utf8"))
