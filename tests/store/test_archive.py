"""Backups of a store, and stores made of them."""

import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError, StoreLocked
from kg.store import open_store
from kg.store.archive import back_up, restore

GRAPH = "https://example.org/graph"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
FIND = "SELECT ?n { ?n <https://w3id.org/conflictkg/ns/text#matches> 'odesa' }"


def named(*names: str) -> list[Quad]:
    place = NamedNode("https://example.org/place")
    return sorted((Quad(place, LABEL, Literal(name), NamedNode(GRAPH)) for name in names), key=str)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store") as store:
        store.replace(GRAPH, named("Odesa"))
    (tmp_path / "store.judgements.csv").write_text("decided\n")
    return tmp_path / "store"


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    back_up(folder, tmp_path / "backup")
    return tmp_path / "backup"


def test_a_backup_becomes_the_store_that_it_was(folder: Path, backup: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        store.replace(GRAPH, named("Kyiv"))
    restore(backup, tmp_path / "again")
    with open_store(tmp_path / "again", read_only=True) as store:
        assert store.quads(GRAPH) == named("Odesa")
        assert len(list(store.query(FIND).rows())) == 1
    assert (tmp_path / "again.judgements.csv").read_text() == "decided\n"


def test_a_backup_is_made_beside_a_writer(folder: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        store.replace(GRAPH, named("Kyiv"))
        store.flush()
        store.replace(GRAPH, named("Lviv"))
        ended = threading.Thread(target=back_up, args=(folder, tmp_path / "backup"))
        ended.start()
        ended.join()
    restore(tmp_path / "backup", tmp_path / "again")
    with open_store(tmp_path / "again", read_only=True) as store:
        assert store.quads(GRAPH) in (named("Kyiv"), named("Lviv"))


def test_a_backup_is_made_of_a_store_that_was_never_published(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.replace(GRAPH, named("Odesa"))
    (tmp_path / "store" / "published" / "current").unlink()
    back_up(tmp_path / "store", tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again")
    with open_store(tmp_path / "again") as store:
        assert store.quads(GRAPH) == named("Odesa")


def test_a_backup_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    with pytest.raises(StoreError, match="is there already: name a new folder for the backup"):
        back_up(folder, tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_backup_that_was_cut_short_is_made_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "backup.partial" / "oxigraph").mkdir(parents=True)
    (tmp_path / "backup.partial" / "oxigraph" / "CURRENT").write_text("nothing")
    back_up(folder, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again")
    assert not (tmp_path / "backup.partial").exists()


def test_a_backup_where_nobody_can_write_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="can't be written"):
        back_up(folder, tmp_path / "file" / "backup")


def test_a_backup_of_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        back_up(tmp_path / "nowhere", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_replaced_only_if_one_says_so(folder: Path, backup: Path) -> None:
    with open_store(folder) as store:
        store.replace(GRAPH, named("Kyiv"))
    folder.with_name("store.judgements.csv").write_text("decided since\n")
    with pytest.raises(StoreError, match="is not empty: --force replaces what is there"):
        restore(backup, folder)
    with open_store(folder) as store:
        assert store.quads(GRAPH) == named("Kyiv")
    restore(backup, folder, force=True)
    with open_store(folder) as store:
        assert store.quads(GRAPH) == named("Odesa")
    assert folder.with_name("store.judgements.csv").read_text() == "decided\n"
    assert not list(folder.parent.glob("store.re*")) + list(folder.parent.glob("*.partial"))


def test_an_empty_folder_is_filled(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    restore(backup, tmp_path / "again")
    with open_store(tmp_path / "again") as store:
        assert store.graphs() == [GRAPH]


def test_a_store_in_use_is_not_replaced(folder: Path, backup: Path) -> None:
    with open_store(folder) as store:
        with pytest.raises(StoreLocked):
            restore(backup, folder, force=True)
        store.replace(GRAPH, named("Kyiv"))
    with open_store(folder) as store:
        assert store.quads(GRAPH) == named("Kyiv")


@pytest.mark.parametrize("how", ["changed", "gone", "added"])
def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path, how: str) -> None:
    path = backup / "oxigraph" / ("more.sst" if how == "added" else "CURRENT")
    if how == "gone":
        path.unlink()
    else:
        path.write_text("another")
    with pytest.raises(StoreError, match=f"is damaged: oxigraph/{path.name} is not as it was"):
        restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_backup_that_was_used_as_a_store_is_one(backup: Path, tmp_path: Path) -> None:
    with open_store(backup) as store:
        assert store.quads(GRAPH) == named("Odesa")
    with pytest.raises(StoreError, match="was opened as a store since it was made"):
        restore(backup, tmp_path / "again")


def test_what_is_no_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    for place in (folder, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="is no backup: it has no SHA256SUMS"):
            restore(place, tmp_path / "again")
