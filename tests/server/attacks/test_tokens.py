"""Who writes has the token and is on no page of another site; nobody else learns the token."""

from pathlib import Path

import pytest

from tests.server.attacks.aims import graphs
from tests.server.processes import members
from tests.server.serving import EXAMPLE, POINT, TOKEN, TURTLE, UPDATE, WRITER, Served, ask, start, update

AS_UPDATE, AS_TURTLE = ({"Content-Type": said["Content-Type"]} for said in (UPDATE, TURTLE))
WRITES = [
    ("POST", "/update", {"content": "INSERT DATA { <urn:s> <urn:p> 1 }", "headers": AS_UPDATE}),
    ("POST", "/sparql", {"data": {"update": "CLEAR ALL"}}),
    ("PUT", "/store?graph=urn:hit", {"content": "<urn:s> <urn:p> 1 .", "headers": AS_TURTLE}),
    ("POST", "/store", {"content": "<urn:s> <urn:p> 1 .", "headers": AS_TURTLE}),
    ("DELETE", f"/store?graph={EXAMPLE}graph/g0", {}),
    ("PATCH", "/store?graph=urn:hit", {"content": "CLEAR ALL", "headers": AS_UPDATE}),
    ("POST", "/admin/backup", {"data": {"name": "stolen"}}),
]  # fmt: skip
NAMES = [f"{method} {address}" for method, address, _ in WRITES]


@pytest.mark.parametrize(("method", "address", "sent"), WRITES, ids=NAMES)
@pytest.mark.parametrize(
    "shown",
    [
        "", "Bearer", "Bearer wrong-token-of-some-length", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
        f"Basic {TOKEN}", TOKEN, "Bearer ключ-que-n-est-pas-ASCII",
    ],
)  # fmt: skip
def test_without_the_token_nobody_writes(served: Served, method: str, address: str, sent: dict, shown: str) -> None:
    headers = {key: value.encode() for key, value in sent.get("headers", {}).items()}
    headers |= {"Authorization": shown.encode()} if shown else {}
    with served.client() as client:
        answer = client.request(method, address, **sent | {"headers": headers})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="kg"'
        assert TOKEN not in answer.text
        assert len(graphs(client)) == 4


@pytest.mark.parametrize(("method", "address", "sent"), WRITES, ids=NAMES)
def test_server_without_a_token_takes_no_writes(reading: Served, method: str, address: str, sent: dict) -> None:
    with reading.client() as client:
        headers = {**sent.get("headers", {}), **WRITER}
        assert client.request(method, address, **sent | {"headers": headers}).status_code == 403
        assert client.request(method, address, **sent).status_code == 403


@pytest.mark.parametrize(("method", "address", "sent"), WRITES, ids=NAMES)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_page_of_another_site_does_not_write(
    served: Served, method: str, address: str, sent: dict, origin: str
) -> None:
    with served.client() as client:
        for token in ({}, WRITER):
            headers = {**sent.get("headers", {}), **token, "Origin": origin}
            answer = client.request(method, address, **sent | {"headers": headers})
            assert answer.status_code in (401, 403)
            assert answer.status_code == 403 or not token
            assert "Access-Control-Allow-Origin" not in answer.headers
        assert len(graphs(client)) == 4


def test_page_of_this_site_and_of_one_that_is_allowed_may_write(served: Served) -> None:
    with served.client() as client:
        for origin in (served.address, "https://editor.example"):
            assert update(client, "INSERT DATA { }", Origin=origin).status_code == 200


def test_any_page_may_read_and_none_may_send_a_token(served: Served) -> None:
    origin = {"Origin": "https://reader.example"}
    with served.client() as client:
        assert ask(client, POINT, **origin).headers["Access-Control-Allow-Origin"] == "*"
        assert client.get("/", headers=origin).headers["Access-Control-Allow-Origin"] == "*"
        for path in ("/sparql", "/update", "/store", "/admin/backup"):
            asked = origin | {
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization",
            }
            preflight = client.options(path, headers=asked)
            assert "authorization" not in preflight.headers.get("Access-Control-Allow-Headers", "").lower()
            assert "Access-Control-Allow-Credentials" not in preflight.headers


def test_short_token_is_refused_at_the_start(store: Path, tmp_path: Path) -> None:
    for content in ("short", "", "fifteen-letters", "é" * 20):
        file = tmp_path / "token"
        file.write_text(content)
        process = start(store, "--token-file", str(file), run=tmp_path)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (2, "")
        assert "a token has at least 16 characters of ASCII" in err


def test_token_is_nowhere_to_be_read(served: Served, log: Path) -> None:
    with served.client() as client:
        update(client, "INSERT DATA { }")
        answers = [client.get(path, headers=WRITER) for path in ("/", "/sparql", "/metrics", "/openapi.json", "/store")]
    assert not any(TOKEN in answer.text for answer in answers)
    assert TOKEN not in log.read_text()
    found = members(served.run)
    assert len(found) > 5
    for pid in found:
        assert TOKEN not in Path(f"/proc/{pid}/cmdline").read_text()
        assert TOKEN not in Path(f"/proc/{pid}/environ").read_text()
    assert served.rundir.stat().st_mode & 0o077 == 0, "nobody else reads the folder of its settings and sockets"
