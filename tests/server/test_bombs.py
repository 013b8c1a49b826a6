"""Queries, updates and graphs that are made to hurt are refused or stopped, and nobody else notices."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.server.serving import (
    ENDLESS,
    POINT,
    QUERY,
    TURTLE,
    UPDATE,
    Served,
    ask,
    ready,
    sample,
    serving,
    small_store,
    until,
    values,
)

LIMIT = 1.0
# The machine that tests run on may be busy with something else.
MARGIN = 3.0
SLOWEST = 1.5
EVERY = 0.02
DOUBLINGS = "".join(f" BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(60))
GRAPHS = " ".join(f"GRAPH ?g{n} {{ ?a{n} ?b{n} ?c{n} }}" for n in range(4))
NESTED = "<<( <urn:s> <urn:p> " * 3000 + "<urn:o>" + " )>>" * 3000

QUERIES = {
    "cartesian count": ENDLESS,
    "braces": "SELECT * " + "{" * 3200 + "}" * 3200,
    "many braces": "SELECT * " + "{" * 49_000 + "}" * 49_000,
    "parentheses": "SELECT * { FILTER(" + "(" * 49_000 + "1" + ")" * 49_000 + ") }",
    "alternatives": "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?s = ?o"] * 20_000) + ") }",
    "triples": "SELECT * {" + "".join(f" ?s{n} ?p{n} ?s{n + 1} ." for n in range(800)) + " }",
    "doubling": f"SELECT (STRLEN(?v60) AS ?n) {{ BIND('12345678' AS ?v0){DOUBLINGS} }}",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "unions": "SELECT * {" + " UNION ".join(["{ ?s ?p ?o }"] * 20_000) + " }",
    "binds": "SELECT * {" + "".join(f" BIND(1 AS ?v{n})" for n in range(20_000)) + " }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:none>|^!<urn:none>)* ?b . ?c (!<urn:none>|^!<urn:none>)* ?d }",
    "regular expression": "SELECT * { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w FILTER(REGEX(CONCAT(?o, ?r, ?w), '(a?){9}z')) }",
    "group": "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "triple terms": f"SELECT * {{ ?s ?p {NESTED} }}",
}
WRITES = {
    "insert of a cartesian product": (
        "POST",
        "/update",
        "INSERT { GRAPH <urn:bomb> { ?a ?e ?i } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        UPDATE,
    ),
    "delete of a cartesian product": (
        "POST",
        "/update",
        f"DELETE {{ GRAPH ?g0 {{ ?a0 ?b1 ?c2 }} }} WHERE {{ {GRAPHS} }}",
        UPDATE,
    ),
    "update of braces": ("POST", "/update", "DELETE { } WHERE " + "{" * 3200 + "}" * 3200, UPDATE),
    "braces after a LOAD": (
        "POST",
        "/update",
        "LOAD <urn:x> ; DELETE { } WHERE " + "{" * 49_000 + "}" * 49_000,
        UPDATE,
    ),
    "update of operations": ("POST", "/update", "INSERT DATA { } ;" * 50_000, UPDATE),
    "doubling in an update": (
        "POST",
        "/update",
        f"INSERT {{ <urn:s> <urn:p> ?v60 }} WHERE {{ BIND('12345678' AS ?v0){DOUBLINGS} }}",
        UPDATE,
    ),
    "triple terms in Turtle": ("PUT", "/store?graph=urn:bomb", f"<urn:s> <urn:p> {NESTED} .", TURTLE),
    "arrays in JSON-LD": (
        "PUT",
        "/store?graph=urn:bomb",
        '{"@id": "urn:s", "urn:p": ' + '{"urn:p":' * 50_000 + "1" + "}" * 50_000 + "}",
        TURTLE | {"Content-Type": "application/ld+json"},
    ),
}


@dataclass(slots=True)
class Neighbour:
    """Another client, who asks a small question every 20 milliseconds, and what came of it."""

    statuses: list[int] = field(default_factory=list)
    slowest: float = 0.0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("bombs") / "store")


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    """A server that reads from memory, unless a test wants it to read from disk."""
    with limited(store, "memory") as served:
        yield served


@contextmanager
def limited(store: Path, replica: str) -> Iterator[Served]:
    with serving(store, "--timeout", str(LIMIT), "--memory", "200MB", "--replica", replica) as served:
        with served.client() as client:
            until(
                lambda: sample(client, "kg_replica_in_memory") == (replica == "memory"), what=f"reading from {replica}"
            )
        yield served


@contextmanager
def neighbour(served: Served) -> Iterator[Neighbour]:
    """One who asks for as long as the block runs, and must have got whole answers at once."""
    found, ended = Neighbour(), threading.Event()

    def keep_asking() -> None:
        with served.client() as client:
            while not ended.wait(EVERY):
                began = time.monotonic()
                # A comment makes each question one that the cache has not seen.
                try:
                    answer = ask(client, f"{POINT} # {began}")
                    found.statuses.append(answer.status_code if values(answer) == ["14"] else 0)
                except httpx.TransportError:
                    found.statuses.append(0)
                found.slowest = max(found.slowest, time.monotonic() - began)

    thread = threading.Thread(target=keep_asking)
    thread.start()
    try:
        until(lambda: len(found.statuses) > 2, what="the neighbour's first answer")
        yield found
        asked = len(found.statuses)
        until(lambda: len(found.statuses) > asked + 2, what="the neighbour's next answer")
    finally:
        ended.set()
        thread.join()
    assert set(found.statuses) == {200}
    assert found.slowest < SLOWEST


def contained(served: Served, method: str, address: str, body: str, headers: dict[str, str]) -> None:
    """Asserts that the request is turned down in time, in words, and that neither neighbour nor server suffers."""
    with served.client() as client, neighbour(served):
        began = time.monotonic()
        answer = client.request(method, address, content=body.encode(), headers=headers)
        took = time.monotonic() - began
        assert answer.status_code in (400, 413, 503), answer.text[:300]
        assert len(answer.text) > 20
        assert "panic" not in answer.text
        assert took < LIMIT + MARGIN
        assert ready(client)


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_contained(served: Served, name: str) -> None:
    contained(served, "POST", "/sparql", QUERIES[name], QUERY)


@pytest.mark.parametrize("name", WRITES)
def test_write_is_contained_and_leaves_nothing(served: Served, name: str) -> None:
    contained(served, *WRITES[name])
    with served.client() as client:
        assert values(ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == ["2000"]


def test_those_who_read_from_disk_are_contained_too(store: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(store, tmp_path / "store")
    with limited(copy, "disk") as served:
        for name in ("cartesian count", "doubling", "triples", "braces"):
            contained(served, "POST", "/sparql", QUERIES[name], QUERY)
        contained(served, *WRITES["insert of a cartesian product"])


def test_product_that_streams_is_broken_off(served: Served) -> None:
    """It is sent as it comes, so that its status is 200: that it ends in the middle tells that it is not whole."""
    with served.client() as client, neighbour(served):
        began = time.monotonic()
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            ask(client, "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        assert time.monotonic() - began < LIMIT + MARGIN
        assert ready(client)


def test_graph_that_only_looks_like_a_bomb_is_stored(served: Served) -> None:
    with served.client() as client, neighbour(served):
        for body in (
            f"<urn:s> <urn:p> {'(' * 2000} 1 {')' * 2000} .",
            f"<urn:s> <urn:p> {'[<urn:p> ' * 2000} 1 {']' * 2000} .",
        ):
            assert client.put("/store?graph=urn:deep", content=body, headers=TURTLE).status_code in (201, 204)
        assert client.delete("/store?graph=urn:deep", headers=TURTLE).status_code == 200


def test_many_at_once_leave_room_for_others(served: Served) -> None:
    """As many as may run at a time, less one."""
    statuses = []

    def bomb() -> None:
        with served.client() as client:
            statuses.append(ask(client, QUERIES["cartesian count"]).status_code)

    threads = [threading.Thread(target=bomb) for _ in range(3)]
    with neighbour(served):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert statuses == [503] * 3


def test_client_that_hangs_up_on_a_bomb_leaves_nothing(served: Served) -> None:
    with neighbour(served):
        for _ in range(5):
            with served.client() as client, pytest.raises(httpx.ReadTimeout):
                client.post("/sparql", content=ENDLESS, headers=QUERY, timeout=0.3)
        with served.client() as client:
            until(lambda: ready(client))
            until(lambda: sample(client, "kg_queries_running") == 0)
