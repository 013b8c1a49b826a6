"""What a client sends to the Graph Store in vain: bodies that are wrong, and writes meant for another state."""

import httpx
import pytest

from tests.server.asking import EX, TURTLE, UPDATE, at, graphs, update
from tests.server.test_graph_store import NAME, PERSON, SELF, holds, put

GOOD, HALF = "<https://example.org/a> <https://example.org/p> 1 .\n", "<https://example.org/a> <https://example.org/p>"
DEEP = "<<( <urn:a> <urn:b> " * 40 + "<urn:c>" + " )>>" * 40


@pytest.mark.parametrize(
    ("type", "body", "words"),
    [
        ("application/rdf+xml", PERSON, "can't be read as rdf"),
        ("text/turtle", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "line 1 "),
        ("text/turtle", GOOD * 3 + HALF, "line 4 column"),
        ("application/n-triples", GOOD.replace(" 1", " <https://example.org/b>") + HALF, "line 2"),
        ("application/ld+json", '{"@id": "https://example.org/a", ', "can't be read as jsonld"),
        ("application/n-quads", f"<{EX}a> <{EX}p> <{EX}b> .\n<{EX}a> <{EX}p> <{EX}b> <{EX}g> .", "names the graph"),
        ("application/trig", f"<{EX}a> <{EX}p> 1 . <{EX}g> {{ <{EX}a> <{EX}p> 1 }}", "names the graph"),
        ("text/turtle", GOOD.encode("utf-16"), "can't be read as ttl"),
        ("text/turtle", b"<https://example.org/a> <https://example.org/p> '\xff' .", "can't be read as ttl"),
        ("text/turtle", f"<{EX}a> <{EX}p> {DEEP} .", "nests deeper"),
        ("text/turtle", "<https://example.org/a b> <https://example.org/p> 1 .", "line 1 "),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_wrong_body_changes_nothing(
    writer: httpx.Client, method: str, type: str, body: str | bytes, words: str
) -> None:
    put(writer, SELF, NAME)
    answer = writer.request(method, SELF, content=body, headers={"Content-Type": type})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert words in answer.text
    assert "Traceback" not in answer.text
    assert holds(writer, SELF, NAME)
    assert writer.request(method, "/store/new", content=body, headers={"Content-Type": type}).status_code == 400
    assert len(graphs(writer)) == 1


@pytest.mark.parametrize("type", ["", "text/csv", "application/sparql-update", "application/x-www-form-urlencoded"])
def test_type_that_is_no_graph(writer: httpx.Client, type: str) -> None:
    for method in ("PUT", "POST"):
        answer = writer.request(method, SELF, content=NAME, headers={"Content-Type": type} if type else {})
        assert (answer.status_code, "text/turtle" in answer.headers["Accept"]) == (415, True)
    assert graphs(writer) == {}


@pytest.mark.parametrize(
    ("second", "status"),
    [
        (("wrong.ttl", HALF, "text/turtle"), 400),
        (("image.png", b"\x89PNG", "image/png"), 415),
        (("mismatch.rdf", GOOD, "application/rdf+xml"), 400),
    ],
)
def test_one_wrong_file_of_several_changes_nothing(writer: httpx.Client, second: tuple, status: int) -> None:
    put(writer, SELF, NAME)
    for method in ("PUT", "POST"):
        answer = writer.request(method, SELF, files=[("a", ("a.ttl", GOOD, "text/turtle")), ("b", second)])
        assert answer.status_code == status
    assert writer.post("/store", files=[("a", ("a.ttl", GOOD, "text/turtle")), ("b", second)]).status_code == status
    assert holds(writer, SELF, NAME)
    assert len(graphs(writer)) == 1


def test_form_without_a_file(writer: httpx.Client) -> None:
    form = {"Content-Type": "multipart/form-data; boundary=line"}
    body = '--line\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--line--\r\n'
    assert writer.post("/store", content=body, headers=form).status_code == 400
    assert writer.post("/store", content="no form", headers=form).status_code == 400
    assert graphs(writer) == {}


def test_write_meant_for_the_state_that_is_there(writer: httpx.Client) -> None:
    put(writer, SELF, NAME)
    tag = writer.get(SELF).headers["ETag"]
    other = writer.get(SELF, headers={"Accept": "application/n-triples"}).headers["ETag"]
    assert other != tag, "two formats are two representations"
    assert put(writer, SELF, PERSON, If_Match=other) == 204, "of one state"
    assert put(writer, SELF, NAME, If_Match=tag) == 412
    assert writer.get(SELF).headers["ETag"] != tag
    assert put(writer, SELF, NAME, If_Match=f'"other", {writer.get(SELF).headers["ETag"]}') == 204
    assert put(writer, SELF, PERSON, If_Match="*") == 204
    assert holds(writer, SELF, PERSON)


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE"])
def test_write_meant_for_another_state(writer: httpx.Client, method: str) -> None:
    put(writer, SELF, PERSON)
    tag = writer.get(SELF).headers["ETag"]
    put(writer, SELF, NAME)
    headers = UPDATE if method == "PATCH" else TURTLE
    body = "CLEAR DEFAULT" if method == "PATCH" else PERSON
    for condition in ({"If-Match": tag}, {"If-None-Match": "*"}, {"If-None-Match": writer.get(SELF).headers["ETag"]}):
        answer = writer.request(method, SELF, content=body, headers=headers | condition)
        assert (answer.status_code, answer.headers["Content-Type"]) == (412, "text/plain; charset=utf-8")
    assert writer.request(method, "/store/new", content=body, headers=headers | {"If-Match": "*"}).status_code == 412
    assert holds(writer, SELF, NAME)
    assert len(graphs(writer)) == 1


def test_only_who_comes_first_makes_a_graph(writer: httpx.Client) -> None:
    assert put(writer, SELF, NAME, If_None_Match="*") == 201
    assert put(writer, SELF, PERSON, If_None_Match="*") == 412
    assert holds(writer, SELF, NAME)


def test_state_changes_with_any_write_to_the_graph(writer: httpx.Client) -> None:
    put(writer, SELF, NAME)
    tags = [writer.get(SELF).headers["ETag"]]
    iri = f"<{at(writer, SELF)}>"
    for text in (
        f"INSERT DATA {{ GRAPH {iri} {{ e:a e:p 1 }} }}",
        f"CLEAR GRAPH {iri}",
        f"DROP ALL ; CREATE GRAPH {iri}",
    ):
        update(writer, text)
        tags.append(writer.get(SELF).headers["ETag"])
    assert len({*tags}) == 4


def test_client_that_has_the_graph_is_not_sent_it(writer: httpx.Client) -> None:
    put(writer, SELF, NAME)
    tag = writer.get(SELF).headers["ETag"]
    update(writer, "INSERT DATA { GRAPH e:other { e:a e:p 1 } }")
    answer = writer.get(SELF, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    writer.delete(SELF)
    assert writer.get(SELF, headers={"If-None-Match": tag}).status_code == 404


def test_graph_that_is_not_there_is_had_by_nobody(writer: httpx.Client) -> None:
    assert writer.get(SELF, headers={"If-None-Match": "*"}).status_code == 404
