"""A server over another server's store, which it asks, writes and guards."""

import time
from collections.abc import Iterator

import pytest

from tests.oxigraph import served as oxigraph
from tests.server.operation.life import insert
from tests.server.serving import TURTLE, UPDATE, WRITER, Served, ask, listening, serving, until, update, values


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    """A server over Oxigraph's own, which it guards."""
    with oxigraph() as port, serving(f"sparql+http://127.0.0.1:{port}/query", "--timeout", "5") as served:
        yield served


def test_another_server_s_store_is_asked_and_written(guarded: Served) -> None:
    with guarded.client() as client:
        assert client.get("/readyz").status_code == 200
        assert insert(client, "passed").status_code == 200
        until(lambda: values(ask(client, "SELECT ?o { GRAPH ?g { <urn:s:passed> <urn:p> ?o } }")) == ["passed"])
        assert update(client, "DROP GRAPH <urn:g:passed>").status_code == 200
        assert values(ask(client, "SELECT ?o { GRAPH ?g { <urn:s:passed> <urn:p> ?o } }")) == []


def test_another_server_s_graphs(guarded: Served) -> None:
    with guarded.client() as client:
        address = "/store?graph=urn:whole"
        assert client.get(address).status_code == 404
        assert client.put(address, content="<urn:s> <urn:p> 1, 2 .", headers=TURTLE).status_code == 201
        assert client.put(address, content="<urn:s> <urn:p> 3 .", headers=TURTLE).status_code == 204
        assert client.post(address, content="<urn:s> <urn:p> 4 .", headers=TURTLE).status_code == 200
        text = client.get(address, headers={"Accept": "application/n-triples"}).text
        assert sorted(line.split('"')[1] for line in text.splitlines()) == ["3", "4"]
        assert client.put(address, content="<urn:s> <urn:p> ", headers=TURTLE).status_code == 400
        assert client.delete(address, headers=WRITER).status_code == 200
        assert client.delete(address, headers=WRITER).status_code == 404
        assert client.get(address).status_code == 404


def test_another_server_is_guarded(guarded: Served) -> None:
    """What would reach further by it is refused before it gets there, and its limits are ours."""
    with guarded.client() as client, listening() as (port, calls):
        service = f"SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}"
        assert ask(client, f"SELECT * {{ {service} }}").status_code == 403
        answer = update(client, f"INSERT {{ <urn:s> <urn:p> ?o }} WHERE {{ {service} }}")
        assert answer.status_code in (400, 403), answer.text
        assert update(client, f"LOAD <http://127.0.0.1:{port}/>").status_code in (400, 403)
        assert update(client, f"LOAD SILENT <http://127.0.0.1:{port}/>").status_code in (400, 403)
        assert calls == []
        assert ask(client, "SELECT * " + "{" * 3200 + "}" * 3200).status_code == 400
        assert ask(client, "SELECT bad").status_code == 400
        assert (
            client.post("/update", content="CLEAR ALL", headers={"Content-Type": UPDATE["Content-Type"]}).status_code
            == 401
        )


def test_time_limit_holds_for_another_server(guarded: Served) -> None:
    pattern = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(6))
    with guarded.client() as client:
        body = "".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(300))
        assert client.put("/store?graph=urn:many", content=body, headers=TURTLE).status_code == 201
        began = time.monotonic()
        answer = ask(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}")
        assert answer.status_code == 503, answer.text
        assert time.monotonic() - began < 9
        assert client.get("/readyz").status_code == 200
