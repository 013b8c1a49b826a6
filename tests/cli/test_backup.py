"""`kg backup`, `kg restore` and `kg optimize`."""

import re
from pathlib import Path

from kg.store import open_store
from tests.cli.conftest import Kg


def test_a_store_is_restored_as_it_was(kg: Kg, where: Path, tmp_path: Path) -> None:
    where.with_name("store.judgements.csv").write_text("decided\n")
    assert kg("backup", tmp_path / "monday", "--store", where).stdout == f"{where} copied to {tmp_path / 'monday'}\n"
    kg("remove", "drones-over-odesa", "--store", where)
    refused = kg("restore", tmp_path / "monday", "--store", where)
    assert (refused.exit_code, refused.stderr) == (1, f"kg: {where} is not empty: --force replaces what is there\n")
    told = kg("restore", tmp_path / "monday", "--store", where, "--force").stdout
    assert told == f"{where} is as {tmp_path / 'monday'} was\n"
    assert len(kg("stats", "--articles", "--store", where).stdout.splitlines()) == 2
    assert kg("fsck", "--store", where).exit_code == 0


def test_decisions_come_along(kg: Kg, where: Path, tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text("decided\n")
    kg("backup", tmp_path / "monday", "--store", where, "--judgements", decided)
    kg("restore", tmp_path / "monday", "--store", tmp_path / "again")
    assert (tmp_path / "again.judgements.csv").read_text() == "decided\n"


def test_a_store_on_a_server_is_no_folder(kg: Kg, tmp_path: Path) -> None:
    server = ("--store", "sparql+http://localhost:1/query")
    for command in (("backup", tmp_path / "monday"), ("restore", tmp_path / "monday"), ("optimize",)):
        result = kg(*command, *server)
        assert (result.exit_code, "is not a folder" in result.stderr) == (2, True)


def test_a_store_gets_smaller(kg: Kg, where: Path) -> None:
    with open_store(where) as store:
        before = b"".join(store.dump())
        for _ in range(3):
            for graph in store.graphs():
                quads = store.quads(graph)
                store.remove(graph)
                store.replace(graph, quads)
            store.flush()
    told = re.fullmatch(r".*: ([0-9.]+) MB before, ([0-9.]+) MB now\n", kg("optimize", "--store", where).stdout)
    assert told
    assert float(told[2]) < float(told[1])
    with open_store(where, read_only=True) as store:
        assert b"".join(store.dump()) == before
    assert kg("fsck", "--store", where).exit_code == 0
