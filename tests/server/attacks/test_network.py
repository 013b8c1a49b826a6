"""Queries, updates and graphs that name another server: it hears nothing of them."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.server.attacks.aims import OUTSIDE, aimed, graphs
from tests.server.processes import of_role
from tests.server.serving import TURTLE, UPDATE, Served, update
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


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    listening_at = []
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state == "0A" and int(local.partition(":")[2], 16) == served.port:
            listening_at.append(local.partition(":")[0])
    assert set(listening_at) == {"0100007F"}
    assert not [line for line in Path("/proc/net/tcp6").read_text().splitlines() if f":{served.port:04X} " in line]
