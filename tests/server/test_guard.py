"""SERVICE never leaves the machine, however it is spelled; the word alone does no harm."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.guard import Forbidden, check
from tests.server.serving import listening

CALLS = {
    "plain": "SELECT * { SERVICE <@> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <@> { ?s ?p ?o } }",
    "lower case": "select * { service <@> { ?s ?p ?o } }",
    "glued to silent": "SELECT * { SERVICESILENT<@>{ ?s ?p ?o } }",
    "prefixed name": "PREFIX p: <@> SELECT * { SERVICE p:x { ?s ?p ?o } }",
    "glued to a prefixed name": "PREFIX p: <@> SELECT * { SERVICEp:x{ ?s ?p ?o } }",
    "base": "BASE <@> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?x { <@> } SERVICE ?x { ?s ?p ?o } }",
    "after a number": "SELECT * { ?s ?p 1SERVICE<@>{ ?s ?p ?o } }",
    "after a comment between": "SELECT * { SERVICE # here\n <@> { ?s ?p ?o } }",
    "behind a carriage return": "SELECT * { # \rSERVICE <@> { ?s ?p ?o }\n}",
    "behind a false string": "SELECT * { BIND(1<2#>'''\n AS ?a) SERVICE <@> { ?s ?p ?o } #'''\n}",
    "behind a false IRI": "SELECT * { FILTER(?a<?b) SERVICE <@> { ?s ?p ?o } FILTER(?c>?d) }",
    "escaped address": "SELECT * { SERVICE <http:\\u002F\\u002F127.0.0.1:@port/> { ?s ?p ?o } }",
    "escaped word": "SELECT * { \\u0053ERVICE <@> { ?s ?p ?o } }",
    "subquery": "SELECT * { { SELECT * { OPTIONAL { SERVICE <@> { ?s ?p ?o } } } } }",
    "exists": "ASK { FILTER EXISTS { SERVICE <@> { ?s ?p ?o } } }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <@> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s WHERE { SERVICE <@> { ?s ?p ?o } }",
}
HARMLESS = {
    "string": 'SELECT * { ?s ?p "Ukraine\'s Security Service: <nothing>" }',
    "variable": "SELECT ?service ?p { ?service ?p ?o }",
    "prefix": "PREFIX service: <http://example.org/> SELECT * { ?s service:x ?o }",
    "IRI": "SELECT * { ?s <http://example.org/service?x=1> ?o }",
    "comment": "SELECT * { # SERVICE <http://example.org/> { }\n ?s ?p ?o }",
}


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """The port of another server, and the requests that it gets."""
    with listening() as found:
        yield found


@pytest.mark.parametrize("name", CALLS)
def test_call_is_refused_and_reaches_nobody(client: httpx.Client, listener: tuple[int, list[str]], name: str) -> None:
    port, calls = listener
    query = CALLS[name].replace("@port", str(port)).replace("@", f"http://127.0.0.1:{port}/")
    answer = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in ((400, 403) if name == "escaped word" else (403,))
    assert calls == []


@pytest.mark.parametrize("name", HARMLESS)
def test_the_word_alone_is_answered(client: httpx.Client, name: str) -> None:
    answer = client.post("/sparql", content=HARMLESS[name], headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 200, answer.text


@given(before=st.text(max_size=30), between=st.text(" \t\r\n", max_size=4), after=st.text(max_size=20))
def test_a_clause_between_anything_is_refused(before: str, between: str, after: str) -> None:
    """Only where a string, an IRI or a comment may have begun before it can the shape be something else."""
    query = f"SELECT * {{ {before} SERVICE{between}<http://127.0.0.1/> {{ }} {after} }}"
    assume(not set("#'\"<") & set(before))
    with pytest.raises(Forbidden):
        check(query)
