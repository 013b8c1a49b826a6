"""`kg fsck` finds what is wrong with a store, and mends what it can."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import rdf
from kg.store import open_store
from tests.cli.conftest import Kg
from tests.oxigraph import served

RIVER = rdf.graph_iri("river/crossing 2")
ODD = Quad(NamedNode("https://e.org/a"), NamedNode("https://e.org/p"), Literal("odd"))
EXACT = NamedNode(rdf.PREFIXES["ckg"] + "exact")
LABEL = NamedNode(rdf.PREFIXES["rdfs"] + "label")


def test_a_store_as_it_should_be(kg: Kg, where: Path) -> None:
    result = kg("fsck", "--store", where)
    assert (result.exit_code, result.stdout) == (0, "2 articles checked, nothing wrong\n")


def test_a_graph_that_is_not_valid_is_told_and_not_mended(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        factuality = NamedNode(rdf.PREFIXES["ckg"] + "factuality")
        store.replace(RIVER, [quad for quad in store.quads(RIVER) if quad.predicate != factuality])
    result = kg("fsck", "--store", where, "--repair")
    assert result.exit_code == 1
    assert f"<{RIVER}> is not valid:" in result.stdout
    assert "A claim has exactly one factuality code." in result.stdout
    assert result.stdout.endswith("2 articles checked, 1 fault\n")


def test_a_default_graph_that_is_not_the_union_is_told_and_mended(kg: Kg, where: Path) -> None:
    database = ox.Store(str(where / "oxigraph"))
    lost = next(iter(database.quads_for_pattern(None, LABEL, None, ox.DefaultGraph())))
    database.add(ODD)
    database.remove(lost)
    database.flush()
    del database
    result = kg("fsck", "--store", where)
    assert result.exit_code == 1
    assert f"1 statement in the default graph and in no other, such as:\n  {ODD.triple}\n" in result.stdout
    assert f"1 statement in a graph and not in the default graph, such as:\n  {lost.triple}\n" in result.stdout
    assert "the index of the words lacks 0 texts that the store has, and has 1 others" in result.stdout
    mended = kg("fsck", "--store", where, "--repair")
    assert (mended.exit_code, mended.stdout.splitlines()[-1]) == (0, "2 articles checked, nothing wrong")
    assert kg("fsck", "--store", where).stdout == "2 articles checked, nothing wrong\n"


def test_words_that_are_not_those_of_the_store_are_told_and_mended(kg: Kg, where: Path) -> None:
    index = sqlite3.connect(where / "text.sqlite")
    index.execute("UPDATE texts SET label = 'another' WHERE label IS NOT NULL")
    index.execute("DELETE FROM mentions")
    index.commit()
    index.close()
    result = kg("fsck", "--store", where)
    assert result.exit_code == 1
    assert "the index of the words is damaged" in result.stdout
    assert "mentions that the store has, and has 0 others" in result.stdout
    assert kg("fsck", "--store", where, "--repair").exit_code == 0
    assert kg("fsck", "--store", where).exit_code == 0


def test_what_a_kill_has_left_is_told_and_cleared_away(kg: Kg, where: Path) -> None:
    (where / "oxigraph" / "bulk-1.sst").write_bytes(b"")
    (where / "published" / "77").mkdir()
    (where / "unpublished").touch()
    result = kg("fsck", "--store", where)
    assert result.stdout.splitlines() == [
        f"{where}/oxigraph/bulk-1.sst is left of a load that was killed",
        f"{where}/published does not show what was written last",
        f"{where}/published/77 is a copy that nobody reads any more",
        "2 articles checked, 3 faults",
    ]
    assert kg("fsck", "--store", where, "--repair").exit_code == 0
    assert kg("fsck", "--store", where).exit_code == 0


def test_a_copy_of_an_article_that_is_not_there_is_told(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        quads = store.quads(RIVER)
        article = next(quad.subject for quad in quads if quad.predicate.value.endswith("#text"))
        lost = NamedNode(rdf.BASE + "article/lost")
        store.replace(RIVER, [*quads, Quad(article, NamedNode(rdf.PREFIXES["prov"] + "alternateOf"), lost)])
    result = kg("fsck", "--store", where)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1,
        f"{article} is said to be a near-copy of {lost}, which is no article here",
    )


def test_beside_a_writer_what_it_has_published_is_checked(where: Path) -> None:
    with open_store(where):
        result = subprocess.run(
            [sys.executable, "-m", "kg.cli", "fsck", "--store", str(where)], capture_output=True, text=True
        )
    assert (result.returncode, result.stdout) == (0, "2 articles checked, nothing wrong\n")
    assert "is being written: its index of the words is not checked" in result.stderr


def test_a_store_on_a_server_is_checked(kg: Kg, where: Path) -> None:
    with served() as port:
        address = f"sparql+http://127.0.0.1:{port}/query"
        kg("export", "--store", where, "--format", "nq", "--output", where / "all.nq")
        assert kg("load", where / "all.nq", "--store", address).exit_code == 0
        result = kg("fsck", "--store", address)
        assert (result.exit_code, result.stdout) == (0, "2 articles checked, nothing wrong\n")
        insert = f"INSERT DATA {{ {ODD.triple} }}"
        httpx.post(f"http://127.0.0.1:{port}/update", data={"update": insert}).raise_for_status()
        assert "1 statement in the default graph and in no other" in kg("fsck", "--store", address).stdout
        refused = kg("fsck", "--store", address, "--repair")
        assert (refused.exit_code, "only its server can mend it" in refused.stderr) == (2, True)


def test_a_damaged_database_is_told(kg: Kg, where: Path) -> None:
    for path in (where / "oxigraph").glob("*.sst"):
        content = path.read_bytes()
        path.write_bytes(b"\xff" * 200 + content[200:])
    result = kg("fsck", "--store", where)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.match(f"kg: {where} (is damaged|can't be opened): .*Corruption", result.stderr)


@pytest.fixture
def many(where: Path) -> Path:
    """The store with so many articles that several processes check them; in one of them something is wrong."""
    with open_store(where) as store:
        quads = store.quads(RIVER)
        for number in range(150):
            graph = f"https://e.org/graph/{number}"
            store.replace(
                graph, [quad for quad in quads if number != 77 or not quad.predicate.value.endswith("#exact")]
            )
    return where


def test_several_processes_find_what_one_finds(kg: Kg, many: Path) -> None:
    one, two = (kg("fsck", "--store", many, "--jobs", jobs) for jobs in ("1", "2"))
    assert one.stdout.startswith("<https://e.org/graph/77> is not valid:")
    assert (one.exit_code, one.stdout) == (two.exit_code, two.stdout)


def test_ctrl_c_ends_it_and_its_processes(many: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli", "fsck", "--store", str(many), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    assert b"is not valid" in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, b"kg: stopped\n")
    for _ in range(100):
        time.sleep(0.1)
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
    pytest.fail("its processes go on")
