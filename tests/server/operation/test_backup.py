"""Backups are whole while the store is written to."""

import threading
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store
from tests.server.operation.life import insert
from tests.server.serving import LABEL, WRITER, serving, until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_backup_while_it_is_written_to(store: Path) -> None:
    with serving(store) as served, served.client() as client:
        acknowledged: list[str] = []
        ended = threading.Event()

        def keep_writing() -> None:
            with served.client() as writer:
                while not ended.is_set():
                    name = f"b{len(acknowledged)}"
                    if insert(writer, name).status_code == 200:
                        acknowledged.append(name)

        thread = threading.Thread(target=keep_writing)
        thread.start()
        try:
            until(lambda: len(acknowledged) > 3)
            copies = []
            for number in range(3):
                written = list(acknowledged)
                answer = client.post("/admin/backup", data={"name": f"copy{number}"}, headers=WRITER)
                assert (answer.status_code, answer.text) == (201, f"copy{number}\n")
                copies.append((store.parent / f"copy{number}", written))
        finally:
            ended.set()
            thread.join()
        assert len(acknowledged) > 3
    for folder, written in copies:
        with open_store(folder) as copy:
            graphs = set(copy.graphs())
            assert {f"urn:g:{name}" for name in written} <= graphs
            (row,) = copy.query(COUNT).rows()
            assert int(row["n"].value) == 500 + len(graphs) - 10
            assert list(copy.query(f'SELECT ?s {{ ?s <{LABEL.value}> "label number7" }}').rows())
            copy.replace("urn:g:more", [Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("more"))])
