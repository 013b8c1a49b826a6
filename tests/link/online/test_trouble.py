"""Whatever goes wrong on the network ends in waiting, or in one warning and no candidates."""

import gzip
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from flask import Flask, Response

from kg.errors import UsageError

from .conftest import Open
from .wikibase import Wiki

Serve = Callable[[Flask], str]


def test_429_is_waited_out_as_long_as_asked(api: str, connect: Open, wiki: Wiki, slept: list[float]) -> None:
    service = connect(api)
    wiki.troubles += [(429, {"Retry-After": "7"}, "Too many requests")]
    assert service.candidates("Odesa", classes=())
    assert len(slept) == 1
    assert 7 <= slept[0] <= 8.75
    assert service.warning is None


def test_retry_after_may_be_a_date(api: str, connect: Open, wiki: Wiki, slept: list[float]) -> None:
    service = connect(api)
    moment = datetime.now(UTC) + timedelta(seconds=20)
    wiki.troubles += [(503, {"Retry-After": format_datetime(moment, usegmt=True)}, "")]
    assert service.candidates("Odesa", classes=())
    assert 15 <= slept[0] <= 25


def test_a_lagging_database_is_waited_for(api: str, connect: Open, wiki: Wiki, slept: list[float]) -> None:
    service = connect(api)
    wiki.troubles += ["lag", "lag"]
    assert service.candidates("Odesa", classes=())
    assert [5 <= seconds <= 6.25 for seconds in slept] == [True, True]


def test_waits_grow_and_end(api: str, connect: Open, wiki: Wiki, slept: list[float], told: list[str]) -> None:
    service = connect(api)
    wiki.troubles += [(503, {}, "")] * 20
    assert service.candidates("Odesa", classes=()) == ()
    assert [round(seconds / 2**place, 2) >= 1 for place, seconds in enumerate(slept)] == [True] * 4
    assert sum(slept) < 20
    assert told == [f"linking goes on offline: {api} answers 503 SERVICE UNAVAILABLE"]


def test_a_service_that_wants_an_hour_is_left_alone(
    api: str, connect: Open, wiki: Wiki, slept: list[float], told: list[str]
) -> None:
    service = connect(api)
    wiki.troubles += [(429, {"Retry-After": "3600"}, "")] * 3
    assert service.candidates("Odesa", classes=()) == ()
    assert (slept, len(told)) == ([], 1)


def test_after_trouble_nothing_more_is_asked_or_told(api: str, connect: Open, wiki: Wiki, told: list[str]) -> None:
    service = connect(api)
    wiki.troubles += [(404, {}, "")]
    names = ["Odesa", "Georgia", "Zelensky"]
    wiki.asked.clear()
    assert [service.candidates(name, classes=()) for name in names] == [(), (), ()]
    assert len(wiki.asked) == 1
    assert told == [service.warning] == [f"linking goes on offline: {api} answers 404 NOT FOUND"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html>maintenance</html>", "answers with something that is not JSON"),
        ("[" * 100_000, "answers with something that is not JSON"),
        ("[]", "search is NoneType, not an array"),
        ('{"search": {"Q1": 1}}', "search is dict, not an array"),
        ('{"search": [{"id": 5, "match": {"type": "label", "text": "Odesa"}}]}', "id is int, not a string"),
        ('{"error": {"code": "badvalue", "info": "Unrecognized value"}}', "refuses the question (badvalue: Unrec"),
    ],
)
def test_an_answer_without_sense_is_told_once(
    api: str, connect: Open, wiki: Wiki, told: list[str], body: str, why: str
) -> None:
    service = connect(api)
    wiki.troubles += [(200, {}, body)]
    assert service.candidates("Odesa", classes=()) == ()
    assert why in told[0]
    assert service.candidates("Georgia", classes=()) == ()
    assert len(told) == 1


def test_an_item_without_sense_is_told(api: str, connect: Open, wiki: Wiki, told: list[str]) -> None:
    wiki.entities["Q1874"]["claims"]["P625"][0]["mainsnak"]["datavalue"]["value"]["latitude"] = "46 N"
    assert connect(api).candidates("Odesa", classes=()) == ()
    assert "latitude is str, not a number" in told[0]


def test_a_slow_service_is_given_up(connect: Open, serve: Serve, told: list[str]) -> None:
    app = Flask(__name__)

    @app.get("/w/api.php")
    def slow() -> Response:
        time.sleep(0.5)
        return Response("{}")

    service = connect(f"{serve(app)}/w/api.php", timeout=0.05)
    assert service.candidates("Odesa", classes=()) == ()
    assert "does not answer: timed out" in told[0]


def test_an_answer_without_end_is_given_up(connect: Open, serve: Serve, told: list[str]) -> None:
    app = Flask(__name__)

    @app.get("/w/api.php")
    def bomb() -> Response:
        return Response(gzip.compress(b" " * 40_000_000), headers={"Content-Encoding": "gzip"})

    service = connect(f"{serve(app)}/w/api.php")
    assert service.candidates("Odesa", classes=()) == ()
    assert "answers with more than 33,554,432 bytes" in told[0]


def test_a_server_that_is_down_is_told_once(connect: Open, told: list[str], slept: list[float]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/w/api.php"
        service = connect(url)
        assert [service.candidates(name, classes=()) for name in ("Odesa", "Georgia")] == [(), ()]
    assert len(told) == 1
    assert told[0].startswith(f"linking goes on offline: {url} does not answer: ")
    assert len(slept) == 4


def test_another_wiki_is_not_taken_for_wikidata(connect: Open, serve: Serve, told: list[str]) -> None:
    url = f"{serve(Wiki(concepts='http://example.org/entity/').app)}/w/api.php"
    assert connect(url).candidates("Odesa", classes=()) == ()
    assert told == [
        f"linking goes on offline: {url} is no copy of Wikidata: its items are those of http://example.org/entity/"
    ]


@pytest.mark.parametrize(
    "url",
    ["wikidata", "ftp://example.org/", "file:///etc/passwd", "http://", "http://[::1", "http://a:b@example.org/",
     "http://example.org:99999/", "http://exa mple.org/", ""],
)  # fmt: skip
def test_an_address_without_sense_is_an_error(connect: Open, url: str) -> None:
    with pytest.raises(UsageError, match="the address of a service is like"):
        connect(url)


def test_a_contact_can_not_break_the_header(connect: Open) -> None:
    with pytest.raises(UsageError, match="a contact is an e-mail or web address"):
        connect(None, contact="me\r\nCookie: x")


def test_no_http_client_is_loaded_before_it_is_asked_for() -> None:
    script = "import sys, kg.link.online; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert not {"httpx", "tenacity", "platformdirs"} & set(shown.split())
