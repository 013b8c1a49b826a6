"""SPARQL endpoints as sources: Oxigraph's own server, and one that is busy, both on a real port."""

import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from kg.errors import GazetteerError
from kg.gazetteer import endpoint, sparql
from kg.gazetteer.row import Row

DATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
wd:Q900001 wdt:P31 wd:Q515 ; rdfs:label "Rivertown"@en, "Ривертаун"@uk ;
    skos:altLabel "River City"@en, "Port River"@en ;
    wdt:P625 "Point(20.25 10.5)"^^geo:wktLiteral ; wdt:P17 wd:Q900100 ; wdt:P1566 "55" ; wikibase:sitelinks 12 ;
    schema:description "city in Riverland"@en .
wd:Q900002 wdt:P31 wd:Q772547 ; rdfs:label "Riverland Defence Force"@en .
wd:Q900003 wdt:P31 wd:Q13442814 ; rdfs:label "On Rivers"@en .
wd:Q900004 wdt:P31 wd:Q198 ; rdfs:label "River War"@en .
wd:Q900005 wdt:P31 wd:Q515 ; rdfs:label "Secondtown"@en ; skos:altLabel "Second"@en .
"""
QUERY = """# towns
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?item ?label ("city" AS ?class) WHERE { ?item wdt:P31 wd:Q515 ; rdfs:label ?label }"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    program = shutil.which("oxigraph", path=f"{sysconfig.get_path('scripts')}:{Path(sys.executable).parent}")
    assert program, "the test extra has Oxigraph's server: pip install 'conflictkg[test]'"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        url = f"http://127.0.0.1:{port}"
        httpx.post(
            f"{url}/store?default", content=DATA.encode(), headers={"Content-Type": "text/turtle"}
        ).raise_for_status()
        yield f"{url}/query"
    finally:
        server.kill()
        server.wait()


def read(address: str, **options: object) -> list[tuple[int, Row]]:
    return list(sparql.rows(address, on_bad=pytest.fail, **options))  # type: ignore[arg-type]


def test_default_query_reads_the_classes_of_wikidata(address: str) -> None:
    rows = {row.qid: row for _, row in read(address)}
    assert rows.keys() == {"Q900001", "Q900002", "Q900004", "Q900005"}
    assert rows["Q900002"].classes == ("ArmedForce", "Organization")
    assert rows["Q900004"].classes == ("Conflict",)


def test_solutions_of_one_thing_become_one_row(address: str) -> None:
    row = {row.qid: row for _, row in read(address)}["Q900001"]
    assert (row.label, row.classes, row.geonames, row.country) == ("Rivertown", ("Place",), 55, "Q900100")
    assert (row.lat, row.lon, row.fame, row.description) == (10.5, 20.25, 12, "city in Riverland")
    assert sorted(row.names) == [("Port River", "alias"), ("River City", "alias")]
    assert row.labels == (("en", "Rivertown"),)
    assert row.source == "127.0.0.1"


def test_query_of_ones_own(address: str) -> None:
    (_, town), (_, second) = read(address, query=QUERY)
    assert (town.label, town.classes, town.labels) == (
        "Rivertown",
        ("Place",),
        (("en", "Rivertown"), ("uk", "Ривертаун")),
    )
    assert ("Ривертаун", "alias") in town.names
    assert second.qid == "Q900005"


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_pages_and_places_to_go_on_from(address: str, page: int) -> None:
    everything = read(address)
    assert read(address, page=page) == everything
    for index, (position, _) in enumerate(everything, 1):
        assert read(address, page=page, start=position) == everything[index:]


def test_size_is_the_last_position(address: str) -> None:
    assert sparql.size(address) == read(address)[-1][0]
    assert sparql.size(address, query=QUERY) == 3


def test_rows_of_no_known_class_are_told(address: str) -> None:
    told: list[str] = []
    rows = sparql.rows(address, query=QUERY.replace('"city"', '"spaceship"'), on_bad=told.append)
    assert list(rows) == []
    assert told == [f"{address}:{n}: no class is known as 'spaceship'" for n in (2, 3)]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("ASK { ?s ?p ?o }", "the query is no SELECT"),
        ("SELECT ?s { ?s ?p ?o }", "the query names no things"),
        ("SELECT ?item ?label { ?item ", "answers 400"),
    ],
)
def test_wrong_query(address: str, query: str, problem: str) -> None:
    with pytest.raises(GazetteerError, match=problem):
        read(address, query=query)


@pytest.fixture
def busy() -> Iterator[tuple[str, list[str], list[tuple[int, str]]]]:
    """A server that gives the answers it is told to, then an empty table; and the user agents that asked it."""
    app, agents, answers = Flask(__name__), [], []

    @app.post("/sparql")
    def answer() -> Response:
        agents.append(request.headers["User-Agent"])
        if answers:
            status, after = answers.pop(0)
            return Response("busy", status, {"Retry-After": after} if after else {})
        return Response(
            '{"head": {"vars": []}, "results": {"bindings": []}}', content_type="application/sparql-results+json"
        )

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", agents, answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


Busy = tuple[str, list[str], list[tuple[int, str]]]


def test_busy_server_is_waited_for_as_long_as_it_asks(busy: Busy) -> None:
    address, agents, answers = busy
    answers += [(429, "7"), (503, ""), (429, "Mon, 01 Jan 2024 00:00:00 GMT")]
    waited: list[float] = []
    assert read(address, wait=waited.append) == []
    assert waited == [7.0, 4.0, 1.0]
    assert all(agent.startswith("ConflictKG/") for agent in agents)


def test_server_that_stays_busy(busy: Busy) -> None:
    address, agents, answers = busy
    answers += [(429, "1")] * 20
    with pytest.raises(GazetteerError, match=r"answers 429: busy \(build again later"):
        read(address, wait=lambda _: None)
    assert len(agents) == endpoint.TRIES


def test_server_that_asks_for_hours_is_not_waited_for(busy: Busy) -> None:
    address, _, answers = busy
    answers += [(429, "86400")]
    with pytest.raises(GazetteerError, match="build again later"):
        read(address, wait=lambda _: pytest.fail("waited"))


def test_server_that_refuses_is_not_asked_again(busy: Busy) -> None:
    address, agents, answers = busy
    answers += [(403, "")]
    with pytest.raises(GazetteerError, match=r"answers 403: busy \(check the address"):
        read(address)
    assert len(agents) == 1


def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    waited: list[float] = []
    with pytest.raises(GazetteerError, match="does not answer"):
        read(address, wait=waited.append)
    assert waited == [2.0, 4.0, 8.0, 16.0, 32.0]


def test_revision_tells_questions_apart() -> None:
    one = sparql.revision("https://river.example/sparql")
    assert one == sparql.revision("https://river.example/sparql")
    assert one != sparql.revision("https://river.example/sparql", query=QUERY)
