"""No path and no name of a backup leads to another file."""

import os
import socket
from contextlib import closing
from pathlib import Path

import pytest

from kg.store import open_store
from tests.server.serving import POINT, WRITER, Served, ask, values


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2Fapp.py", "/static/%2e%2e/app.py", "/static/%2e%2e%2fapp.py",
        "/static/..%5Capp.py", "/static//etc/passwd", "/static/%2Fetc%2Fpasswd", "/static/....//app.py",
        "/static/..%252Fapp.py", "/static/style.css%00.py", "/../../../../etc/passwd",
    ],
)  # fmt: skip
def test_path_leads_to_no_other_file(served: Served, path: str) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=20)) as sock:
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        found = b"".join(iter(lambda: sock.recv(1 << 16), b""))
    assert found.split()[1] in (b"400", b"403", b"404", b"308")
    assert b"create_app" not in found
    assert b"root:" not in found


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "/tmp/x", "a/b", "a\\..\\b/c", ".hidden", "..%2Fx", "x\x00y", "x\ny", "a" * 300]
)
def test_backup_goes_nowhere_else(served: Served, store: Path, name: str) -> None:
    before = sorted(store.parent.iterdir())
    with served.client() as client:
        answer = client.post("/admin/backup", data={"name": name}, headers=WRITER)
    assert answer.status_code == 400, answer.text
    assert sorted(store.parent.iterdir()) == before


def test_backup_overwrites_nothing(served: Served, store: Path) -> None:
    with served.client() as client:
        answer = client.post("/admin/backup", data={"name": store.name}, headers=WRITER)
        assert answer.status_code >= 400
        assert "name a new folder" in answer.text
        assert values(ask(client, POINT)) == ["14"]


def test_backups_are_stores(served: Served, store: Path) -> None:
    with served.client() as client:
        assert client.post("/admin/backup", data={"name": "a-backup"}, headers=WRITER).status_code == 201
        number = int(values(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[0])
    with open_store(store.parent / "a-backup", read_only=True) as copy:
        (row,) = copy.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
        assert int(row["n"].value) == number


def test_nobody_but_the_owner_reads_what_a_writer_sends(served: Served) -> None:
    assert {path.stat().st_uid for path in served.rundir.iterdir()} == {os.getuid()}
