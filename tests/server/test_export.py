"""`/export`: formats, views and selections over HTTP, from memory and from disk."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.export import FORMATS, NETWORKS, selection, views, write
from kg.store import open_store
from server.media import TYPES
from tests.server.serving import serving

TALKS = "SELECT ?e { ?e <https://w3id.org/conflictkg/ns#eventType> <https://w3id.org/conflictkg/ns#Talks> }"


@pytest.fixture(scope="module", params=["memory", "disk"])
def client(request: pytest.FixtureRequest, kept: Path) -> Iterator[httpx.Client]:
    with serving(kept, "--replica", request.param, token="") as served, served.client() as client:
        yield client


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("given", [{}, {"type": "Violence", "to": "2025-06-02"}], ids=["whole", "part"])
def test_answer_is_what_the_command_line_writes(
    client: httpx.Client, kept: Path, tmp_path: Path, format: str, given: dict[str, str]
) -> None:
    answer = client.get("/export", params={"format": format, **given})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == TYPES[format]
    with (
        open_store(kept, read_only=True) as store,
        (tmp_path / "out").open("wb") as out,
    ):
        write(store, out, format, chosen=selection({name: [value] for name, value in given.items()}))
    if format == "cyjs" or not given or format not in ("ttl", "trig", "rdf", "nq", "nt", "jsonld"):
        assert answer.content == (tmp_path / "out").read_bytes()
    assert answer.content


@pytest.mark.parametrize("view", views())
@pytest.mark.parametrize("format", NETWORKS)
def test_file_is_named_by_what_it_holds(client: httpx.Client, format: str, view: str) -> None:
    answer = client.get("/export", params={"format": format, "view": view})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="conflictkg-{view}.{format}"'


def test_form_may_name_very_many_nodes(client: httpx.Client) -> None:
    nodes = [f"https://w3id.org/conflictkg/id/entity/e{n}" for n in range(2000)]
    nodes.append("https://w3id.org/conflictkg/id/entity/odesa")
    answer = client.post("/export", data={"format": "cyjs", "node": nodes})
    assert [each["data"]["label"] for each in answer.json()["elements"]["nodes"]] == ["Odesa"]


def test_query_chooses(client: httpx.Client) -> None:
    answer = client.post("/export", data={"format": "geojson", "query": TALKS})
    assert [each["properties"]["type"] for each in answer.json()["features"]] == ["Talks"]


def test_construct_is_written_as_it_is(client: httpx.Client) -> None:
    query = "CONSTRUCT { ?a <x:met> ?b } WHERE { VALUES (?a ?b) { (<x:a> <x:b>) } }"
    answer = client.post("/export", data={"format": "nt", "query": query})
    assert [str(quad.triple) for quad in parse(answer.content, RdfFormat.N_TRIPLES)] == ["<x:a> <x:met> <x:b>"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "format must be one of"),
        ({"format": "pdf"}, "format must be one of"),
        ({"format": "gexf", "view": "people"}, "view must be one of events, claims, actors"),
        ({"format": "gexf", "type": "War"}, "no event type War"),
        ({"format": "csv", "from": "then"}, "from is a day like 2025-06-30"),
        ({"format": "csv", "query": "SELECT"}, "not SPARQL 1.1"),
        ({"format": "csv", "around": "}"}, "an IRI can't be read"),
    ],
)
def test_what_can_not_be_exported_is_told(client: httpx.Client, given: dict[str, str], why: str) -> None:
    answer = client.get("/export", params=given)
    assert answer.status_code == 400
    assert why in answer.text


def test_query_asks_no_other_server(client: httpx.Client) -> None:
    query = "SELECT ?x { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }"
    assert client.post("/export", data={"format": "csv", "query": query}).status_code == 403


def test_body_that_is_no_form_is_refused(client: httpx.Client) -> None:
    answer = client.post("/export", content="x", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.headers["Accept-Post"]) == (415, "application/x-www-form-urlencoded")


def test_same_export_need_not_be_sent_twice(client: httpx.Client) -> None:
    first = client.get("/export?format=csv")
    again = client.get("/export?format=csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/export?format=csv&type=Talks").headers["ETag"] != first.headers["ETag"]


def test_head_has_the_type_and_no_body(client: httpx.Client) -> None:
    answer = client.head("/export?format=gexf")
    assert (answer.status_code, answer.headers["Content-Type"], answer.content) == (200, "application/gexf+xml", b"")


def test_network_tells_what_is_not_drawn(client: httpx.Client) -> None:
    around = "https://w3id.org/conflictkg/id/entity/istanbul"
    nodes = json.loads(client.get("/export", params={"format": "cyjs", "around": around}).content)["elements"]["nodes"]
    assert {each["data"]["label"]: each["data"]["degree"] for each in nodes} == {"Istanbul": 2, "Turkey": 2, "talks": 4}
