"""How long, how large and how often: each limit has its status, its words, and what it leaves alone."""

import asyncio
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import httpx
import pytest

from server.cache import Cache, Kept
from server.limits import CLIENTS, Rate, Turns
from server.protocol import Refused
from tests.server.serving import (
    ENDLESS,
    POINT,
    QUERY,
    TURTLE,
    Served,
    ask,
    connected,
    ready,
    sample,
    serving,
    small_store,
    until,
    update,
    values,
)

GREEDY = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } } }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("limits") / "store")


@pytest.fixture(scope="module")
def limited(store: Path) -> Iterator[Served]:
    """A server that writes, with a small limit on everything but time."""
    sizes = ("--max-result", "1MB", "--max-query", "20k", "--max-body", "100k", "--memory", "100MB")
    with serving(store, *sizes, "--timeout", "20") as served:
        yield served


@pytest.fixture(scope="module")
def hasty(store: Path, limited: Served) -> Iterator[Served]:
    """A server that only reads, in one process: one query at a time, and two more may wait, for at most a second."""
    del limited  # it has the store open for writing first
    with serving(store, "--timeout", "1", "--workers", "1", "--queue", "2", token="") as served:
        yield served


def test_time(hasty: Served) -> None:
    with hasty.client() as client:
        before = sample(client, "kg_evaluators_ended", cause="time")
        began = time.monotonic()
        answer = ask(client, ENDLESS)
        took = time.monotonic() - began
        assert answer.status_code == 503
        assert answer.text == "the query was stopped after 1 seconds, which is as long as one may take here\n"
        assert 0.95 < took < 2.5
        until(lambda: sample(client, "kg_evaluators_ended", cause="time") > before)
        assert values(ask(client, POINT)) == ["14"]


def test_memory(limited: Served) -> None:
    with limited.client() as client:
        answer = ask(client, GREEDY)
        assert answer.status_code == 503
        assert "needs more memory than one may take" in answer.text
        assert values(ask(client, POINT)) == ["14"]


def test_result_that_is_too_large_is_broken_off(limited: Served) -> None:
    """Its head says how much may come, since by then nobody knows how much there is."""
    plain, got = QUERY | {"Accept-Encoding": "identity"}, bytearray()
    with limited.client() as client, client.stream("POST", "/sparql", content=LONG, headers=plain) as answer:
        assert (answer.status_code, answer.headers["Result-Limit"]) == (200, "1048576 bytes")
        with pytest.raises(httpx.TransportError):
            deque(map(got.extend, answer.iter_bytes()), maxlen=0)
    assert 0 < len(got) <= 1 << 20
    with limited.client() as client:
        until(lambda: sample(client, "kg_answers_broken_total") >= 1)
        assert values(ask(client, POINT)) == ["14"]


def test_result_below_the_limit_is_whole(limited: Served) -> None:
    with limited.client() as client:
        answer = ask(client, f"{LONG} LIMIT 2000")
        assert answer.headers["Result-Limit"] == "1048576 bytes"
        assert len(answer.json()["results"]["bindings"]) == 2000


def test_queue(hasty: Served) -> None:
    with ExitStack() as stack, hasty.client() as client:
        stack.enter_context(closing(connected(hasty.port, ENDLESS)))
        until(lambda: sample(client, "kg_queries_running") == 1, seconds=0.9)
        for waiting in range(2):
            stack.enter_context(closing(connected(hasty.port, f"{ENDLESS} # waits {waiting}")))
        time.sleep(0.2)
        answer = ask(client, f"{POINT} # which is not in the cache")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert answer.text == "the server is busy: 2 queries wait already; try again in a moment\n"
    with hasty.client() as client:
        until(lambda: sample(client, "kg_queries_running") == 0)
        assert values(ask(client, POINT)) == ["14"]


def test_those_who_wait_are_counted(hasty: Served) -> None:
    with hasty.client() as client, closing(connected(hasty.port, ENDLESS)):
        until(lambda: sample(client, "kg_queries_running") == 1, seconds=0.9)
        with closing(connected(hasty.port, f"{ENDLESS} # waits")):
            until(lambda: sample(client, "kg_queries_waiting") == 1, seconds=0.9)


def test_wait_for_a_turn(hasty: Served) -> None:
    """Who waits as long as a query may take is told so; the first of those who wait come to their turn."""
    answers: list[httpx.Response] = []

    def bomb(number: int) -> None:
        with hasty.client() as client:
            answers.append(ask(client, f"{ENDLESS} # {number}"))

    threads = [threading.Thread(target=bomb, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [503] * 3
    with hasty.client() as client:
        until(lambda: sample(client, "kg_queries_waiting") == sample(client, "kg_queries_running") == 0)
        assert values(ask(client, POINT)) == ["14"]


def test_client_that_goes_away_stops_its_query(limited: Served) -> None:
    with limited.client() as client:
        before = sample(client, "kg_evaluators_ended", cause="client gone")
        with closing(connected(limited.port, ENDLESS)):
            until(lambda: sample(client, "kg_queries_running") == 1)
        until(lambda: sample(client, "kg_queries_running") == 0, seconds=4)
        until(lambda: sample(client, "kg_evaluators_ended", cause="client gone") > before, seconds=4)


def test_client_that_goes_away_while_it_waits_gives_its_place_back(store: Path, limited: Served) -> None:
    del limited
    one = ("--timeout", "15", "--workers", "1", "--queue", "1")
    with serving(store, *one, token="") as served, served.client() as client:
        running = connected(served.port, ENDLESS)
        with closing(running):
            until(lambda: sample(client, "kg_queries_running") == 1)
            with closing(connected(served.port, f"{ENDLESS} # waits")):
                time.sleep(0.3)
                assert ask(client, f"{POINT} # one too many").status_code == 503
            time.sleep(1)
            waiting = connected(served.port, f"{POINT} # which has a place now")
            time.sleep(0.3)
        with closing(waiting):
            assert b" 200 OK" in waiting.recv(1000)


@pytest.mark.parametrize("believed", [False, True])
def test_rate_of_one_client(store: Path, limited: Served, believed: bool) -> None:
    """Behind a proxy a client is who the proxy says; without one, whoever it says it is."""
    del limited
    proxy = ["--behind-proxy"] if believed else []
    with serving(store, "--rate", "3", "--workers", "1", *proxy, token="") as served, served.client() as client:

        def statuses(client_address: str, number: int) -> list[int]:
            headers = {"X-Forwarded-For": f"9.9.9.9, {client_address}"}
            return [client.get("/healthz", headers=headers).status_code for _ in range(number)]

        time.sleep(1.1)  # what the start may have used up comes back
        assert statuses("1.2.3.4", 9)[:3] == [200] * 3
        assert statuses("1.2.3.4", 9)[-1] == 429
        assert statuses("1.2.3.5", 1) == ([200] if believed else [429])
        refused = client.get("/healthz", headers={"X-Forwarded-For": "1.2.3.4"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        assert "one client may ask 3 times a second here" in refused.text
        time.sleep(1.1)
        assert statuses("1.2.3.4", 1) == [200]


def test_size_of_a_query(limited: Served) -> None:
    with limited.client() as client:
        answer = ask(client, POINT + " " * 21_000)
        assert answer.status_code == 413
        assert "20,480" in answer.text
        assert client.post("/sparql", data={"query": POINT + " " * 21_000}).status_code == 413
        assert values(ask(client, POINT + " " * 19_000)) == ["14"]


def test_size_of_an_address(limited: Served) -> None:
    with limited.client() as client:
        assert client.get("/sparql", params={"query": POINT + "#" + "x" * 19_000}).status_code == 200
        assert client.get("/sparql", params={"query": POINT + "#" + "x" * 21_000}).status_code == 413


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        (f"GET /sparql?query={'x' * 1_000_000} HTTP/1.1\r\nHost: test\r\n\r\n", ("400", "413", "414", "431")),
        (f"GET /healthz HTTP/1.1\r\nHost: test\r\nX-Long: {'x' * 1_000_000}\r\n\r\n", ("400", "413", "431")),
    ],
    ids=["address", "header"],
)
def test_head_that_is_too_long_is_not_read(limited: Served, head: str, statuses: tuple[str, ...]) -> None:
    """The HTTP server refuses it, or hangs up on it, before it is ours to judge."""
    got = b""
    with socket.create_connection(("127.0.0.1", limited.port), timeout=20) as sock, suppress(ConnectionError):
        sock.sendall(head.encode())
        got = sock.recv(1000)
    assert not got or got.decode().split()[1] in statuses
    with limited.client() as client:
        assert ready(client)


@pytest.mark.parametrize("chunked", [False, True])
def test_size_of_a_body(limited: Served, chunked: bool) -> None:
    graph = f'<urn:s> <urn:p> "{"x" * 150_000}" .'.encode()
    body = (graph[n : n + 10_000] for n in range(0, len(graph), 10_000)) if chunked else graph
    with limited.client() as client:
        answer = client.put("/store?graph=urn:large", content=body, headers=TURTLE)
        assert answer.status_code == 413
        assert "100,000" in answer.text or "102,400" in answer.text
    with limited.client() as client:
        assert client.get("/store?graph=urn:large").status_code == 404


def test_size_of_a_stranger_s_body_is_that_of_a_query(limited: Served) -> None:
    """Only who sends a token may send much, whatever it says it is."""
    with limited.client() as client:
        answer = client.post("/sparql", content=b"x" * 50_000, headers=QUERY)
        assert answer.status_code == 413
        assert "20,480" in answer.text


def test_size_of_an_update_is_that_of_a_body(limited: Served) -> None:
    """Whoever may write may write much."""
    with limited.client() as client:
        text = f'INSERT DATA {{ GRAPH <urn:large> {{ <urn:s> <urn:p> "{"x" * 50_000}" }} }}'
        assert update(client, text).status_code == 200
        assert update(client, "DROP GRAPH <urn:large>").status_code == 200


def test_body_that_never_ends_is_read_no_further(limited: Served) -> None:
    with socket.create_connection(("127.0.0.1", limited.port), timeout=20) as sock:
        head = "PUT /store?graph=urn:large HTTP/1.1\r\nHost: test\r\nContent-Type: text/turtle\r\n"
        head += f"Authorization: {TURTLE['Authorization']}\r\nTransfer-Encoding: chunked\r\n\r\n"
        sock.sendall(head.encode())
        sent = 0
        with suppress(OSError):
            while sent < 50 << 20:
                sock.sendall(b"10000\r\n" + b"#" * 0x10000 + b"\r\n")
                sent += 0x10000
        assert sent < 50 << 20, "all of it was read"
    with limited.client() as client:
        assert ready(client)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def refused(rate: Rate, client: str) -> str:
    """What a client is told to wait, if it is; empty otherwise."""
    try:
        rate.check(client)
    except Refused as error:
        return error.headers["Retry-After"] if error.http_status == 429 else str(error)
    return ""


def test_rate_refills_with_time() -> None:
    clock = Clock()
    rate = Rate(2, clock=clock)
    assert [refused(rate, "a") for _ in range(3)] == ["", "", "1"]
    clock.now = 0.4
    assert refused(rate, "a") == "1"
    clock.now = 0.6
    assert [refused(rate, "a") for _ in range(2)] == ["", "1"]
    clock.now = 100
    assert [refused(rate, "a") for _ in range(3)] == ["", "", "1"]


def test_rate_below_one_a_second() -> None:
    clock = Clock()
    rate = Rate(0.1, clock=clock)
    assert [refused(rate, "a") for _ in range(2)] == ["", "10"]
    clock.now = 9.9
    assert refused(rate, "a") == "1"
    clock.now = 10.1
    assert refused(rate, "a") == ""


def test_rate_is_each_client_s_own() -> None:
    rate = Rate(1, clock=Clock())
    assert [refused(rate, client) for client in "abab"] == ["", "", "1", "1"]


def test_no_rate_refuses_nobody() -> None:
    rate = Rate(0, clock=Clock())
    assert {refused(rate, "a") for _ in range(1000)} == {""}


def test_rate_forgets_whom_it_saw_longest_ago() -> None:
    rate = Rate(1, clock=Clock())
    for number in range(CLIENTS):
        rate.check(str(number))
    assert refused(rate, "0") == "1", "it is known, and was seen just now"
    rate.check("another")
    assert refused(rate, "1") == "", "it was forgotten"
    assert refused(rate, "0") == "1"


def kept(version: int, size: int) -> Kept:
    return Kept(version, (), b"x" * size)


def test_cache_gives_what_the_same_version_gave() -> None:
    cache = Cache(1600)
    cache.put("q", kept(1, 10))
    assert cache.get("q", 1) == kept(1, 10)
    assert cache.get("other", 1) is None
    assert cache.get("q", 2) is None
    assert cache.size == 0, "what is out of date takes no room"


def test_cache_lets_go_of_what_was_asked_longest_ago() -> None:
    cache = Cache(1600)
    for name in "abcdefghijklmnop":
        cache.put(name, kept(1, 100))
    assert cache.get("a", 1)
    cache.put("q", kept(1, 100))
    assert cache.get("a", 1)
    assert cache.get("b", 1) is None
    assert cache.size == 1600


def test_cache_keeps_no_answer_that_takes_much_of_it() -> None:
    cache = Cache(1600)
    cache.put("large", kept(1, 101))
    assert cache.get("large", 1) is None
    cache.put("fits", kept(1, 100))
    cache.put("fits", kept(2, 50))
    assert (cache.get("fits", 2), cache.size) == (kept(2, 50), 50)


def test_cache_of_nothing_keeps_nothing() -> None:
    cache = Cache(0)
    cache.put("q", kept(1, 1))
    assert cache.get("q", 1) is None


def test_turns_are_taken_in_order_and_given_back() -> None:
    async def run() -> list[str]:
        turns, said = Turns(at_once=1, waiting=2, seconds=5), []

        async def query(name: str) -> None:
            await turns.take()
            said.append(name)
            await asyncio.sleep(0.01)
            turns.give()

        await asyncio.gather(query("a"), query("b"), query("c"))
        assert (turns.running, turns.waiting) == (0, 0)
        return said

    assert asyncio.run(run()) == ["a", "b", "c"]


def test_turns_turn_away_who_is_one_too_many() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=5)
        await turns.take()
        waiter = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        with pytest.raises(Refused, match="1 queries wait already") as refusal:
            await turns.take()
        assert (refusal.value.http_status, refusal.value.headers) == (503, {"Retry-After": "5"})
        turns.give()
        await waiter
        assert (turns.running, turns.waiting) == (1, 0)

    asyncio.run(run())


def test_turns_end_a_wait_that_takes_too_long() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=0.05)
        await turns.take()
        with pytest.raises(Refused, match=r"no turn came within 0.05 seconds"):
            await turns.take()
        assert (turns.running, turns.waiting) == (1, 0)
        turns.give()
        await turns.take()

    asyncio.run(run())


def test_turns_of_a_waiter_who_goes_away_are_not_lost() -> None:
    async def run() -> None:
        turns = Turns(at_once=1, waiting=1, seconds=5)
        await turns.take()
        waiter = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        assert (turns.running, turns.waiting) == (1, 0)
        turns.give()
        await asyncio.wait_for(turns.take(), 1)

    asyncio.run(run())
