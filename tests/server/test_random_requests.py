"""Requests made at random from the server's description of itself: the answer is always one of those described.

A wrong request is told so. It is never a fault of the server, which still answers afterwards.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.openapi import document
from tests.server.serving import WRITER, Served

QUERIES = (
    "ASK {}", "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:a>", "SELECT", "SELECT * {",
    "SELECT * FROM <urn:g> { GRAPH ?g { ?s ?p ?o } }", "SELECT (1/0 AS ?x) (<urn:f>(1) AS ?y) {}", "CLEAR ALL",
    "SELECT * { SERVICE <urn:s> { ?s ?p ?o } }", "SELECT * { ?s <urn:p>* ?o } LIMIT 3", "\ufeffASK {}", "ASK {} # \0",
)  # fmt: skip
UPDATES = (
    "INSERT DATA { <urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> _:b } }", "DELETE WHERE { ?s ?p ?o }", "", ";",
    "INSERT { GRAPH ?o { ?s ?p ?o } } WHERE { ?s ?p ?o }", "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "DROP GRAPH <urn:none>", "MOVE DEFAULT TO <urn:g>", "LOAD <urn:a>", "CREATE GRAPH <urn:c>", "INSERT DATA { ?s }",
)  # fmt: skip
GRAPHS = (
    "<urn:a> <urn:p> <urn:b> .", "<a> <p> [ <q> 'x'@en, 1.50 ] .", "_:a <urn:p> _:a .", "{ <urn:a> <urn:p> 1 }",
    "<urn:a> <urn:p> <urn:b> <urn:g> .", '{"@id": "urn:a", "urn:p": [1, {"@id": "_:b"}]}', "[]", "<<( <a> <b> <c> )>>",
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Alt/></r:RDF>', "<urn:a> <urn:p>", "@prefix : <",
    '{"@context": "http://127.0.0.1:1/context"}', "",
)  # fmt: skip
BODIES = {
    "application/sparql-query": QUERIES,
    "application/sparql-update": UPDATES,
    "text/turtle": GRAPHS,
    "application/n-triples": GRAPHS,
    "application/n-quads": GRAPHS,
    "application/trig": GRAPHS,
    "application/rdf+xml": GRAPHS,
    "application/ld+json": GRAPHS,
}
CHECKS: list[Any] = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
AT_RANDOM = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = {
    (method, path): operation
    for path, methods in document(title="", version="", writable=True)["paths"].items()
    for method, operation in methods.items()
}
# Of others nothing that is sent can be other than described.
CAN_BE_WRONG = [
    name
    for name, operation in OPERATIONS.items()
    if "requestBody" in operation or any(each["in"] == "query" for each in operation.get("parameters", ()))
]


@pytest.fixture(scope="module")
def described(writable: Served) -> schemathesis.BaseSchema:
    """The server's description, as a client reads it."""
    for type, texts in BODIES.items():
        known = st.sampled_from([text.encode() for text in texts])
        schemathesis.openapi.media_type(type, known | st.binary(max_size=50) | st.text(max_size=50).map(str.encode))
    return schemathesis.openapi.from_url(f"{writable.address}/openapi.json")


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [*((*name, POSITIVE) for name in OPERATIONS), *((*name, NEGATIVE) for name in CAN_BE_WRONG)],
)
@pytest.mark.parametrize("headers", [WRITER, {}], ids=["writer", "stranger"])
def test_every_answer_is_described(
    described: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode, headers: dict[str, str]
) -> None:
    @AT_RANDOM
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code < 500 or answer.status_code == 503, answer.text
        case.validate_response(answer, checks=CHECKS)

    check()


def test_server_is_still_there(writable: Served) -> None:
    with writable.client() as client:
        assert client.get("/readyz").status_code == 200
        assert client.get("/sparql", params={"query": "ASK {}"}).json() == {"head": {}, "boolean": True}
