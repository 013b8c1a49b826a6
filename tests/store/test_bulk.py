"""What goes past the transactions of a store in a folder: large puts and loads, and what a kill or a fault leaves."""

import io
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store import sound
from kg.store.embedded import BULK, EmbeddedStore
from kg.store.rdf_files import PIECE, load

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
GRAPHS = 4
SIZE = 2_000
FIND = "SELECT ?n { ?n <https://w3id.org/conflictkg/ns/text#matches> %r }"

WRITER = """
import sys
from pathlib import Path
from kg.store import open_store
from kg.store.rdf_files import load
from tests.store.test_bulk import batch
folder = Path(sys.argv[1])
with open_store(folder) as store:
    print("open", flush=True)
    for n in range(int(sys.argv[2]), 10_000):
        if n % 2:
            store.put(batch(n))
        else:
            file = folder.with_name("some.nq")
            file.write_bytes(b"".join(batch(n).values()))
            load(store, file.open("rb"), "nq", where="some.nq")
"""


def batch(number: int) -> dict[str, bytes]:
    """Graphs that are large enough for the bulk loader; half of what each says the others say too."""
    graphs = {}
    for graph in range(GRAPHS):
        name = f"https://example.org/graph/{number}/{graph}"
        said = [f"in all of {number} {n}" for n in range(SIZE // 2)] + [f"in {name} {n}" for n in range(SIZE // 2)]
        nodes = [NamedNode(f"https://example.org/a-node-with-a-long-name/{n}") for n in range(SIZE)]
        quads = [Quad(node, LABEL, Literal(text), NamedNode(name)) for node, text in zip(nodes, said, strict=True)]
        graphs[name] = "".join(f"{quad} .\n" for quad in quads).encode()
    assert sum(map(len, graphs.values())) > BULK
    return graphs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path / "store") as opened:
        yield opened


def count(store: EmbeddedStore) -> int:
    (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    return int(row["n"].value)


def faults(store: EmbeddedStore) -> list[object]:
    return [*sound.needless(store), *sound.lacking(store), *sound.words(store), *sound.leftovers(store)]


def test_a_large_put_is_as_many_small_ones(store: EmbeddedStore) -> None:
    store.put(batch(1))
    store.publish()
    assert b"".join(store.dump()) == b"".join(b"".join(sorted(g.splitlines(True))) for g in batch(1).values())
    assert count(store) == SIZE // 2 + GRAPHS * SIZE // 2
    assert faults(store) == []
    assert len(list(store.query(FIND % "in all of 1 999").rows())) == 1
    store.put(dict.fromkeys(batch(1), b""))
    store.publish()
    assert (store.graphs(), count(store), faults(store)) == ([], 0, [])


def test_a_large_put_that_is_refused_changes_nothing(store: EmbeddedStore) -> None:
    graphs = batch(1)
    last = list(graphs)[-1]
    graphs[last] += f'<relative> {LABEL} "unheard" <{last}> .\n'.encode()
    with pytest.raises(StoreError, match="No scheme found"):
        store.put(graphs)
    store.replace("https://example.org/graph", [Quad(NamedNode("https://example.org/a"), LABEL, Literal("heard"))])
    store.flush()
    assert faults(store) == []
    assert count(store) == 1


def test_a_line_far_into_a_file_is_told(store: EmbeddedStore) -> None:
    content = b"".join(batch(1).values())
    assert len(content) > 1.2 * PIECE
    odd = content + f'\n<relative> {LABEL} "x" <https://example.org/g> .\n'.encode() + content
    line = GRAPHS * SIZE + 2
    with pytest.raises(StoreError, match=f"some.nq, line {line}: No scheme found"):
        load(store, io.BufferedReader(io.BytesIO(odd)), "nq", where="some.nq")
    store.flush()
    assert (store.graphs(), faults(store)) == ([], [])


def test_blank_nodes_of_two_files_stay_apart(store: EmbeddedStore) -> None:
    for name in "ab":
        content = f'_:x {LABEL} "{name}" <https://example.org/g> .\n_:x {LABEL} "of {name}" <https://example.org/h> .\n'
        load(store, io.BufferedReader(io.BytesIO(content.encode())), "nq", where="some.nq")
    same = f'SELECT ?n {{ ?s {LABEL} "a", ?n }}'
    assert sorted(row["n"].value for row in store.query(same).rows()) == ["a", "of a"]


def test_a_kill_leaves_whole_batches_and_all_that_belongs_to_them(tmp_path: Path) -> None:
    rng, begun = random.Random(11), 0
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "store"), str(begun)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        time.sleep(rng.uniform(0.1, 1.2))
        writer.kill()
        writer.communicate()
        with EmbeddedStore(tmp_path / "store") as store:
            store.flush()
            there = sorted({int(graph.split("/")[-2]) for graph in store.graphs()})
            assert there == list(range(len(there)))
            assert len(store.graphs()) == GRAPHS * len(there)
            assert count(store) == len(there) * (SIZE // 2 + GRAPHS * SIZE // 2)
            assert faults(store) == []
        begun = len(there)
    assert begun
