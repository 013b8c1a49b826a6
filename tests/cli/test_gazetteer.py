"""`kg gazetteer`: a gazetteer built of a table, described, searched and taken away."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

from kg.cli.linking import home
from tests.cli.conftest import Kg
from tests.gazetteer.made import contents, made, place

TABLE = """qid\tlabel\tclasses\tnames\tlat\tlon\tcountry\tlicence
Q700001\tQuombria\tcity\tKwombria|Quombrien\t1.5\t2.5\tUA\tCC0-1.0
Q700002\tQuombria Guard\tArmedGroup\t\t\t\tUA\tCC0-1.0
Q7x\tBroken\tcity\t\t\t\t\t
Q700003\tLost\tcity\t\t200\t0\t\t
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's data folder that is this test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.delenv("KG_GAZETTEER", raising=False)
    return tmp_path / "own"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE, "utf8")
    return path


@pytest.fixture
def built(kg: Kg, table: Path) -> Result:
    """The user's own gazetteer, of the table alone."""
    return kg("gazetteer", "build", table, "--no-starter")


def test_build_makes_the_gazetteer_that_is_used_from_then_on(kg: Kg, built: Result) -> None:
    assert built.exit_code == 0
    assert f"{home()}: 2 things" in built.stdout
    assert "mine.tsv" in built.stdout
    assert "names are linked with it from now on; `kg gazetteer remove` goes back" in built.stdout
    assert "mine.tsv: 2 lines could not be used" in built.stderr
    assert "mine.tsv:4: 'Q7x' is no Wikidata item" in built.stderr
    about = kg("gazetteer", "info").stdout
    assert about.startswith(f"your own: {home()}\n")
    assert "CC0-1.0" in about
    assert "ArmedGroup" in about


def test_find_tells_what_a_name_can_stand_for(kg: Kg, built: Result) -> None:
    assert built.exit_code == 0
    (found,) = json.loads(kg("gazetteer", "find", "kwombria", "--format", "json").stdout)
    assert (found["label"], found["class"], found["item"], found["how"]) == ("Quombria", "Place", "Q700001", "alias")
    assert (found["source"], found["licence"]) == ("mine", "CC0-1.0")
    for name in ("Q700002", "http://www.wikidata.org/entity/Q700002", "Quombria Guard"):
        assert "Q700002" in kg("gazetteer", "find", name).stdout
    assert "Quombria" in kg("gazetteer", "find", "Quombrya").stdout


def test_find_knows_geonames_ids_and_says_how_many_more(kg: Kg, tmp_path: Path) -> None:
    made(tmp_path / "g", *(place("Ford", geonames=n, lat=n, lon=1.0) for n in range(1, 6)))
    assert "Ford" in kg("gazetteer", "find", "3", "--gazetteer", tmp_path / "g").stdout
    found = kg("gazetteer", "find", "Ford", "--limit", "2", "--gazetteer", tmp_path / "g").stdout
    assert "3 more: --limit 5 shows them" in found


def test_nothing_found(kg: Kg, built: Result) -> None:
    assert built.exit_code == 0
    result = kg("gazetteer", "find", "Xyzzygrad")
    assert (result.exit_code, result.stderr) == (3, "kg: nothing is known as 'Xyzzygrad'\n")


def test_remove_asks_and_goes_back(kg: Kg, built: Result) -> None:
    assert built.exit_code == 0
    assert kg("gazetteer", "remove", input="n\n").exit_code == 1
    assert home().exists()
    assert "removed" in kg("gazetteer", "remove", "--yes").stdout
    assert list(home().parent.iterdir()) == []
    assert "there is none of your own" in kg("gazetteer", "remove").stdout
    assert kg("gazetteer", "info").stdout.startswith("the one that comes along")


def test_build_elsewhere_says_how_to_use_it(kg: Kg, table: Path, tmp_path: Path) -> None:
    result = kg("gazetteer", "build", table, "--no-starter", "--output", tmp_path / "g", "--verbose")
    assert f"`--gazetteer {tmp_path / 'g'}`" in result.stdout
    assert "mine.tsv:5: '200', '0' lies nowhere on earth" in result.stderr
    assert not home().exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\tkind\nA\tb\n", "mine.tsv:1: the header has no column classes (name the columns in the first line"),
        ("hello\n", "mine.tsv:1: no source reads this file (give a table with a header"),
    ],
)
def test_a_wrong_file_is_told_with_its_remedy(kg: Kg, table: Path, text: str, problem: str) -> None:
    table.write_text(text, "utf8")
    result = kg("gazetteer", "build", table, "--no-starter")
    assert result.exit_code == 2
    assert problem in result.stderr
    assert not home().exists()


def test_wrong_commands(kg: Kg, table: Path, tmp_path: Path) -> None:
    assert "give a SOURCE" in kg("gazetteer", "build", "--no-starter").stderr
    assert "No such file" in kg("gazetteer", "build", tmp_path / "none.tsv").stderr
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?item ?label {}")
    assert "a query needs an endpoint" in kg("gazetteer", "build", table, "--query", query).stderr
    (tmp_path / "file").write_text("")
    result = kg("gazetteer", "build", table, "--no-starter", "--output", tmp_path / "file" / "g")
    assert (result.exit_code, "give another --output" in result.stderr) == (2, True)


def test_no_gazetteer_is_there(kg: Kg, tmp_path: Path) -> None:
    result = kg("gazetteer", "info", "--gazetteer", tmp_path)
    assert (result.exit_code, "no gazetteer is here" in result.stderr) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_goes_on_with_the_same_command(kg: Kg, how: signal.Signals, tmp_path: Path) -> None:
    big = tmp_path / "big.tsv"
    rows = "".join(f"Q{n}\tTown {n}\tcity\tStadt {n}|Ville {n}\n" for n in range(1, 60_001))
    big.write_text("qid\tlabel\tclasses\tnames\n" + rows, "utf8")
    where = tmp_path / "g"
    command = [sys.executable, "-m", "kg.cli", "gazetteer", "build", str(big), "--no-starter", "--output", str(where)]
    pipes = {"stderr": subprocess.PIPE, "stdout": subprocess.PIPE}
    # Tests that run in the background of a shell ignore Ctrl+C, and what they start would too.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, text=True, preexec_fn=heeding, **pipes) as process:
        wal = where.with_name("g.staged-wal")
        until = time.monotonic() + 60
        while not (wal.exists() and wal.stat().st_size > 1_000_000) and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(process.pid, how)
        _, told = process.communicate(timeout=60)
    assert not where.exists()
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "stopped; what was read is kept, and the same command goes on from there" in told
    result = kg("gazetteer", "build", big, "--no-starter", "--output", where)
    assert result.exit_code == 0
    assert "big.tsv: goes on at" in result.stderr
    kg("gazetteer", "build", big, "--no-starter", "--output", tmp_path / "whole")
    assert contents(where) == contents(tmp_path / "whole")
