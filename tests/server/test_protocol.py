"""The SPARQL 1.1 Protocol, over HTTP."""

import httpx
import pytest

from kg.rdf import graph_iri
from tests.samples import DRONES, RIVER

EVENTS = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> SELECT ?e { ?e a ckg:Event } ORDER BY ?e"
TALKS = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?s = <https://w3id.org/conflictkg/id/event/talks>) }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def bindings(answer: httpx.Response) -> list[dict[str, str]]:
    answer.raise_for_status()
    return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]


def test_get(client: httpx.Client) -> None:
    assert len(bindings(client.get("/sparql", params={"query": EVENTS}))) == 4


def test_post_of_a_form(client: httpx.Client) -> None:
    assert len(bindings(client.post("/sparql", data={"query": EVENTS}))) == 4


def test_post_of_the_query_itself(client: httpx.Client) -> None:
    assert len(bindings(client.post("/sparql", content=EVENTS, headers=DIRECT))) == 4


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.3, text/tab-separated-values;q=0.9", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("application/*", "application/sparql-results+json"),
    ],
)
def test_table_in_the_form_asked_for(client: httpx.Client, accept: str, sent: str) -> None:
    answer = client.get("/sparql", params={"query": EVENTS}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    assert "id/event/talks" in answer.text
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/ld+json;q=0.2, application/rdf+xml;q=0.8", "application/rdf+xml"),
    ],
)
def test_graph_in_the_form_asked_for(client: httpx.Client, accept: str, sent: str) -> None:
    answer = client.get("/sparql", params={"query": TALKS}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    assert "eventType" in answer.text


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_format_parameter_beats_accept(client: httpx.Client, format: str) -> None:
    answer = client.get("/sparql", params={"query": EVENTS, "format": format}, headers=BROWSER)
    assert {"json": "json", "xml": "xml", "csv": "csv", "tsv": "tab-separated"}[format] in answer.headers[
        "Content-Type"
    ]


@pytest.mark.parametrize(("query", "word"), [("ASK { ?s ?p ?o }", True), ("ASK { ?s ?s ?s }", False)])
def test_ask(client: httpx.Client, query: str, word: bool) -> None:
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is word


def test_default_graph_parameter_narrows_the_query(client: httpx.Client) -> None:
    params = {"query": EVENTS, "default-graph-uri": graph_iri(RIVER.id)}
    assert [row["e"].rpartition("/")[2] for row in bindings(client.get("/sparql", params=params))] == ["attack-2"]


def test_named_graph_parameter_narrows_graph_clauses(client: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    params = {"query": query, "named-graph-uri": graph_iri(DRONES.id)}
    assert [row["g"] for row in bindings(client.post("/sparql", data=params))] == [graph_iri(DRONES.id)]


def test_direct_post_takes_graphs_from_the_address(client: httpx.Client) -> None:
    params = {"default-graph-uri": graph_iri(RIVER.id)}
    assert len(bindings(client.post("/sparql", params=params, content=EVENTS, headers=DIRECT))) == 1


def test_default_graph_is_the_union_as_a_set(client: httpx.Client) -> None:
    query = 'SELECT (COUNT(*) AS ?n) { <https://w3id.org/conflictkg/id/entity/odesa> rdfs:label "Odesa" }'
    prefix = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    assert bindings(client.get("/sparql", params={"query": prefix + query})) == [{"n": "1"}]


@pytest.mark.parametrize(
    ("method", "sent", "status", "words"),
    [
        ("GET", {"params": {"query": "SELECT bad"}}, 400, "error at 1:"),
        ("GET", {"params": {"quer": "ASK {}"}}, 400, "parameter 'query'"),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "it has 2"),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400, "not an absolute IRI"),
        ("POST", {"content": b"ASK { ?s ?p '\xff' }", "headers": DIRECT}, 400, "UTF-8"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "read-only"),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403, "read-only"),
        ("POST", {"content": "LOAD <http://127.0.0.1:1/>", "headers": DIRECT}, 400, "not SPARQL"),
        ("PUT", {"content": "ASK {}", "headers": DIRECT}, 405, "not allowed"),
        ("DELETE", {}, 405, "not allowed"),
        ("GET", {"params": {"query": EVENTS}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ("GET", {"params": {"query": EVENTS}, "headers": {"Accept": "text/turtle"}}, 406, "a table can be sent as"),
        ("GET", {"params": {"query": TALKS, "format": "csv"}}, 406, "a graph can be sent as"),
        ("POST", {"content": "x" * (1 << 20) + "x", "headers": DIRECT}, 413, "larger than"),
        ("POST", {"content": "query=" + "x" * (1 << 20), "headers": FORM}, 413, "larger than"),
        ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "application/sparql-query"),
    ],
)
def test_refusal(client: httpx.Client, method: str, sent: dict, status: int, words: str) -> None:
    answer = client.request(method, "/sparql", **sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert words in answer.text


def test_405_names_the_methods(client: httpx.Client) -> None:
    assert {"GET", "POST"} <= set(client.put("/sparql").headers["Allow"].split(", "))


def test_any_site_may_read(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": EVENTS}, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/sparql", headers={"Access-Control-Request-Headers": "content-type"})
    assert preflight.status_code == 204
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_browser_gets_the_page(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers=BROWSER)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]


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
    client.post("/sparql", content=query, headers=DIRECT)
    assert client.get("/healthz").text == "ok\n"
