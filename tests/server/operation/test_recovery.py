"""Processes that die are replaced, and nothing that was acknowledged is lost."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.oxigraph import served as oxigraph
from tests.server.operation.life import answers, insert, renewed, shows, writes
from tests.server.processes import of_role
from tests.server.serving import POINT, Served, ask, ready, serving, until, values


def test_keeper_is_replaced(served: Served, client: httpx.Client) -> None:
    assert insert(client, "before").status_code == 200
    keeper = min(of_role(served.run, "keeper"))
    os.kill(keeper, signal.SIGKILL)
    took = until(lambda: writes(client, "after"), seconds=20)
    assert took < 15
    until(lambda: ready(client), seconds=20)
    assert shows(client, "before")
    assert shows(client, "after")
    assert of_role(served.run, "keeper") != [keeper]
    assert values(ask(client, POINT)) == ["14"]


def test_keeper_that_dies_again_and_again_is_replaced(served: Served, client: httpx.Client) -> None:
    for round in range(3):
        for keeper in of_role(served.run, "keeper"):
            os.kill(keeper, signal.SIGKILL)
        until(lambda: writes(client, f"round{round}"), seconds=30)  # noqa: B023
    assert all(shows(client, f"round{round}") for round in range(3))


def test_keeper_that_dies_as_it_hands_over_is_replaced(served: Served, client: httpx.Client) -> None:
    """What it had begun and not told of must not stand in the way of the next keeper."""
    for round in range(3):
        keeper = min(of_role(served.run, "keeper"))  # what it starts bears its name until it is another program
        before = set(served.rundir.iterdir())
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(writes, client, f"halfway{round}")
            while not any(path.suffix == ".own" for path in set(served.rundir.iterdir()) - before):
                assert not writing.done(), "a new generation listens before the write is answered"
            os.kill(keeper, signal.SIGKILL)
        until(lambda: writes(client, f"handed{round}"), seconds=20)  # noqa: B023
        until(lambda: ready(client), seconds=20)


def test_nurseries_are_replaced(served: Served, client: httpx.Client) -> None:
    for nursery in of_role(served.run, "nursery"):
        os.kill(nursery, signal.SIGKILL)
    assert until(lambda: answers(client), seconds=20) < 15
    assert until(lambda: writes(client, "after-the-nursery"), seconds=20) < 15
    until(lambda: ready(client), seconds=20)
    # What was started by a thread that has ended since must not have ended with it.
    time.sleep(1)
    assert answers(client)
    assert shows(client, "after-the-nursery")


def test_write_right_after_the_nurseries_have_died(served: Served, client: httpx.Client) -> None:
    """The write itself starts new ones, which must outlive the thread that it ran in."""
    before = set(of_role(served.run, "nursery"))
    for nursery in before:
        os.kill(nursery, signal.SIGKILL)
    writes(client, "at-once")
    until(lambda: answers(client), seconds=20)
    until(lambda: writes(client, "at-once"), seconds=20)
    first = set(of_role(served.run, "nursery")) - before
    time.sleep(1)
    assert first & set(of_role(served.run, "nursery")), "the one that was started lives on"
    assert shows(client, "at-once")


def test_evaluators_are_replaced(served: Served, client: httpx.Client) -> None:
    for _ in range(3):
        for evaluator in of_role(served.run, "evaluator"):
            with suppress(ProcessLookupError):
                os.kill(evaluator, signal.SIGKILL)
        until(lambda: answers(client), seconds=10)


@pytest.mark.usefixtures("client")
def test_front_is_replaced(served: Served) -> None:
    fronts = of_role(served.run, "front")
    for front in fronts:
        os.kill(front, signal.SIGKILL)
    with served.client() as another:
        until(lambda: answers(another), seconds=20, what="an answer")
        until(lambda: writes(another, "new-front"), seconds=10)
    until(lambda: renewed(served, fronts), seconds=20)


def test_keeper_of_a_server_that_may_ask_another_is_replaced(store: Path) -> None:
    with serving(store, "--allow-service", "example.org", "--timeout", "5") as served, served.client() as client:
        _replaced(served, client)


def test_keeper_that_guards_another_server_is_replaced() -> None:
    with (
        oxigraph() as port,
        serving(f"sparql+http://127.0.0.1:{port}/query", "--timeout", "5") as served,
        served.client() as client,
    ):
        _replaced(served, client)


def _replaced(served: Served, client: httpx.Client) -> None:
    until(lambda: ready(client), seconds=20)
    for round in range(2):
        for keeper in of_role(served.run, "keeper"):
            os.kill(keeper, signal.SIGKILL)
        until(lambda: writes(client, f"after{round}"), seconds=20)  # noqa: B023
        until(lambda: ready(client), seconds=20)
