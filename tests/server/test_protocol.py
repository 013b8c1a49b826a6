"""Queries by the SPARQL 1.1 Protocol, over HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from kg.rdf import graph_iri
from tests.samples import DRONES, RIVER
from tests.server.asking import BROWSER, EX, FORM, PREFIX, QUERY, UPDATE, at, bindings, select, update
from tests.server.serving import WRITER, Served

EVENTS = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> SELECT ?e { ?e a ckg:Event } ORDER BY ?e"
TALKS = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?s = <https://w3id.org/conflictkg/id/event/talks>) }"
# Each graph has a document that is named like it, and the first two tell of one town.
THREE = """INSERT DATA {
  GRAPH e:data1 { e:data1 a e:Doc . e:town e:in e:land }
  GRAPH e:data2 { e:data2 a e:Doc . e:town e:in e:land }
  GRAPH e:data3 { e:data3 a e:Doc }
}"""
DOCUMENTS = "SELECT ?s { ?s a e:Doc } ORDER BY ?s"
NAMED = "SELECT ?g ?s { GRAPH ?g { ?s a e:Doc } } ORDER BY ?g"
TOWNS = "SELECT (COUNT(*) AS ?n) { e:town e:in ?land }"
ONE, TWO, NONE = EX + "data1", EX + "data2", EX + "data0"
ENDPOINTS = ["/sparql", "/sparql/", "/query"]


@pytest.fixture(scope="module")
def three(writable: Served) -> Iterator[httpx.Client]:
    """A client of a server with three small graphs."""
    with writable.client(headers=WRITER) as client:
        update(client, THREE)
        yield client


@pytest.mark.parametrize("path", ENDPOINTS)
def test_get(client: httpx.Client, path: str) -> None:
    assert len(bindings(client.get(path, params={"query": EVENTS}))) == 4


@pytest.mark.parametrize("path", ENDPOINTS)
def test_post_of_a_form(client: httpx.Client, path: str) -> None:
    assert len(bindings(client.post(path, data={"query": EVENTS}))) == 4


@pytest.mark.parametrize("path", ENDPOINTS)
def test_post_of_the_query_itself(client: httpx.Client, path: str) -> None:
    assert len(bindings(client.post(path, content=EVENTS, headers=QUERY))) == 4


@pytest.mark.parametrize(
    "type", ['Application/SPARQL-Query; charset="UTF-8"', "application/sparql-query;charset=utf-8"]
)
def test_media_type_may_name_utf8(client: httpx.Client, type: str) -> None:
    assert len(bindings(client.post("/sparql", content=EVENTS, headers={"Content-Type": type}))) == 4


@pytest.mark.parametrize(("query", "word"), [("ASK { ?s ?p ?o }", True), ("ASK { ?s ?s ?s }", False), ("ASK {}", True)])
def test_ask(client: httpx.Client, query: str, word: bool) -> None:
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is word


@pytest.mark.parametrize("where", ["address", "form", "both"])
def test_default_graphs_of_a_form(three: httpx.Client, where: str) -> None:
    """The parameters stand in the address or in the form; in both, both count."""
    first = {"default-graph-uri": ONE}, {}
    found = {"address": first, "form": first[::-1], "both": ({"default-graph-uri": TWO}, first[0])}[where]
    answer = three.post("/sparql", params=found[0], data={"query": PREFIX + DOCUMENTS} | found[1])
    expected = [ONE, TWO] if where == "both" else [ONE]
    assert [row["s"] for row in bindings(answer)] == expected


def test_default_graphs_of_a_get(three: httpx.Client) -> None:
    params = {"query": PREFIX + DOCUMENTS, "default-graph-uri": [ONE, TWO]}
    assert [row["s"] for row in bindings(three.get("/sparql/", params=params))] == [ONE, TWO]


def test_default_graphs_of_a_query_itself(three: httpx.Client) -> None:
    assert [row["s"] for row in select(three, DOCUMENTS, default_graph_uri=[ONE, TWO])] == [ONE, TWO]


def test_default_graph_that_is_not_there_is_empty(three: httpx.Client) -> None:
    assert select(three, DOCUMENTS, default_graph_uri=NONE) == []
    assert select(three, "SELECT * {}", default_graph_uri=NONE) == [{}]


def test_named_graphs_of_a_get(three: httpx.Client) -> None:
    params = {"query": PREFIX + NAMED, "named-graph-uri": [ONE, TWO]}
    assert bindings(three.get("/sparql", params=params)) == [{"g": ONE, "s": ONE}, {"g": TWO, "s": TWO}]


def test_named_graphs_of_a_query_itself(three: httpx.Client) -> None:
    assert select(three, NAMED, named_graph_uri=[ONE, TWO]) == [{"g": ONE, "s": ONE}, {"g": TWO, "s": TWO}]


def test_named_graphs_alone_leave_the_default_graph_empty(three: httpx.Client) -> None:
    assert select(three, DOCUMENTS, named_graph_uri=ONE) == []


def test_default_graphs_alone_leave_no_graph_to_be_named(three: httpx.Client) -> None:
    assert select(three, NAMED, default_graph_uri=ONE) == []


def test_default_and_named_graphs(three: httpx.Client) -> None:
    query = "SELECT ?s ?t { ?s a e:Doc . GRAPH ?g { ?t a e:Doc } } ORDER BY ?t"
    found = select(three, query, default_graph_uri=EX + "data3", named_graph_uri=[ONE, TWO])
    assert found == [{"s": EX + "data3", "t": ONE}, {"s": EX + "data3", "t": TWO}]


def test_parameters_win_over_the_query(three: httpx.Client) -> None:
    query = "SELECT ?s FROM e:data3 FROM NAMED e:data3 { { ?s a e:Doc } UNION { GRAPH ?g { ?s a e:Doc } } } ORDER BY ?s"
    assert [row["s"] for row in select(three, query)] == [EX + "data3", EX + "data3"]
    found = select(three, query, default_graph_uri=ONE, named_graph_uri=TWO)
    assert [row["s"] for row in found] == [ONE, TWO]


def test_one_triple_in_two_graphs_is_one(three: httpx.Client) -> None:
    """The default graph is a set, whichever way it is made of several graphs."""
    assert select(three, TOWNS) == [{"n": "1"}]
    assert select(three, TOWNS.replace("{", "FROM e:data1 FROM e:data2 {", 1)) == [{"n": "1"}]
    assert select(three, TOWNS, default_graph_uri=[ONE, TWO]) == [{"n": "1"}]
    assert select(three, "SELECT ?g { GRAPH ?g { e:town e:in ?land } } ORDER BY ?g") == [{"g": ONE}, {"g": TWO}]


def test_named_graphs_of_the_query(three: httpx.Client) -> None:
    query = NAMED.replace("{", "FROM NAMED e:data1 FROM NAMED e:data3 {", 1)
    assert [row["g"] for row in select(three, query)] == [ONE, EX + "data3"]


def test_default_graph_of_articles_is_the_union_as_a_set(client: httpx.Client) -> None:
    query = 'SELECT (COUNT(*) AS ?n) { <https://w3id.org/conflictkg/id/entity/odesa> rdfs:label "Odesa" }'
    prefix = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    assert bindings(client.get("/sparql", params={"query": prefix + query})) == [{"n": "1"}]


def test_graph_of_an_article_narrows_the_query(client: httpx.Client) -> None:
    params = {"query": EVENTS, "default-graph-uri": graph_iri(RIVER.id)}
    assert [row["e"].rpartition("/")[2] for row in bindings(client.get("/sparql", params=params))] == ["attack-2"]
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    params = {"query": query, "named-graph-uri": graph_iri(DRONES.id)}
    assert [row["g"] for row in bindings(client.post("/sparql", data=params))] == [graph_iri(DRONES.id)]


@pytest.mark.parametrize(
    ("path", "query", "iri"),
    [
        ("/sparql", "SELECT (<there> AS ?x) {}", "/there"),
        ("/sparql/", "SELECT (<there> AS ?x) {}", "/sparql/there"),
        ("/sparql", f"BASE <{EX}a/> SELECT (<there> AS ?x) {{}}", f"{EX}a/there"),
    ],
)
def test_relative_iri_is_relative_to_the_address(client: httpx.Client, path: str, query: str, iri: str) -> None:
    expected = iri if iri.startswith("http") else at(client, iri)
    assert bindings(client.get(path, params={"query": query})) == [{"x": expected}]


@pytest.mark.parametrize(
    ("method", "sent", "status", "words"),
    [
        ("GET", {"params": {"query": "SELECT bad"}}, 400, "error at 1:"),
        ("GET", {"params": {"query": "ASK {\n\n ?s ?p }"}}, 400, "error at 3:"),
        ("GET", {"params": {"query": "ASK {"}}, 400, "error at 1:6"),
        ("GET", {"params": {"quer": "ASK {}"}}, 400, "parameter 'query'"),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "it has 2"),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 400, "'query'"),
        ("GET", {"params": {"query": "CLEAR ALL"}}, 400, "not SPARQL"),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400, "not an absolute IRI"),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "data1"}}, 400, "not an absolute IRI"),
        ("POST", {"content": b"query=ASK%20%7B%22%FF%22%7D", "headers": FORM}, 400, "UTF-8"),
        ("POST", {"data": {"query": ["ASK {}", "ASK {}"]}}, 400, "it has 2"),
        ("POST", {"data": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400, "has both"),
        ("POST", {"content": "ASK {}", "params": {"query": "ASK {}"}, "headers": QUERY}, 400, "must not hold another"),
        ("POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": QUERY}, 400, "UTF-8"),
        ("POST", {"content": "ASK {}".encode("utf-16"), "headers": QUERY}, 400, "UTF-8"),
        (
            "POST",
            {
                "content": "ASK {}".encode("utf-16"),
                "headers": {"Content-Type": "application/sparql-query; charset=UTF-16"},
            },
            400,
            "says UTF-16",
        ),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "read-only"),
        ("POST", {"content": "CLEAR ALL", "headers": UPDATE}, 403, "read-only"),
        ("POST", {"content": "LOAD <http://127.0.0.1:1/>", "headers": QUERY}, 400, "not SPARQL"),
        ("PUT", {"content": "ASK {}", "headers": QUERY}, 405, "not allowed"),
        ("PUT", {"params": {"query": "ASK {}"}, "headers": FORM}, 405, "not allowed"),
        ("DELETE", {}, 405, "not allowed"),
        ("PATCH", {"params": {"query": "ASK {}"}}, 405, "not allowed"),
        ("GET", {"params": {"query": EVENTS}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ("GET", {"params": {"query": EVENTS}, "headers": {"Accept": "text/turtle"}}, 406, "a table can be sent as"),
        ("GET", {"params": {"query": TALKS, "format": "csv"}}, 406, "a graph can be sent as"),
        ("GET", {"params": {"query": "ASK {", "format": "json"}, "headers": BROWSER}, 400, "error at 1:6"),
        ("POST", {"data": {"query": "ASK {"}, "headers": BROWSER}, 400, "error at 1:6"),
        ("POST", {"content": "x" * (1 << 20) + "x", "headers": QUERY}, 413, "larger than"),
        ("POST", {"content": "query=" + "x" * (1 << 20), "headers": FORM}, 413, "larger than"),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "application/sparql-query"),
        ("POST", {"content": "ASK {}"}, 415, "application/sparql-query"),
        ("POST", {"content": "query=ASK%20%7B%7D"}, 415, "application/x-www-form-urlencoded"),
    ],
)
def test_refusal(client: httpx.Client, method: str, sent: dict, status: int, words: str) -> None:
    """A browser that wrote a query has an editor to show the words in, so they are plain text even there."""
    answer = client.request(method, "/sparql", **sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert words in answer.text
    assert "Traceback" not in answer.text


def test_address_that_is_not_utf8(client: httpx.Client) -> None:
    answer = client.get("/sparql?query=ASK%20%7B%22%FF%22%7D")
    assert (answer.status_code, answer.text) == (400, "the parameters are not UTF-8: invalid start byte\n")


@pytest.mark.parametrize(("path", "methods"), [("/sparql", "GET, HEAD, POST, OPTIONS"), ("/update", "POST, OPTIONS")])
def test_methods_are_named(client: httpx.Client, path: str, methods: str) -> None:
    for answer in (client.put(path), client.options(path)):
        assert {*answer.headers["Allow"].split(", ")} == {*methods.split(", ")}


def test_any_site_may_read(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": EVENTS}, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/sparql", headers={"Access-Control-Request-Headers": "content-type"})
    assert preflight.status_code == 204
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "{" * 49_000 + "}" * 49_000 + "}",
        "SELECT * { FILTER(" + "(" * 49_000 + "1" + ")" * 49_000 + ") }",
        "SELECT * { FILTER(" + "!" * 90_000 + "?a) }",
    ],
    ids=["braces", "parentheses", "negations"],
)
def test_deep_nesting_leaves_the_server_alive(client: httpx.Client, query: str) -> None:
    client.post("/sparql", content=query, headers=QUERY)
    assert client.get("/healthz").text == "ok\n"
