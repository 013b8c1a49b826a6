"""Answers are sent as they come: soon, in little memory, as fast as they are read; and broken ones are seen to be."""

import gzip
import json
import os
import signal
import socket
import time
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store
from tests.server.processes import busiest, of_role
from tests.server.serving import EXAMPLE, QUERY, Served, ask, connected, sample, serving, until, values

ROWS = 400
WORDS = "long " * 200
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
# Of 4,800 bytes a row, more than any buffer on the way holds.
LARGE = f"{PRODUCT} LIMIT 25000"
MIDDLING = f"{PRODUCT} LIMIT 6000"
SIZE = 100 << 20
GROWTH = 48 << 20
TIMEOUT = 3.0
ENDED = b"0\r\n\r\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Few triples, each of them long."""
    folder = tmp_path_factory.mktemp("streaming") / "store"
    graph, subject, predicate = (NamedNode(EXAMPLE + name) for name in ("graph", "s", "p"))
    with open_store(folder) as store:
        store.replace(graph.value, [Quad(subject, predicate, Literal(f"{n} {WORDS * 2}"), graph) for n in range(ROWS)])
    return folder


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    with serving(store, "--timeout", str(TIMEOUT), "--memory", "200MB") as served:
        yield served


def memory(pid: int) -> int:
    """The memory that a process has for itself, and its share of what it shares, in bytes."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    raise AssertionError(f"no Pss of {pid}")


def rest(sock: socket.socket) -> bytes:
    """What is sent on a connection until its end, whichever end that is."""
    found = bytearray()
    try:
        while piece := sock.recv(1 << 16):
            found += piece
            if found.endswith(ENDED):
                break
    except ConnectionResetError:
        pass
    return bytes(found)


def unchunked(body: bytes) -> bytes:
    """What the chunks hold that came whole."""
    found = bytearray()
    while body:
        size, _, after = body.partition(b"\r\n")
        if not size or len(after) < int(size, 16) + 2:
            break
        found += after[: int(size, 16)]
        body = after[int(size, 16) + 2 :]
    return bytes(found)


def test_first_byte_comes_early(served: Served) -> None:
    with served.client() as client:
        began = time.monotonic()
        with client.stream("POST", "/sparql", content=LARGE, headers=QUERY | {"Accept-Encoding": "identity"}) as answer:
            pieces = answer.iter_bytes()
            size, first = len(next(pieces)), time.monotonic() - began
            size += sum(map(len, pieces))
            total = time.monotonic() - began
    assert size > SIZE
    assert first < total / 3
    assert first < 1


@pytest.mark.parametrize("zipped", [False, True])
def test_large_answer_is_whole(served: Served, zipped: bool) -> None:
    with closing(connected(served.port, MIDDLING, zipped=zipped)) as sock:
        head, _, body = rest(sock).partition(b"\r\n\r\n")
    assert body.endswith(ENDED)
    content = unchunked(body)
    assert (b"content-encoding: gzip" in head.lower()) is zipped
    answer = json.loads(gzip.decompress(content) if zipped else content)
    assert len(answer["results"]["bindings"]) == 6000
    assert len(content) < 2 << 20 or not zipped


def test_slow_reader_takes_no_memory(served: Served) -> None:
    """Not in the front, nor in the evaluator: what is not read is not made yet."""
    fronts = of_role(served.run, "front")
    with closing(connected(served.port, LARGE, room=1 << 16)) as sock:
        size = len(sock.recv(1 << 16))
        looked_at = [*fronts, busiest(served.run, seconds=0.2)]
        before = most = [memory(pid) for pid in looked_at]
        tail, looks = b"", 0
        while not tail.endswith(ENDED):
            piece = sock.recv(1 << 18)
            assert piece, "it was broken off"
            size, tail = size + len(piece), (tail + piece)[-8:]
            if size % 101 == 0:
                most = [max(m, memory(pid)) for m, pid in zip(most, looked_at, strict=True)]
                time.sleep(0.02)
                looks += 1
    assert size > SIZE
    assert looks > 0
    assert max(m - b for m, b in zip(most, before, strict=True)) < GROWTH


def test_reader_who_stops_takes_no_memory(served: Served) -> None:
    fronts = of_role(served.run, "front")
    before = sum(map(memory, fronts))
    with closing(connected(served.port, LARGE, room=1 << 16)) as sock:
        sock.recv(1 << 16)
        time.sleep(1.5)
        assert sum(map(memory, fronts)) - before < GROWTH


def test_slow_reader_is_not_stopped_by_the_time_limit(served: Served) -> None:
    """The evaluator's clock stands still while it waits."""
    with closing(connected(served.port, MIDDLING, room=1 << 16)) as sock:
        found, began = bytearray(sock.recv(1 << 16)), time.monotonic()
        while time.monotonic() - began < TIMEOUT + 1.5:
            time.sleep(0.25)
            found += sock.recv(1 << 18)
        assert len(found) < 20 << 20, "it was to take longer than that"
        found += rest(sock)
    assert found.endswith(ENDED)
    assert len(json.loads(unchunked(bytes(found).partition(b"\r\n\r\n")[2]))["results"]["bindings"]) == 6000


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("whose", ["evaluator", "nursery"])
def test_kill_on_the_way_breaks_the_connection(served: Served, whose: str, zipped: bool) -> None:
    with served.client() as client, closing(connected(served.port, LARGE, zipped=zipped, room=1 << 16)) as sock:
        broken = sample(client, "kg_answers_broken_total")
        found = sock.recv(1 << 12)
        assert b" 200 OK" in found
        evaluator = busiest(served.run)
        parent = int(Path(f"/proc/{evaluator}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(evaluator if whose == "evaluator" else parent, signal.SIGKILL)
        found += rest(sock)
        assert not found.endswith(ENDED)
        until(lambda: sample(client, "kg_answers_broken_total") > broken)
        until(lambda: client.get("/readyz").status_code == 200)
        if zipped:
            unzip = zlib.decompressobj(wbits=31)
            unzip.decompress(unchunked(found.partition(b"\r\n\r\n")[2]))
            assert not unzip.eof


def test_time_limit_on_the_way_breaks_the_connection(store: Path) -> None:
    """The clock runs while rows are looked for, however many have been sent."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRSTARTS(?c, '7 ') || STRLEN(?i) < 0) }"
    with serving(store, "--timeout", "1", token="") as served, served.client() as client:
        with client.stream("POST", "/sparql", content=query, headers=QUERY) as answer:
            assert answer.status_code == 200
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
                answer.read()
        with closing(connected(served.port, query)) as sock:
            began = time.monotonic()
            assert not rest(sock).endswith(ENDED)
            assert 0.5 < time.monotonic() - began < 6
        until(lambda: sample(client, "kg_answers_broken_total") == 2)
        assert sample(client, "kg_evaluators_ended", cause="time") == 2


def test_client_that_goes_away_on_the_way_ends_the_query(served: Served) -> None:
    with served.client() as client:
        with closing(connected(served.port, PRODUCT)) as sock:
            for _ in range(50):
                sock.recv(1 << 16)
            until(lambda: sample(client, "kg_queries_running") == 1)
        until(lambda: sample(client, "kg_queries_running") == 0, seconds=5)
        # Nor has whoever reads nothing any more a hold on an evaluator.
        with closing(connected(served.port, PRODUCT, room=1 << 16)) as sock:
            sock.recv(1 << 16)
            time.sleep(0.5)
        until(lambda: sample(client, "kg_queries_running") == 0, seconds=5)
        assert values(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [str(ROWS)]


def test_head_of_a_large_answer_has_no_body(served: Served) -> None:
    with served.client() as client:
        answer = client.head("/sparql", params={"query": LARGE})
        assert (answer.status_code, answer.content) == (200, b"")
        until(lambda: sample(client, "kg_queries_running") == 0, seconds=5)


def test_connection_goes_on_after_a_large_answer(served: Served) -> None:
    with served.client() as client:
        assert ask(client, MIDDLING).status_code == 200
        assert values(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [str(ROWS)]


def test_client_of_http_1_0_sees_that_an_answer_is_broken(served: Served) -> None:
    """It knows the end of an answer by the end of the connection, which has to be a broken one."""
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=30)) as sock:
        body = LARGE.encode()
        head = f"POST /sparql HTTP/1.0\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
        sock.sendall(head.encode() + body)
        sock.recv(1 << 12)
        os.kill(busiest(served.run), signal.SIGKILL)
        with pytest.raises(ConnectionResetError):
            deque(iter(lambda: sock.recv(1 << 16), b""), maxlen=0)
