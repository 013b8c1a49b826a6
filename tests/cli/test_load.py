"""`kg load`: what it adds, what it says, and what it refuses."""

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

from kg.store import open_store
from tests.cli.conftest import Kg

ONE = '<https://e.org/a> <https://e.org/p> "1" <https://e.org/g> .\n'


def test_what_was_exported_is_loaded(kg: Kg, where: Path, tmp_path: Path) -> None:
    kg("export", "--store", where, "--format", "nq", "--output", tmp_path / "all.nq")
    packed = tmp_path / "all.nq.gz"
    packed.write_bytes(gzip.compress((tmp_path / "all.nq").read_bytes()))
    result = kg("load", packed, "--store", tmp_path / "again")
    lines = (tmp_path / "all.nq").read_text().count("\n")
    assert result.stdout.startswith(f"1 file loaded: {lines:,} statements added to {tmp_path / 'again'}, ")
    with open_store(where, read_only=True) as one, open_store(tmp_path / "again", read_only=True) as two:
        assert b"".join(two.dump()) == b"".join(one.dump())
    assert kg("fsck", "--store", tmp_path / "again").exit_code == 0


def test_a_broken_file_is_told_and_the_others_are_loaded(kg: Kg, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.nq", tmp_path / "bad.nq"
    good.write_text(ONE)
    bad.write_text(ONE.replace('"1"', '"2"') + "<https://e.org/a> .\n")
    result = kg("load", bad, good, "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"failed: {bad}, line 2: ")
    assert result.stdout.startswith("1 file loaded, 1 failed: 1 statement added")
    with open_store(tmp_path / "store", read_only=True) as store:
        assert b"".join(store.dump()).decode() == ONE


def test_stdin_and_files_without_graphs(kg: Kg, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    turtle = "<a> <p> 1 ."
    assert "say with --format what it is" in kg("load", "-", *store, input=turtle).stderr
    missing = kg("load", "-", "--format", "ttl", *store, input=turtle)
    assert (missing.exit_code, missing.stderr) == (2, "kg: -: ttl has no graphs, so name one with --graph IRI\n")
    options = ("--format", "ttl", "--graph", "https://e.org/g", "--base", "https://e.org/")
    assert kg("load", "-", *options, *store, input=turtle).exit_code == 0
    with open_store(tmp_path / "store", read_only=True) as opened:
        (quad,) = opened.quads("https://e.org/g")
    assert (quad.subject.value, quad.object.value) == ("https://e.org/a", "1")


def test_a_file_that_is_not_there_is_told(kg: Kg, tmp_path: Path) -> None:
    result = kg("load", tmp_path / "none.nq", "--store", tmp_path / "store")
    assert (result.exit_code, "none.nq can't be read" in result.stderr) == (2, True)


def test_ctrl_c_leaves_nothing_of_the_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "load", "-", "--format", "nq", "--store", str(tmp_path / "store")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdin
    process.stdin.write(ONE.encode() * 100_000)  # more than a pipe holds, so that it has begun to read
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, b"kg: stopped\n")
    with open_store(tmp_path / "store") as store:
        assert store.graphs() == []
