"""How long, how much and how often: each limit has its status, its words, and what it leaves alone."""

import threading
import time
from collections import deque
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from tests.server.serving import ENDLESS, POINT, QUERY, Served, ask, connected, sample, serving, until, values

GREEDY = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } } }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


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
