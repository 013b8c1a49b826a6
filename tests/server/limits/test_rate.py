"""The rate of each client, by a clock that is set by hand."""

from server.limits import CLIENTS, Rate
from server.protocol import Refused


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
