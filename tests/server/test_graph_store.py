"""The SPARQL 1.1 Graph Store HTTP Protocol: what each method does to a graph, and how a graph is named."""

import httpx
import pyoxigraph as ox
import pytest
from pyoxigraph import Dataset, Quad, RdfFormat

from tests.server.asking import BROWSER, EX, TURTLE, UPDATE, ask, at, graphs, select, update
from tests.server.serving import Served

PERSON = "<#me> a <https://example.org/Person> ; <https://example.org/card> [ <https://example.org/name> 'Ada' ] ."
OTHER = "<#me> <https://example.org/card> [ <https://example.org/name> 'Grace' ; <https://example.org/born> 1906 ] ."
NAME = "<#me> <https://example.org/name> 'Ada L.' ."
SELF = "/store/person/1"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}


def content(text: str | bytes, base: str, syntax: RdfFormat = RdfFormat.TURTLE) -> Dataset:
    """The triples of a text, their blank nodes named by where they stand, so that isomorphic graphs are equal."""
    found = Dataset(Quad(*quad.triple) for quad in ox.parse(text, syntax, base_iri=base))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def holds(client: httpx.Client, path: str, *texts: str, base: str = "") -> bool:
    """Whether the graph at the address is what these Turtle texts say together."""
    base = base or at(client, path)
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8"), answer.text
    return content(answer.content, base) == content("\n".join(texts), base)


def put(client: httpx.Client, path: str, text: str, **headers: str) -> int:
    sent = TURTLE | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(path, content=text, headers=sent).status_code


@pytest.mark.parametrize("writable", [("--replica", "memory"), ("--replica", "disk")], indirect=True)
def test_graph_from_first_to_last(writer: httpx.Client) -> None:
    """Each write is seen by the very next request, whichever copy is read."""
    assert writer.get(SELF).status_code == writer.head(SELF).status_code == 404
    assert put(writer, SELF, PERSON) == 201
    assert holds(writer, SELF, PERSON)
    assert put(writer, SELF, OTHER) == 204
    assert holds(writer, SELF, OTHER)
    answer = writer.post(SELF, content=NAME, headers=TURTLE)
    assert answer.status_code == 200
    assert holds(writer, SELF, OTHER, NAME)
    assert select(writer, "SELECT ?name { GRAPH ?g { ?me e:card/e:born 1906 ; e:name ?name } }") == [{"name": "Ada L."}]
    assert writer.delete(SELF).status_code == 200
    assert writer.get(SELF).status_code == writer.head(SELF).status_code == 404
    assert writer.delete(SELF).status_code == 404
    assert not ask(writer, "ASK { ?s ?p ?o }")


def test_head_is_get_without_the_body(writer: httpx.Client) -> None:
    put(writer, SELF, PERSON)
    told, whole = (method(SELF, headers={"Accept-Encoding": "identity"}) for method in (writer.head, writer.get))
    assert (told.status_code, told.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert told.headers[name] == whole.headers[name]


def test_options_name_the_methods(writer: httpx.Client) -> None:
    answer = writer.options(SELF)
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}
    assert answer.headers["Accept-Patch"] == "application/sparql-update"


def test_405_names_the_methods(writer: httpx.Client) -> None:
    answer = writer.request("TRACE", SELF)
    assert answer.status_code == 405
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}


def test_graph_is_the_same_by_its_address_and_by_its_name(writer: httpx.Client) -> None:
    iri = at(writer, SELF)
    assert put(writer, SELF, PERSON) == 201
    for name in (iri, "/store/person/1", "store/person/1"):
        assert writer.get("/store", params={"graph": name}).content == writer.get(SELF).content
        assert writer.get("/store/", params={"graph": iri}).status_code == 200
    assert writer.delete("/store", params={"graph": iri}).status_code == 200
    assert writer.get(SELF).status_code == 404


@pytest.mark.parametrize("iri", [EX + "a", "http://example.org/a#", "urn:a:b", EX + "%D1%96?x=1&y=2#z", EX + "і"])
def test_any_iri_can_name_a_graph(writer: httpx.Client, iri: str) -> None:
    answer = writer.put("/store", params={"graph": iri}, content=NAME, headers=TURTLE)
    assert answer.status_code == 201
    assert [row["g"] for row in select(writer, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }")] == [iri]
    got = writer.get("/store", params={"graph": iri})
    assert content(got.content, iri) == content(NAME, iri), "relative IRIs in the body are relative to the graph"


@pytest.mark.parametrize("path", ["/store?default", "/store?default=", "/store/?default"])
def test_graph_without_a_name(writer: httpx.Client, path: str) -> None:
    """It is always there, and is what updates without a graph write to; queries see it with all others."""
    assert writer.get(path).status_code == 200
    assert put(writer, path, "<https://example.org/a> <https://example.org/p> 1 .") == 201, "as the W3C has it"
    update(writer, "INSERT DATA { e:a e:p 2 . GRAPH e:g { e:a e:p 3 } }")
    assert holds(writer, path, "<https://example.org/a> <https://example.org/p> 1, 2 .")
    assert select(writer, "SELECT (SUM(?o) AS ?n) { e:a e:p ?o }") == [{"n": "6"}]
    assert writer.delete(path).status_code == 200
    assert holds(writer, path, "")
    assert graphs(writer) == {"g": 1}


@pytest.mark.parametrize(
    "address",
    [
        "/store", "/store/", "/store?graph=", "/store?graph=a&graph=b", "/store?graph=a&default", "/store?graph=a%20b",
        "/store?graph=http%3A%2F%2F%5B",
    ],
)  # fmt: skip
def test_no_graph_or_several(writer: httpx.Client, address: str) -> None:
    for answer in (writer.get(address), writer.put(address, content=NAME, headers=TURTLE), writer.delete(address)):
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert graphs(writer) == {}


def test_empty_graph_stays(writer: httpx.Client) -> None:
    assert put(writer, SELF, "") == 201
    assert writer.get(SELF).status_code == 200
    assert put(writer, SELF, "") == 204
    assert list(graphs(writer).values()) == [0]
    put(writer, SELF, NAME)
    put(writer, SELF, "")
    assert holds(writer, SELF, "")


@pytest.mark.parametrize("path", ["/store", "/store/"])
def test_post_to_the_store_makes_a_graph(writer: httpx.Client, path: str) -> None:
    made = [writer.post(path, content=PERSON, headers=TURTLE) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    first, second = (answer.headers["Location"] for answer in made)
    assert first != second
    for place in (first, second):
        assert place.startswith(at(writer, "/store/"))
        assert holds(writer, place.removeprefix(at(writer, "")), PERSON, base=place)
    assert writer.post(path, content="", headers=TURTLE).status_code == 201
    assert sorted(graphs(writer).values()) == [0, 3, 3]


def test_post_of_several_files(writer: httpx.Client) -> None:
    assert put(writer, SELF, PERSON) == 201
    line = "<https://example.org/a> <https://example.org/p> _:b .\n"
    files = [
        ("first", ("name.ttl", NAME, "text/turtle; charset=utf-8")),
        ("second", ("line.nt", line, "application/n-triples")),
        ("second", ("line.nt", line, "application/n-triples")),
    ]
    assert writer.post(SELF, files=files).status_code == 200
    both = "<https://example.org/a> <https://example.org/p> [], [] ."
    assert holds(writer, SELF, PERSON, NAME, both), "a blank node is of its file alone"
    place = writer.post("/store", files=files[1:]).headers["Location"]
    assert holds(writer, place.removeprefix(at(writer, "")), both)


def test_blank_nodes_are_new_with_each_body(writer: httpx.Client) -> None:
    assert put(writer, SELF, "_:a <https://example.org/p> _:b .") == 201
    assert put(writer, SELF, "_:a <https://example.org/p> _:b .") == 204
    assert holds(writer, SELF, "[] <https://example.org/p> [] .")
    writer.post(SELF, content="_:a <https://example.org/p> _:b .", headers=TURTLE)
    assert holds(writer, SELF, "[] <https://example.org/p> [] . [] <https://example.org/p> [] .")
    again = writer.get(SELF, headers={"Accept": "application/n-triples"}).content
    assert writer.put(SELF, content=again, headers={"Content-Type": "application/n-triples"}).status_code == 204
    assert holds(writer, SELF, "[] <https://example.org/p> [] . [] <https://example.org/p> [] .")


@pytest.mark.parametrize("type", FORMATS)
def test_each_format_goes_in_and_out(writer: httpx.Client, type: str) -> None:
    base = at(writer, SELF)
    text = PERSON + " <#me> <https://example.org/says> 'так \"ні\"'@uk, 'a\\nb\\\\', 1.5, true, 'x'^^<urn:t> ."
    body = ox.serialize([quad.triple for quad in ox.parse(text, RdfFormat.TURTLE, base_iri=base)], format=FORMATS[type])
    assert writer.put(SELF, content=body, headers={"Content-Type": type}).status_code == 201
    answer = writer.get(SELF, headers={"Accept": type})
    assert answer.headers["Content-Type"].partition(";")[0] == type
    assert content(answer.content, base, FORMATS[type]) == content(text, base)
    named = writer.get(SELF, params={"format": type}, headers=BROWSER)
    assert named.content == answer.content


def test_browser_gets_a_graph_and_plain_errors(writer: httpx.Client) -> None:
    assert writer.get(SELF, headers=BROWSER).headers["Content-Type"] == "text/plain; charset=utf-8"
    put(writer, SELF, PERSON)
    assert writer.get(SELF, headers=BROWSER).headers["Content-Type"] == "application/rdf+xml"
    assert writer.get(SELF, headers={"Accept": "text/csv"}).status_code == 406


def test_patch_updates_the_graph_alone(writer: httpx.Client) -> None:
    put(writer, SELF, NAME)
    update(writer, "INSERT DATA { GRAPH e:other { e:a e:name 'Ada L.' } }")
    text = "DELETE { ?s ?p ?o } INSERT { ?s ?p 'Ada' } WHERE { ?s ?p ?o }"
    assert writer.patch(SELF, content=text, headers=UPDATE).status_code == 200
    assert holds(writer, SELF, NAME.replace(" L.", ""))
    assert select(writer, "SELECT ?o { GRAPH e:other { ?s ?p ?o } }") == [{"o": "Ada L."}]
    elsewhere = "INSERT DATA { GRAPH <https://example.org/other> { <a> <b> 1 } }"
    assert writer.patch(SELF, content=elsewhere, headers=UPDATE).status_code == 400
    assert writer.patch(SELF, content="DELETE", headers=UPDATE).status_code == 400
    refused = writer.patch(SELF, content=NAME, headers=TURTLE)
    assert (refused.status_code, refused.headers["Accept-Patch"]) == (415, "application/sparql-update")
    assert sorted(graphs(writer).values()) == [1, 1]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_needs_the_token(writable: Served, writer: httpx.Client, client: httpx.Client, method: str) -> None:
    put(writer, SELF, NAME)
    headers = UPDATE if method == "PATCH" else TURTLE
    body = "CLEAR DEFAULT" if method == "PATCH" else PERSON
    with writable.client() as stranger:
        answer = stranger.request(method, SELF, content=body, headers=headers)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="kg"')
    assert writer.request(method, SELF, content=body, headers=headers | {"Origin": EX}).status_code == 403
    assert client.request(method, SELF, content=body, headers=headers).status_code == 403, "a server that only reads"
    assert holds(writer, SELF, NAME)
