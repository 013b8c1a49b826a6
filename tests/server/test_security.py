"""Attacks on the server, and on others through it: each ends in a refusal, and reaches nobody."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.store import open_store
from tests.server.serving import (
    EXAMPLE,
    POINT,
    TOKEN,
    TURTLE,
    UPDATE,
    WRITER,
    Served,
    ask,
    listening,
    members,
    of_role,
    serving,
    small_store,
    start,
    until,
    update,
    values,
)
from tests.server.test_guard import CALLS

HIT = "INSERT { GRAPH <urn:hit> { <urn:a> <urn:b> <urn:c> } } WHERE"
SELECTS = sorted(name for name, query in CALLS.items() if "select *" in query.lower())
LOADS = {
    "plain": "LOAD <@doc>",
    "silent": "LOAD SILENT <@doc>",
    "into a graph": "LOAD <@doc> INTO GRAPH <urn:hit>",
    "lower case": "load <@doc> into graph <urn:hit>",
    "escaped address": "LOAD <http:\\u002F\\u002F127.0.0.1:@port/doc>",
    "escaped word": "\\u004COAD <@doc>",
    "base": "BASE <@> LOAD <doc>",
    "prefixed name": "PREFIX p: <@> LOAD p:doc",
    "after another operation": "INSERT DATA { GRAPH <urn:hit> { <urn:a> <urn:b> <urn:c> } } ; LOAD <@doc>",
    "behind a carriage return": "# \rLOAD <@doc>",
    "decimal address": "LOAD <http://2130706433:@port/doc>",
    "file": "LOAD <file:///etc/passwd>",
}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SCRIPT = "<script>alert(1)</script>"
BASE = "https://w3id.org/conflictkg/id/"
TENFOLD = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
LAUGHS = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a0 "ha ha ha ha ha ha ha ha ha ha">{TENFOLD}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="urn:s"><p xmlns="urn:">&a9;</p></rdf:Description>
</rdf:RDF>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "@">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="urn:s"><p xmlns="urn:">&a;</p></rdf:Description>
</rdf:RDF>"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("secure") / "store", 200)


@pytest.fixture(scope="module")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("logs") / "access.jsonl"
    options = ("--allow-origin", "https://editor.example", "--access-log", str(log))
    with serving(store, "--timeout", "5", "--memory", "200MB", *options) as served:
        yield served


@pytest.fixture(scope="module")
def log(served: Served) -> Path:
    """The access log of the server."""
    words = served.process.args
    assert isinstance(words, list)
    return Path(words[words.index("--access-log") + 1])


@pytest.fixture(scope="module")
def reading(store: Path, served: Served) -> Iterator[Served]:
    """A server that only reads, beside the one that writes."""
    del served
    with serving(store, "--log-queries", "--access-log", str(store.parent / "reading.jsonl"), token="") as reading:
        yield reading


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """The port of another server, and the requests that it gets."""
    with listening() as found:
        yield found


def aimed(text: str, port: int) -> str:
    return text.replace("@port", str(port)).replace("@", f"http://127.0.0.1:{port}/")


def graphs(client: httpx.Client) -> set[str]:
    return set(values(ask(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")))


@pytest.mark.parametrize("name", SELECTS)
def test_service_in_an_update_is_refused(served: Served, listener: tuple[int, list[str]], name: str) -> None:
    port, calls = listener
    query = CALLS[name].replace("select *", "SELECT *").replace("SELECT *", HIT, 1)
    with served.client() as client:
        answer = update(client, aimed(query, port))
        assert answer.status_code in (400, 403)
        patch = client.patch("/store?graph=urn:hit", content=aimed(query, port), headers=UPDATE)
        assert patch.status_code in (400, 403)
        assert "urn:hit" not in graphs(client)
    assert calls == []


@pytest.mark.parametrize("name", LOADS)
def test_load_is_refused(served: Served, listener: tuple[int, list[str]], name: str) -> None:
    port, calls = listener
    with served.client() as client:
        answer = update(client, aimed(LOADS[name], port))
        assert answer.status_code == 403 or (name == "escaped word" and answer.status_code == 400)
        patch = client.patch("/store?graph=urn:hit", content=aimed(LOADS[name], port), headers=UPDATE)
        assert patch.status_code in (400, 403)
        assert "urn:hit" not in graphs(client), "what stands before it is not done either"
    assert calls == []


def test_graph_that_names_another_server_as_its_context_reaches_nobody(
    served: Served, listener: tuple[int, list[str]]
) -> None:
    port, calls = listener
    body = json.dumps({"@context": f"http://127.0.0.1:{port}/context", "@id": "urn:s", "urn:p": "o"})
    with served.client() as client:
        headers = TURTLE | {"Content-Type": "application/ld+json"}
        assert client.put("/store?graph=urn:hit", content=body, headers=headers).status_code == 400
        headers = TURTLE | {"Content-Type": "application/rdf+xml"}
        body = OUTSIDE.replace("@", f"http://127.0.0.1:{port}/entity")
        assert client.put("/store?graph=urn:hit", content=body, headers=headers).status_code == 400
    assert calls == []


def test_evaluators_are_in_a_network_of_their_own(served: Served) -> None:
    if subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system forbids a process a network of its own")
    own = Path("/proc/self/ns/net").readlink()
    found = of_role(served.run, "evaluator")
    assert found
    assert own not in {Path(f"/proc/{pid}/ns/net").readlink() for pid in found}


@dataclass(frozen=True, slots=True)
class Allowing:
    """A server of ours that may ask another, and that other: its port, what it was asked, and its answers."""

    port: int
    calls: list[str]
    answers: dict[str, tuple[int, dict[str, str], bytes]]
    served: Served


@pytest.fixture(scope="module")
def allowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Allowing]:
    folder = small_store(tmp_path_factory.mktemp("allowing") / "store", 100)
    table = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from afar"}}]}}'
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {
        "/sparql": (200, {"Content-Type": "application/sparql-results+json"}, table),
        "/doc": (200, {"Content-Type": "text/turtle"}, b"<#s> <urn:p> 'loaded' ."),
        "/broken": (200, {"Content-Type": "text/turtle"}, b"<#s> <urn:p> 'loaded"),
        "/round": (302, {"Location": "/round"}, b""),
        "/on": (302, {"Location": "/doc"}, b""),
    }
    with listening(answers) as (port, calls):
        allowed = ("--allow-service", f"127.0.0.1:{port}", "--allow-service", f"localhost:{port}")
        with serving(folder, *allowed, "--timeout", "5") as served:
            yield Allowing(port, calls, answers, served)


def test_allowed_server_is_asked(allowing: Allowing) -> None:
    query = f"SELECT ?x {{ SERVICE <http://127.0.0.1:{allowing.port}/sparql> {{ ?s ?p ?x }} }}"
    with allowing.served.client() as client:
        assert values(ask(client, query)) == ["from afar"]
        assert "/sparql" in allowing.calls


def test_allowed_server_is_asked_in_an_update(allowing: Allowing) -> None:
    where = f"SERVICE <http://127.0.0.1:{allowing.port}/sparql> {{ ?s ?p ?x }}"
    with allowing.served.client() as client:
        answer = update(client, f"INSERT {{ GRAPH <urn:afar> {{ <urn:s> <urn:p> ?x }} }} WHERE {{ {where} }}")
        assert answer.status_code == 200, answer.text
        assert values(ask(client, "SELECT ?o { GRAPH <urn:afar> { ?s ?p ?o } }")) == ["from afar"]


def test_allowed_document_is_loaded(allowing: Allowing) -> None:
    with allowing.served.client() as client:
        for path, graph in (("doc", "urn:loaded"), ("on", "urn:redirected")):
            answer = update(client, f"LOAD <http://127.0.0.1:{allowing.port}/{path}> INTO GRAPH <{graph}>")
            assert answer.status_code == 200, answer.text
            assert values(ask(client, f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")) == ["loaded"]


def test_document_that_can_not_be_read_changes_nothing(allowing: Allowing) -> None:
    with allowing.served.client() as client:
        for path in ("broken", "missing", "round"):
            answer = update(client, f"LOAD <http://127.0.0.1:{allowing.port}/{path}> INTO GRAPH <urn:broken>")
            assert answer.status_code == 400, answer.text
        assert "urn:broken" not in graphs(client)


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST"])
def test_allowed_name_that_leads_to_a_private_address_is_not_asked(allowing: Allowing, name: str) -> None:
    """Who may change a name server's answer must not reach what only this machine reaches."""
    asked = len(allowing.calls)
    with allowing.served.client() as client:
        answer = ask(client, f"SELECT ?x {{ SERVICE <http://{name}:{allowing.port}/sparql> {{ ?s ?p ?x }} }}")
        assert answer.status_code == 403
        assert "not a public address" in answer.text
        assert update(client, f"LOAD <http://{name}:{allowing.port}/doc>").status_code == 403
    assert len(allowing.calls) == asked


def test_server_that_is_not_allowed_is_not_asked(allowing: Allowing, listener: tuple[int, list[str]]) -> None:
    port, calls = listener
    with allowing.served.client() as client:
        for address in (
            f"http://127.0.0.1:{port}/",
            f"http://127.0.0.1:{allowing.port}@127.0.0.1:{port}/",
            f"http://2130706433:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/",
            f"http://0.0.0.0:{port}/",
        ):
            answer = ask(client, f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?x }} }}")
            assert answer.status_code in (400, 403), (address, answer.text)
            assert update(client, f"LOAD SILENT <{address}>").status_code in (400, 403)
    assert calls == []


@pytest.mark.parametrize("name", CALLS)
def test_call_of_another_server_is_refused_where_one_is_allowed(
    allowing: Allowing, listener: tuple[int, list[str]], name: str
) -> None:
    """Evaluators that have a network rely on the word alone."""
    port, calls = listener
    with allowing.served.client() as client:
        assert ask(client, aimed(CALLS[name], port)).status_code in (400, 403)
    assert calls == []


def test_redirection_of_an_allowed_server_leads_to_no_other(
    allowing: Allowing, listener: tuple[int, list[str]]
) -> None:
    port, calls = listener
    allowing.answers["/away"] = (302, {"Location": f"http://127.0.0.1:{port}/doc"}, b"")
    with allowing.served.client() as client:
        assert update(client, f"LOAD <http://127.0.0.1:{allowing.port}/away>").status_code == 403
        ask(client, f"SELECT ?x {{ SERVICE <http://127.0.0.1:{allowing.port}/away> {{ ?s ?p ?x }} }}")
        ask(client, f"SELECT ?x {{ SERVICE SILENT <http://127.0.0.1:{allowing.port}/away> {{ ?s ?p ?x }} }}")
    assert calls == []


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


def test_access_log_tells_who_and_what_but_not_the_query(served: Served, log: Path) -> None:
    with served.client() as client:
        client.get("/sparql", params={"query": f"{POINT} # a-secret-of-somebody"})
        ask(client, f"{POINT} # a-secret-of-somebody")
        update(client, "INSERT DATA { } # a-secret-of-somebody")
    until(lambda: '"/update"' in log.read_text().splitlines()[-1], what="the line of the last request")
    line = json.loads(log.read_text().splitlines()[-1])
    told = {name: line[name] for name in ("client", "method", "path", "status")}
    assert told == {"client": "127.0.0.1", "method": "POST", "path": "/update", "status": 200}
    assert line.keys() - told.keys() == {"time", "bytes", "ms"}
    assert "a-secret-of-somebody" not in log.read_text()


def test_access_log_tells_the_query_where_that_is_wanted(reading: Served, store: Path) -> None:
    with reading.client() as client:
        client.get("/sparql", params={"query": f"{POINT} # a-word-to-look-for"})
    until(lambda: "a-word-to-look-for" in (store.parent / "reading.jsonl").read_text(), what="the line")


def test_line_of_the_access_log_can_not_be_forged(served: Served, log: Path) -> None:
    with served.client() as client:
        client.get("/x%0A%7B%22forged%22:1%7D", headers={"X-Forwarded-For": "9.9.9.9"})
    until(lambda: "forged" in log.read_text(), what="the line")
    last = json.loads(log.read_text().splitlines()[-1])
    assert last["client"] == "127.0.0.1"
    assert "forged" not in last


@pytest.fixture(scope="module")
def scripted(served: Served) -> Iterator[Served]:
    """A server whose store has scripts wherever someone may write text, and IRIs that run when followed."""
    label, kind = "http://www.w3.org/2000/01/rdf-schema#label", "https://w3id.org/conflictkg/ns#"
    body = f"""
        <{BASE}entity/x'onmouseover=alert(1)> a <{kind}Entity> ;
            <{label}> "{SCRIPT}", "\\"><img src=x onerror=alert(1)>" ;
            <{kind}note> "{SCRIPT}" ; <{kind}{"x'y"}> <javascript:alert(1)>, <data:text/html,alert(1)> ;
            <http://www.w3.org/2002/07/owl#sameAs> <javascript:alert(2)> .
        <{BASE}article/a> a <{kind}Article> ; <http://purl.org/dc/terms/title> "{SCRIPT}" ; <{label}> "{SCRIPT}" ;
            <http://purl.org/dc/terms/source> <javascript:alert(3)> ; <https://schema.org/url> <javascript:alert(4)> ;
            <{kind}text> "{SCRIPT}" .
        <{BASE}claim/c> a <{kind}Claim> ; <{label}> "{SCRIPT}" ; <{kind}about> <{BASE}entity/x'onmouseover=alert(1)> ;
            <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}article/a> .
    """
    with served.client() as client:
        answer = client.put("/store?graph=urn:scripts", content=body.encode(), headers=TURTLE)
        assert answer.status_code == 201, answer.text
        yield served
        client.delete("/store?graph=urn:scripts", headers=TURTLE)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/sparql", "/id/entity/x'onmouseover=alert(1)", "/id/article/a", "/id/claim/c", f"/id/{SCRIPT}",
        f"/graph/{SCRIPT}", f"/{SCRIPT}", f"/search?q={SCRIPT}", f"/search?words={SCRIPT}", f"/?q={SCRIPT}",
        f"/sparql?query={SCRIPT}&format=html", f"/ns/{SCRIPT}", f"/store?graph={SCRIPT}", f"/static/{SCRIPT}",
    ],
)  # fmt: skip
def test_page_runs_nobody_s_script(scripted: Served, path: str) -> None:
    with scripted.client() as client:
        answer = client.get(path, headers=BROWSER)
    if "html" in answer.headers["Content-Type"]:
        assert SCRIPT not in answer.text
        assert "<img src=x" not in answer.text
        for attribute in ("href", "src", "action"):
            for quote in "\"'":
                assert f"{attribute}={quote}javascript:" not in answer.text
                assert f"{attribute}={quote}data:text/html" not in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        assert {"base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_show_what_scripts_say(scripted: Served) -> None:
    """They are escaped, not left out: else the tests above would see nothing."""
    with scripted.client() as client:
        page = client.get("/id/entity/x'onmouseover=alert(1)", headers=BROWSER).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE.replace("@", "file:///etc/passwd")], ids=["laughs", "file"])
def test_entities_of_xml_do_no_harm(served: Served, body: str) -> None:
    with served.client() as client:
        began = time.monotonic()
        headers = TURTLE | {"Content-Type": "application/rdf+xml"}
        answer = client.put("/store?graph=urn:hit", content=body, headers=headers)
        assert answer.status_code in (400, 413, 503), answer.text
        assert time.monotonic() - began < 8
        assert "urn:hit" not in graphs(client)
        assert "root:" not in answer.text


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


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&format=json%0D%0AX-Forged:%201"),
        ("PUT", "/store?graph=urn:a%0D%0AX-Forged:%201"),
        ("PUT", "/store/a%0D%0AX-Forged:%201"),
        ("GET", "/id/x%0D%0AX-Forged:%201"),
        ("GET", "/graph/x%0D%0AX-Forged:%201.ttl"),
        ("GET", "/%0D%0AX-Forged:%201/"),
        ("GET", "/sparql%0D%0AX-Forged:%201"),
    ],
)
def test_no_header_is_forged(served: Served, method: str, address: str) -> None:
    with served.client() as client:
        answer = client.request(
            method, address, headers=TURTLE, content=b"<urn:s> <urn:p> 1 ." if method == "PUT" else b""
        )
        assert "X-Forged" not in answer.headers
        assert answer.status_code < 500
        if answer.status_code == 201:
            assert "\n" not in answer.headers["Location"]
            client.delete(address, headers=WRITER)


@pytest.mark.parametrize("address", ["//evil.example/", "//evil.example/%2e%2e", "/%5Cevil.example/"])
def test_no_redirection_leads_away(served: Served, address: str) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=20)) as sock:
        sock.sendall(f"GET {address} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        head = b"".join(iter(lambda: sock.recv(1 << 16), b"")).partition(b"\r\n\r\n")[0].decode().lower()
    assert "location: //evil" not in head
    assert "location: /\\evil" not in head
    assert "location: http://evil" not in head


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    listening_at = []
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state == "0A" and int(local.partition(":")[2], 16) == served.port:
            listening_at.append(local.partition(":")[0])
    assert set(listening_at) == {"0100007F"}
    assert not [line for line in Path("/proc/net/tcp6").read_text().splitlines() if f":{served.port:04X} " in line]


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /%FF%FE HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /id/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\nAccept: \xff\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a b\"<>\r\n\r\n",
        b"GET /store/x HTTP/1.1\r\nHost: a\"<>\r\n\r\n",
        b"PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)  # fmt: skip
def test_broken_request_is_not_the_server_s_fault(served: Served, said: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=5)) as sock:
        sock.sendall(said)
        sock.shutdown(socket.SHUT_WR)
        try:
            found = sock.recv(1 << 16)
        except ConnectionResetError:
            found = b""
    assert not found or int(found.split()[1]) < 500, found[:300]
    with served.client() as client:
        assert client.get("/readyz").status_code == 200


def test_backups_are_stores(served: Served, store: Path) -> None:
    with served.client() as client:
        assert client.post("/admin/backup", data={"name": "a-backup"}, headers=WRITER).status_code == 201
        number = int(values(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[0])
    with open_store(store.parent / "a-backup", read_only=True) as copy:
        (row,) = copy.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
        assert int(row["n"].value) == number


def test_nobody_but_the_owner_reads_what_a_writer_sends(served: Served) -> None:
    assert {path.stat().st_uid for path in served.rundir.iterdir()} == {os.getuid()}
