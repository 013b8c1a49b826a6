"""A server that may ask another asks that one alone, whatever it answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.server.attacks.aims import aimed, graphs
from tests.server.serving import Served, ask, listening, serving, small_store, update, values
from tests.server.test_guard import CALLS


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
