"""Which servers a query would call, and which of them are allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.queries import queries
from kg.queries.services import check, is_allowed, services

HERE = "https://a.example/sparql"


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("SELECT * { ?s ?p ?o }", set()),
        ("SELECT * { SERVICE <https://a.example/sparql> { ?s ?p ?o } }", {HERE}),
        ("PREFIX a: <https://a.example/> ASK { SERVICE SILENT a:sparql { ?s ?p ?o } }", {HERE}),
        ("PREFIX : <https://a.example/sparql> ASK { SERVICE : { ?s ?p ?o } }", {HERE}),
        ("ASK { FILTER EXISTS { SERVICE <https://a.example/sparql> { ?s ?p ?o } } }", {HERE}),
        (
            "ASK { { SERVICE <https://a.example/sparql> { ?s ?p ?o } } UNION { SERVICE <http://b.example/> { } } }",
            {HERE, "http://b.example/"},
        ),
        ("ASK { FILTER(?x = 'SERVICE <https://a.example/sparql> {}') }", set()),
    ],
)
def test_the_addresses_are_read_from_the_parsed_query(query: str, addresses: set[str]) -> None:
    assert services(query) == addresses


@pytest.mark.parametrize(
    "query",
    [
        "ASK { VALUES ?x { <https://a.example/> } SERVICE ?x { ?s ?p ?o } }",
        "BASE <https://a.example/> ASK { SERVICE <sparql> { ?s ?p ?o } }",
        "ASK { SERVICE <https:\\u002F\\u002Fa.example/> { ?s ?p ?o } }",
        "ASK { SERVICE none:x { ?s ?p ?o } }",
        "ASK { SERVICE <https://a.example/> { SERVICE <http://b.example/> { ?s ?p ?o } } }",
        "PREFIX a: <https://a.> ASK { SERVICE a:ex\\-ample { ?s ?p ?o } }",
        "ASK { ?s ?p ?o LATERAL { SERVICE <https://a.example/> { ?s ?p ?o } } }",
    ],
)
def test_what_can_not_be_told_is_not_allowed(query: str) -> None:
    assert services(query) is None
    with pytest.raises(UsageError, match="can't be told which servers"):
        check(query, ["a.example"])


@pytest.mark.parametrize(
    "allowed",
    ["a.example", "A.example", "https://a.example", "https://a.example/", "https://a.example/sparql", HERE + "/"],
)
def test_a_host_or_the_start_of_the_address_allows_it(allowed: str) -> None:
    assert is_allowed(HERE, [allowed])
    assert is_allowed(HERE, ["b.example", allowed])


@pytest.mark.parametrize(
    "allowed",
    [
        "", "example", "a.exam", "b.example", "http://a.example", "https://a.exam", "https://a.example/sp",
        "https://a.example/sparql/x", "a.example:443", "https://a.example:443", "https://", "//", "https://[broken",
    ],
)  # fmt: skip
def test_nothing_else_allows_it(allowed: str) -> None:
    assert not is_allowed(HERE, [allowed])


@pytest.mark.parametrize(
    "address",
    ["https://a.example@b.example/sparql", "https://a.example.b.example/sparql", "https://b.example/a.example",
     "https://a.example:8080/sparql", "https://a.example/sparql/../other", "https://a.example/sparqling"],
)  # fmt: skip
def test_an_address_that_only_looks_like_an_allowed_one_is_not(address: str) -> None:
    assert not is_allowed(address, ["https://a.example/sparql", "b.example:1"])


@given(st.text())
def test_nothing_is_allowed_unless_it_is_said(address: str) -> None:
    assert not is_allowed(address, [])


def test_all_servers_of_a_query_must_be_allowed() -> None:
    query = f"ASK {{ SERVICE <{HERE}> {{ ?s ?p ?o }} SERVICE <http://b.example:81/> {{ ?s ?p ?o }} }}"
    check(query, ["a.example", "http://b.example:81"])
    with pytest.raises(UsageError, match=r"http://b\.example:81/, which is off .*: --allow-service b\.example:81"):
        check(query, ["a.example"])


def test_named_queries_that_need_no_network_say_so() -> None:
    assert queries()["within-place"].services == frozenset()
    assert queries()["people-and-parties"].services == {"https://query.wikidata.org/sparql"}
