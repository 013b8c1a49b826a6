"""In which form an answer is sent, and when it is not sent again."""

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest

from tests.server.asking import BROWSER, EX, QUERY, TURTLE, UPDATE, update
from tests.server.test_protocol import EVENTS, TALKS

TERMS = """SELECT ?iri ?plain ?tagged ?number ?none {
  BIND(<https://example.org/a> AS ?iri) BIND("one \\"two\\",\\n\\tthree" AS ?plain) BIND("два"@uk AS ?tagged)
  BIND(4.5 AS ?number)
}"""
ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"  # large enough to be worth compressing
TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
}


def got(client: httpx.Client, query: str, format: str = "", **headers: str) -> httpx.Response:
    params = {"query": query} | ({"format": format} if format else {})
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", params=params, headers=sent)


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("*/*", TABLES["json"]),
        ("", TABLES["json"]),
        ("application/json", TABLES["json"]),
        ("application/xml", TABLES["xml"]),
        ("application/sparql-results+xml", TABLES["xml"]),
        ("text/csv", TABLES["csv"]),
        ("text/tab-separated-values", TABLES["tsv"]),
        ("text/csv;q=0.3, text/tab-separated-values;q=0.9", TABLES["tsv"]),
        ("text/turtle, text/csv;q=0.1", TABLES["csv"]),
        ("application/*", TABLES["json"]),
        ("application/*;q=0.1, text/csv;q=0.2", TABLES["csv"]),
        ("application/sparql-results+json;q=0, */*", TABLES["xml"]),
    ],
)
@pytest.mark.parametrize("query", [EVENTS, "ASK {}"], ids=["select", "ask"])
def test_table_in_the_form_asked_for(client: httpx.Client, query: str, accept: str, sent: str) -> None:
    answer = got(client, query, Accept=accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    assert ("id/event/talks" if query == EVENTS else "true") in answer.text
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        *((type.partition(";")[0], type) for type, _ in GRAPHS.values()),
        ("text/plain", "application/n-triples"),
        ("application/json", "application/ld+json"),
        ("application/ld+json;q=0.2, application/rdf+xml;q=0.8", "application/rdf+xml"),
        ("application/sparql-results+json, application/trig;q=0.1", "application/trig"),
    ],
)
@pytest.mark.parametrize(
    "query", [TALKS, "DESCRIBE <https://w3id.org/conflictkg/id/event/talks>"], ids=["construct", "describe"]
)
def test_graph_in_the_form_asked_for(client: httpx.Client, query: str, accept: str, sent: str) -> None:
    answer = got(client, query, Accept=accept)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
    assert "eventType" in answer.text


@pytest.mark.parametrize("format", [*TABLES, "srj", "srx", "application/sparql-results+xml", "TSV"])
def test_format_parameter_beats_accept(client: httpx.Client, format: str) -> None:
    expected = {"srj": "json", "srx": "xml", "application/sparql-results+xml": "xml", "TSV": "tsv"}.get(format, format)
    assert got(client, EVENTS, format, **BROWSER).headers["Content-Type"] == TABLES[expected]


@pytest.mark.parametrize("format", GRAPHS)
def test_graph_in_each_format_is_the_same(client: httpx.Client, format: str) -> None:
    answer = got(client, TALKS, format, **BROWSER)
    type, syntax = GRAPHS[format]
    assert answer.headers["Content-Type"] == type
    expected = {quad.triple for quad in ox.parse(got(client, TALKS, "nt").content, ox.RdfFormat.N_TRIPLES)}
    assert {quad.triple for quad in ox.parse(answer.content, syntax)} == expected
    assert len(expected) > 3


@pytest.mark.parametrize("format", ["bogus", "text/html", "png"])
def test_format_that_there_is_none_of(client: httpx.Client, format: str) -> None:
    answer = got(client, EVENTS, format)
    assert (answer.status_code, "text/csv" in answer.text) == (406, True)


def test_json_of_a_table(client: httpx.Client) -> None:
    assert json.loads(got(client, TERMS, "json").content) == {
        "head": {"vars": ["iri", "plain", "tagged", "number", "none"]},
        "results": {
            "bindings": [
                {
                    "iri": {"type": "uri", "value": EX + "a"},
                    "plain": {"type": "literal", "value": 'one "two",\n\tthree'},
                    "tagged": {"type": "literal", "value": "два", "xml:lang": "uk"},
                    "number": {
                        "type": "literal",
                        "value": "4.5",
                        "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
                    },
                }
            ]
        },
    }


def test_xml_of_a_table(client: httpx.Client) -> None:
    space = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ET.fromstring(got(client, TERMS, "xml").content)
    assert [each.get("name") for each in root.iterfind("s:head/s:variable", space)] == [
        "iri", "plain", "tagged", "number", "none",
    ]  # fmt: skip
    (row,) = root.iterfind("s:results/s:result", space)
    assert {each.get("name"): each[0].text for each in row} == {
        "iri": EX + "a", "plain": 'one "two",\n\tthree', "tagged": "два", "number": "4.5",
    }  # fmt: skip


def test_csv_of_a_table(client: httpx.Client) -> None:
    answer = got(client, TERMS, "csv").content.decode()
    assert answer.startswith("iri,plain,tagged,number,none\r\n")
    assert list(csv.reader(io.StringIO(answer, newline="")))[1] == [EX + "a", 'one "two",\n\tthree', "два", "4.5", ""]


def test_tsv_of_a_table(client: httpx.Client) -> None:
    header, row = got(client, TERMS, "tsv").content.decode().removesuffix("\n").split("\n")
    assert header.split("\t") == ["?iri", "?plain", "?tagged", "?number", "?none"]
    assert row.split("\t") == [f"<{EX}a>", '"one \\"two\\",\\n\\tthree"', '"два"@uk', "4.5", ""]


def test_head_tells_of_the_answer_and_sends_none(client: httpx.Client) -> None:
    whole = got(client, EVENTS, Accept_Encoding="identity")
    told = client.head("/sparql", params={"query": EVENTS}, headers={"Accept-Encoding": "identity"})
    assert (told.status_code, told.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert told.headers[name] == whole.headers[name]
    wrong = client.head("/sparql", params={"query": "ASK {"})
    assert (wrong.status_code, wrong.content) == (400, b"")
    assert client.head("/sparql", headers=BROWSER).headers["Content-Type"] == "text/html; charset=utf-8"


def test_gzip_is_the_same_answer(client: httpx.Client) -> None:
    with client.stream("GET", "/sparql", params={"query": ALL}, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        sent = b"".join(answer.iter_raw())
    plain = got(client, ALL, Accept_Encoding="identity")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(sent) == plain.content
    assert plain.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize("said", ["gzip;q=0", "deflate", "identity, gzip;q=0.0"])
def test_client_that_takes_no_gzip_gets_none(client: httpx.Client, said: str) -> None:
    assert "Content-Encoding" not in got(client, ALL, Accept_Encoding=said).headers


def test_answer_that_the_client_has_is_not_sent_again(client: httpx.Client) -> None:
    tag = got(client, EVENTS).headers["ETag"]
    for said in (tag, f'"other", {tag}', f"W/{tag}"):
        answer = got(client, EVENTS, If_None_Match=said)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    assert got(client, EVENTS, If_None_Match='"other"').status_code == 200
    assert got(client, EVENTS, "xml", If_None_Match=tag).status_code == 200
    assert got(client, TALKS, If_None_Match=tag).status_code == 200


def test_answer_that_differs_each_time_has_no_tag(client: httpx.Client) -> None:
    for query in ("SELECT (NOW() AS ?x) {}", "SELECT (RAND() AS ?x) {}", "SELECT (UUID() AS ?x) {}"):
        assert "ETag" not in got(client, query).headers


def test_wrong_query_is_wrong_for_whoever_has_anything(client: httpx.Client) -> None:
    """RFC 9110, 13.2.1: a condition counts only where the request without it would have been done."""
    assert got(client, "SELECT ?nothing {", If_None_Match="*").status_code == 400


def test_posted_query_is_answered_whatever_the_client_has(client: httpx.Client) -> None:
    """RFC 9110, 15.4.5: 304 answers GET and HEAD alone."""
    tag = client.post("/sparql", content=EVENTS, headers=QUERY).headers.get("ETag", '"none"')
    assert client.post("/sparql", content=EVENTS, headers=QUERY | {"If-None-Match": tag}).status_code == 200


def test_answer_is_sent_again_after_a_write(writer: httpx.Client) -> None:
    query = "SELECT ?s { ?s ?p ?o } ORDER BY ?s"
    update(writer, "INSERT DATA { e:a e:p 1 }")
    tag = got(writer, query).headers["ETag"]
    assert got(writer, query, If_None_Match=tag).status_code == 304
    update(writer, "INSERT DATA { e:b e:p 1 }")
    answer = got(writer, query, If_None_Match=tag)
    assert (answer.status_code, len(answer.json()["results"]["bindings"])) == (200, 2)


def test_browser_gets_the_page_of_the_editor(client: httpx.Client) -> None:
    for answer in (client.get("/sparql", headers=BROWSER), got(client, "ASK {", **BROWSER)):
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/id/entity/nobody", 404), ("/update", 405)])
def test_browser_gets_a_page_for_the_error_of_a_page(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [("/sparql", "ASK {", QUERY), ("/update", "CLEAR", UPDATE), ("/store?default", "<a> <b>", TURTLE)],
)
def test_error_of_a_program_is_plain_text(writer: httpx.Client, path: str, body: str, headers: dict) -> None:
    answer = writer.post(path, content=body, headers=headers | BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
