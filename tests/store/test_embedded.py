"""What only a store in a folder does: its lock, its format, and what a kill leaves behind."""

import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError, StoreLocked
from kg.store import open_store

GRAPH = "https://example.org/graph/a"
KEEP = "https://example.org/graph/b"
SIZE = 1500

HOLDER = """
import sys, time
from kg.store import open_store
store = open_store(sys.argv[1], read_only=sys.argv[2] == "read")
print("open", flush=True)
time.sleep(60)
"""
WRITER = """
import sys
from kg.store import open_store
from tests.store.test_embedded import GRAPH, version
with open_store(sys.argv[1]) as store:
    for n in range(10_000):
        store.replace(GRAPH, version("AB"[n % 2]))
        print(n, flush=True)
"""


def version(name: str) -> list[Quad]:
    """A graph of SIZE quads that all say which version they are of, but for one that both versions share."""
    said = [Literal(f"{name} {n}") for n in range(SIZE - 1)] + [Literal("both")]
    subject, predicate = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
    return sorted((Quad(subject, predicate, text, NamedNode(GRAPH)) for text in said), key=str)


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store") as store:
        store.replace(KEEP, [quad for quad in version("A") if "A 1" in str(quad)])
    return tmp_path / "store"


@pytest.mark.parametrize(("held", "read_only"), [("write", False), ("read", False)])
def test_another_process_keeps_a_store_locked(folder: Path, held: str, read_only: bool) -> None:
    holder = start(HOLDER, str(folder), held)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    told = f"process {holder.pid} is writing to it" if held == "write" else "another process is reading it"
    try:
        with pytest.raises(StoreLocked, match=told):
            open_store(folder, read_only=read_only)
    finally:
        holder.kill()
        holder.communicate()
    open_store(folder, read_only=read_only).close()


def test_beside_a_writer_one_reads_what_it_has_published(folder: Path) -> None:
    with open_store(folder) as writer:
        with open_store(folder, read_only=True) as reader:
            assert reader.graphs() == [KEEP]
            writer.replace(GRAPH, version("A"))
            writer.flush()
            assert reader.graphs() == [KEEP], "what is open stays as it is"
        with open_store(folder, read_only=True) as reader:
            assert reader.quads(GRAPH) == version("A")


def test_what_is_written_is_published_within_a_second(folder: Path) -> None:
    with open_store(folder) as writer:
        writer.replace(GRAPH, version("A"))
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            with open_store(folder, read_only=True) as reader:
                if reader.quads(GRAPH):
                    return
            time.sleep(0.05)
    raise AssertionError("a reader never saw it")


def test_a_store_of_an_older_format_is_brought_to_this_one(folder: Path) -> None:
    (folder / "FORMAT").write_text("conflictkg store 1\n")
    shutil.rmtree(folder / "published")
    for file in folder.glob("text.sqlite*"):
        file.unlink()
    with open_store(folder, read_only=True) as store:
        assert store.graphs() == [KEEP]
    with open_store(folder) as store:
        assert store.graphs() == [KEEP]
    assert (folder / "FORMAT").read_text() == "conflictkg store 2\n"
    assert (folder / "published" / "current").read_text() == "1\n"


def test_texts_are_found_as_long_as_they_are_there(folder: Path) -> None:
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    query = "SELECT ?n { ?n <https://w3id.org/conflictkg/ns/text#matches> 'zaporizhzhia' }"
    with open_store(folder) as store:
        store.replace(GRAPH, [Quad(NamedNode("https://example.org/z"), label, Literal("Zaporizhzhia"))])
        assert [row["n"].value for row in store.query(query).rows()] == ["https://example.org/z"]
    with open_store(folder, read_only=True) as store:
        assert len(list(store.query(query).rows())) == 1
    with open_store(folder) as store:
        store.remove(GRAPH)
        assert list(store.query(query).rows()) == []


def test_two_may_read(folder: Path) -> None:
    with open_store(folder, read_only=True) as one, open_store(folder, read_only=True) as two:
        assert one.graphs() == two.graphs() == [KEEP]


def test_the_same_process_opens_a_store_once_for_writing(folder: Path) -> None:
    with open_store(folder), pytest.raises(StoreLocked):
        open_store(folder)


def test_what_was_written_is_there_after_closing(folder: Path) -> None:
    with open_store(folder) as store:
        store.replace(GRAPH, version("A"))
    with open_store(folder, read_only=True) as store:
        assert store.quads(GRAPH) == version("A")


def test_a_kill_leaves_the_old_graph_or_the_new(folder: Path) -> None:
    rng = random.Random(7)
    for _ in range(4):
        writer = start(WRITER, str(folder))
        assert writer.stdout is not None
        for _ in range(3):  # by then it has replaced one version by the other
            writer.stdout.readline()
        time.sleep(rng.uniform(0, 0.3))
        writer.kill()
        writer.communicate()
        with open_store(folder) as store:
            found = store.quads(GRAPH)
            assert found in (version("A"), version("B"))
            distinct = {quad.triple for quad in found + store.quads(KEEP)}
            (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
            assert int(row["n"].value) == len(distinct)


def test_threads_lose_no_update(folder: Path) -> None:
    with open_store(folder) as store:

        def write(start: int) -> None:
            for n in range(start, start + 25):
                store.replace(f"https://example.org/graph/{n}", version("A")[n : n + 1])

        threads = [threading.Thread(target=write, args=(first,)) for first in (0, 25, 50, 75)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.graphs()) == 101
        (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
        assert int(row["n"].value) == len({q.triple for g in store.graphs() for q in store.quads(g)})


def test_reading_needs_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store at .*nowhere: build one with `kg build`"):
        open_store(tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a store")
    with pytest.raises(StoreError, match="is a file, and a store is a folder"):
        open_store(tmp_path / "notes.txt")


def test_a_folder_below_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a store")
    with pytest.raises(StoreError, match="can't be used as a store"):
        open_store(tmp_path / "notes.txt" / "store")


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work")
    with pytest.raises(StoreError, match="holds other files and is no store"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_another_format_is_told_apart(folder: Path) -> None:
    (folder / "FORMAT").write_text("conflictkg store 99\n")
    with pytest.raises(StoreError, match="has the format 'conflictkg store 99' and this version reads"):
        open_store(folder)


def test_a_broken_database_is_told(folder: Path) -> None:
    for path in (folder / "oxigraph").glob("MANIFEST-*"):
        path.write_bytes(b"broken")
    with pytest.raises(StoreError, match="can't be opened"):
        open_store(folder)
    with pytest.raises(StoreError, match="can't be opened"):
        open_store(folder)


def test_a_closed_store_says_so(folder: Path) -> None:
    store = open_store(folder)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="has been closed"):
        store.graphs()


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(StoreError, match="a store is a folder or an address like"):
        open_store("postgres://localhost/kg")
