"""Updates by the SPARQL 1.1 Protocol, over HTTP: what they do, to which graphs, and who may send them."""

import httpx
import pytest

from tests.server.asking import EX, FORM, PREFIX, QUERY, UPDATE, ask, at, graphs, select, update
from tests.server.serving import WRITER, Served

INSERT = f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}a> <{EX}p> 1 }} }}"
UTF16 = {"Content-Type": "application/sparql-update; charset=UTF-16"}
TOKEN = WRITER["Authorization"].removeprefix("Bearer ")
THREE = """INSERT DATA {
  GRAPH e:data1 { e:data1 a e:Doc }
  GRAPH e:data2 { e:data2 a e:Doc }
  GRAPH e:data3 { e:data3 a e:Doc }
}"""
ONE, TWO = EX + "data1", EX + "data2"
ENDPOINTS = ["/sparql", "/sparql/", "/update", "/update/"]


def sent(client: httpx.Client, text: str, **params: str | list[str]) -> httpx.Response:
    """The answer to an update, with parameters of the protocol."""
    named = {name.replace("_", "-"): value for name, value in params.items()}
    return client.post("/sparql", params=named, content=PREFIX + text, headers=UPDATE)


@pytest.mark.parametrize("path", ENDPOINTS)
def test_post_of_a_form(writer: httpx.Client, path: str) -> None:
    assert writer.post(path, data={"update": INSERT}).status_code == 200
    assert graphs(writer) == {"g": 1}


@pytest.mark.parametrize("path", ENDPOINTS)
def test_post_of_the_update_itself(writer: httpx.Client, path: str) -> None:
    assert writer.post(path, content=INSERT, headers=UPDATE).status_code == 200
    assert graphs(writer) == {"g": 1}


def test_clear_all(writer: httpx.Client) -> None:
    update(writer, THREE)
    assert writer.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 200
    assert not ask(writer, "ASK { ?s ?p ?o }")


def test_default_graph_of_an_update(writer: httpx.Client) -> None:
    """The graphs are those of each operation's WHERE, so one that an operation before has made is there."""
    text = THREE + "; INSERT { GRAPH e:found { ?s a e:Found } } WHERE { ?s a e:Doc }"
    assert sent(writer, text, using_graph_uri=ONE).status_code == 200
    assert select(writer, "SELECT ?s { GRAPH e:found { ?s a e:Found } }") == [{"s": ONE}]


def test_default_graphs_of_an_update(writer: httpx.Client) -> None:
    update(writer, THREE)
    text = "INSERT { GRAPH e:found { ?s a e:Found } } WHERE { ?s a e:Doc }"
    assert sent(writer, text, using_graph_uri=[ONE, TWO]).status_code == 200
    assert select(writer, "SELECT ?s { ?s a e:Found } ORDER BY ?s") == [{"s": ONE}, {"s": TWO}]


@pytest.mark.parametrize("how", ["address", "form"])
def test_named_graphs_of_an_update(writer: httpx.Client, how: str) -> None:
    update(writer, THREE)
    text = PREFIX + "INSERT { GRAPH e:found { ?s e:in ?g } } WHERE { GRAPH ?g { ?s a e:Doc } }"
    named = {"using-named-graph-uri": [ONE, TWO]}
    params, form = (named, {}) if how == "address" else ({}, named)
    assert writer.post("/sparql", params=params, data={"update": text} | form).status_code == 200
    assert select(writer, "SELECT ?g { ?s e:in ?g } ORDER BY ?g") == [{"g": ONE}, {"g": TWO}]


def test_default_and_named_graphs_of_an_update(writer: httpx.Client) -> None:
    update(writer, THREE)
    text = """INSERT { GRAPH e:found { ?s e:in ?g } } WHERE {
      { GRAPH ?g { ?s a e:Doc } } UNION { ?s a e:Doc BIND("default" AS ?g) }
    }"""
    assert sent(writer, text, using_graph_uri=ONE, using_named_graph_uri=TWO).status_code == 200
    found = select(writer, "SELECT ?s ?g { GRAPH e:found { ?s e:in ?g } } ORDER BY ?s")
    assert found == [{"s": ONE, "g": "default"}, {"s": TWO, "g": TWO}]


def test_graphs_of_the_protocol_say_nothing_of_where_is_written(writer: httpx.Client) -> None:
    text = "INSERT DATA { e:a e:p 1 }; INSERT DATA { GRAPH e:g { e:a e:p 2 } }"
    assert sent(writer, text, using_graph_uri=ONE).status_code == 200
    assert graphs(writer) == {"urn:x-conflictkg:default-graph": 1, "g": 1}


@pytest.mark.parametrize(
    "text",
    [
        "WITH e:data1 DELETE { ?s a e:Doc } WHERE { ?s a e:Doc }",
        "DELETE { ?s a e:Doc } USING e:data1 WHERE { ?s a e:Doc }",
        "DELETE { ?s a e:Doc } USING NAMED e:data1 WHERE { GRAPH ?g { ?s a e:Doc } }",
        "INSERT DATA { e:a e:p 1 } ; WITH e:data1 DELETE { ?s a e:Doc } WHERE { ?s a e:Doc }",
    ],
)
@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_graphs_named_in_both_ways(writer: httpx.Client, text: str, name: str) -> None:
    update(writer, THREE)
    answer = writer.post("/sparql", params={name: ONE}, content=PREFIX + text, headers=UPDATE)
    assert (answer.status_code, "USING" in answer.text) == (400, True)
    assert graphs(writer) == {"data1": 1, "data2": 1, "data3": 1}


@pytest.mark.parametrize(("path", "iri"), [("/sparql", "/there"), ("/sparql/", "/sparql/there"), ("/update", "/there")])
def test_relative_iri_is_relative_to_the_address(writer: httpx.Client, path: str, iri: str) -> None:
    text = f"CLEAR SILENT GRAPH <{EX}g> ; INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}a> <{EX}p> <there> }} }}"
    assert writer.post(path, content=text, headers=UPDATE).status_code == 200
    expected = at(writer, iri)
    assert select(writer, "SELECT ?o { GRAPH e:g { e:a e:p ?o } }") == [{"o": expected}]


@pytest.mark.parametrize(
    ("method", "sent", "status", "words"),
    [
        ("GET", {"params": {"update": INSERT}}, 400, "query"),
        ("PUT", {"content": INSERT, "headers": UPDATE}, 405, "not allowed"),
        ("POST", {"data": {"update": [INSERT, INSERT]}}, 400, "it has 2"),
        ("POST", {"data": {"update": INSERT, "query": "ASK {}"}}, 400, "has both"),
        ("POST", {"content": INSERT, "params": {"update": INSERT}, "headers": UPDATE}, 400, "must not hold another"),
        ("POST", {"content": INSERT, "headers": {"Content-Type": "text/plain"}}, 415, "application/sparql-update"),
        ("POST", {"content": INSERT}, 415, "application/sparql-update"),
        ("POST", {"content": "update=CLEAR%20ALL"}, 415, "application/x-www-form-urlencoded"),
        ("POST", {"content": INSERT.encode("utf-16"), "headers": UPDATE}, 400, "UTF-8"),
        ("POST", {"content": INSERT.encode("utf-16"), "headers": UTF16}, 400, "says UTF-16"),
        ("POST", {"content": b"update=%FF", "headers": FORM}, 400, "UTF-8"),
        ("POST", {"data": {"update": "CLEAR\nALL\nNOW"}}, 400, "error at 3:"),
        ("POST", {"content": "INSERT DATA { <a> <b> }", "headers": UPDATE}, 400, "error at 1:"),
        ("POST", {"content": "ASK {}", "headers": UPDATE}, 400, "not SPARQL"),
        ("POST", {"content": INSERT, "headers": QUERY}, 400, "not SPARQL"),
        ("POST", {"content": INSERT, "params": {"using-graph-uri": "g"}, "headers": UPDATE}, 400, "absolute IRI"),
        ("POST", {"content": f"{INSERT} ; DROP GRAPH <{EX}none>", "headers": UPDATE}, 400, "there is no graph"),
        ("POST", {"content": f"{INSERT} ; LOAD <{EX}>", "headers": UPDATE}, 403, "LOAD is switched off"),
        ("POST", {"content": f"{INSERT} ; INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE <{EX}> {{ ?s ?p ?o }} }}",
                  "headers": UPDATE}, 403, "SERVICE is switched off"),
    ],
)  # fmt: skip
def test_refusal_changes_nothing(writer: httpx.Client, method: str, sent: dict, status: int, words: str) -> None:
    answer = writer.request(method, "/sparql", **sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert words in answer.text
    assert "Traceback" not in answer.text
    assert graphs(writer) == {}


def test_update_address_takes_no_query(writer: httpx.Client) -> None:
    assert writer.post("/update", data={"query": "ASK {}"}).status_code == 400
    assert writer.get("/update", params={"query": "ASK {}"}).status_code == 405


@pytest.mark.parametrize(
    "shown", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", f"Token {TOKEN}", f"Bearer {TOKEN}x"]
)
def test_without_the_token(writable: Served, writer: httpx.Client, shown: str | None) -> None:
    headers = UPDATE | ({} if shown is None else {"Authorization": shown})
    answer = httpx.post(f"{writable.address}/sparql", content=INSERT, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="kg"')
    assert graphs(writer) == {}


def test_token_is_not_needed_to_read(writable: Served, writer: httpx.Client) -> None:
    update(writer, INSERT)
    with writable.client() as reader:
        assert graphs(reader) == {"g": 1}


def test_page_of_another_site_may_not_write(writer: httpx.Client) -> None:
    answer = writer.post("/update", content=INSERT, headers=UPDATE | {"Origin": "https://example.net"})
    assert (answer.status_code, "https://example.net may not write" in answer.text) == (403, True)
    assert graphs(writer) == {}
    own = at(writer, "")
    assert writer.post("/update", content=INSERT, headers=UPDATE | {"Origin": own}).status_code == 200


@pytest.mark.parametrize("writable", [("--allow-origin", "https://example.net")], indirect=True)
def test_page_of_an_allowed_site_may_write(writer: httpx.Client) -> None:
    """A browser asks first whether the page may send the token, and shows it the answer only where it may see it."""
    asked = {"Origin": "https://example.net", "Access-Control-Request-Method": "POST"}
    told = writer.options("/update", headers=asked | {"Access-Control-Request-Headers": "authorization,content-type"})
    assert "Authorization" in told.headers["Access-Control-Allow-Headers"]
    answer = writer.post("/update", content=INSERT, headers=UPDATE | {"Origin": "https://example.net"})
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "https://example.net")


@pytest.mark.parametrize("writable", [("--replica", "memory"), ("--replica", "disk")], indirect=True)
def test_every_query_sees_what_was_written_before(writer: httpx.Client) -> None:
    """Whichever copy is read: triples that come and go, a graph that is left empty, one that is dropped."""
    for number in range(1, 6):
        update(writer, f"INSERT DATA {{ GRAPH e:g {{ e:a e:p {number} }} GRAPH e:h {{ e:a e:p {number} }} }}")
        assert graphs(writer) == {"g": number, "h": number}
        assert select(writer, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": str(number)}]
    update(writer, "DELETE WHERE { GRAPH e:g { ?s ?p 3 } }")
    assert graphs(writer) == {"g": 4, "h": 5}
    update(writer, "CLEAR GRAPH e:g")
    assert graphs(writer) == {"g": 0, "h": 5}
    update(writer, "DROP GRAPH e:g ; ADD e:h TO e:i ; CREATE GRAPH e:j")
    assert graphs(writer) == {"h": 5, "i": 5, "j": 0}
    update(writer, "DROP ALL")
    assert graphs(writer) == {}
    update(writer, "INSERT DATA { GRAPH e:g { e:a e:p [] } }")
    assert graphs(writer) == {"g": 1}
