"""Full-text search in a query, by rewriting."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import QueryError
from kg.sparql import MATCHES, rewritten

X, Y = NamedNode("https://example.org/x"), NamedNode("https://example.org/y")
TEXT = "https://w3id.org/conflictkg/ns/text#"
PREFIX = f"PREFIX text: <{TEXT}> "


def find(words: str, limit: int, fields: Sequence[str] = ()) -> list[tuple[NamedNode, float]]:
    """Two nodes, whatever the words; one in a field, none for "nothing"."""
    return [] if words == "nothing" else [(X, 0.93), (Y, 0.5)][: 1 if fields else limit]


BLOCK = f"VALUES (?node) {{ ({X}) ({Y}) }}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('SELECT * { ?node text:matches "drone odesa" }', f"SELECT * {{  {BLOCK}  }}"),
        ("SELECT * { ?node text:matches 'drone' . ?node ?p ?o }", f"SELECT * {{  {BLOCK}  ?node ?p ?o }}"),
        (f"SELECT * {{ ?node <{MATCHES}> '''drone''' }}", f"SELECT * {{  {BLOCK}  }}"),
        ("SELECT * { ?node text:matches ('drone') }", f"SELECT * {{  {BLOCK}  }}"),
        ("SELECT * { (?node) text:matches ('drone' 1) }", f"SELECT * {{  VALUES (?node) {{ ({X}) }}  }}"),
        ("SELECT * { ($n ?s) text:matches ('drone' 1) . }", f"SELECT * {{  VALUES ($n ?s) {{ ({X} 0.93) }}  }}"),
        ("SELECT * { ?node text:matches (text:name 'x') }", f"SELECT * {{  VALUES (?node) {{ ({X}) }}  }}"),
        (f"SELECT * {{ (?n ?s) text:matches (text:name <{TEXT}title> 'x' 9) }}",
         f"SELECT * {{  VALUES (?n ?s) {{ ({X} 0.93) }}  }}"),
        ("SELECT * { ?node text:matches 'nothing' }", "SELECT * {  VALUES (?node) {  }  }"),
        ("SELECT * { ?s ?p :o.?node text:matches 'x'.?node ?p ?o }", f"SELECT * {{ ?s ?p :o. {BLOCK} ?node ?p ?o }}"),
        ("SELECT * { OPTIONAL { ?node text:matches 'x' } }", f"SELECT * {{ OPTIONAL {{  {BLOCK}  }} }}"),
        ("ASK { FILTER(?a) ?node text:matches 'x' FILTER(?b) }", f"ASK {{ FILTER(?a)  {BLOCK}  FILTER(?b) }}"),
        ("CONSTRUCT { ?node ?p ?o } WHERE { ?node text:matches 'x' . ?node ?p ?o }",
         f"CONSTRUCT {{ ?node ?p ?o }} WHERE {{  {BLOCK}  ?node ?p ?o }}"),
    ],
)  # fmt: skip
def test_a_search_becomes_a_block_of_values(query: str, expected: str) -> None:
    assert rewritten(PREFIX + query, find) == PREFIX + expected


def test_words_and_limit_are_what_was_said() -> None:
    asked: list[tuple[object, ...]] = []

    def note(words: str, limit: int, fields: Sequence[str] = ()) -> list[tuple[NamedNode, float]]:
        asked.append((words, limit, *fields))
        return []

    rewritten(PREFIX + r"""SELECT * { ?a text:matches "say \"\u0041\"" . (?b ?s) text:matches ('x' 20) }""", note)
    rewritten(PREFIX + "ASK { ?a text:matches (text:name text:title 'z' 5) }", note)
    rewritten("PREFIX t: <https://w3id.org/conflictkg/ns/text#match> ASK { ?a t:es 'y' }", note)
    assert asked == [('say "A"', 1_000), ("x", 20), ("z", 5, "name", "title"), ("y", 1_000)]


@pytest.mark.parametrize(
    "query",
    ["SELECT * { ?s ?p ?o }", "not SPARQL at all '", PREFIX + "ASK { ?s text:other 'text:matches' } # text:matches",
     PREFIX + "PREFIX x: <urn:x#> ASK { ?s x:matches 'x' }", f"ASK {{ ?s ?p '<{MATCHES}>' }}"],
)  # fmt: skip
def test_a_query_without_a_search_comes_back_as_it_is(query: str) -> None:
    assert rewritten(query, find) == query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?node a ?c ; text:matches 'x' }",
        "SELECT * { ?node text:matches 'x' ; a ?c }",
        "SELECT * { ?node text:matches 'x', 'y' }",
        "SELECT * { ?node text:matches 'x'@en }",
        "SELECT * { ?node text:matches 'x'^^text:y }",
        "SELECT * { ?node text:matches ?words }",
        "SELECT * { ?node text:matches (text:name) }",
        "SELECT * { ?node text:matches ('x' text:name) }",
        "SELECT * { ?node text:matches (rdfs:label 'x') }",
        "SELECT * { ?node text:matches text:name }",
        "SELECT * { ?node text:matches ('x' ?n) }",
        "SELECT * { ?node text:matches ('x' 1 2) }",
        "SELECT * { <urn:x> text:matches 'x' }",
        "SELECT * { (?a ?b ?c) text:matches 'x' }",
        "SELECT * { ?s text:matches/text:other 'x' }",
        "SELECT * { ?s ^text:matches 'x' }",
        "SELECT * { [] text:matches 'x' }",
        "SELECT * { ?s ?p [ text:matches 'x' ] }",
        "SELECT * { ?s ?p ?o FILTER(?p = text:matches) }",
        "SELECT * { VALUES ?p { text:matches } }",
        "DESCRIBE text:matches",
        "CONSTRUCT { ?node text:matches 'x' } WHERE { ?node ?p ?o }",
        "CONSTRUCT WHERE { ?node text:matches 'x' }",
        "SELECT * { ?node text:matches 'x'",
    ],
)
def test_another_use_is_an_error_that_shows_the_right_ones(query: str) -> None:
    with pytest.raises(QueryError, match=r"^error at 1:\d+: text:matches stands in a triple of its own.*words\" 20\)"):
        rewritten(PREFIX + query, find)


@pytest.mark.parametrize("limit", ["0", "10001", "-1", "1.5", "1e3", "9" * 5_000])
def test_the_limit_is_limited(limit: str) -> None:
    with pytest.raises(QueryError, match="the limit of text:matches is a whole number from 1 to 10,000"):
        rewritten(f"{PREFIX} ASK {{ ?a text:matches ('x' {limit}) }}", find)


def test_oxigraph_joins_what_was_found() -> None:
    store = Store()
    store.extend([Quad(X, NamedNode("urn:p"), Literal("one")), Quad(Y, NamedNode("urn:p"), Literal("two"))])
    query = "SELECT ?o ?score { (?node ?score) text:matches ('x' 2) . ?node <urn:p> ?o } ORDER BY DESC(?score)"
    rows = store.query(rewritten(PREFIX + query, find))
    assert isinstance(rows, QuerySolutions)
    assert [(row["o"].value, float(row["score"].value)) for row in rows] == [("one", 0.93), ("two", 0.5)]


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_score_is_written_as_a_number(score: float) -> None:
    query = rewritten(PREFIX + "SELECT ?s { (?n ?s) text:matches 'x' }", lambda _words, _limit: [(X, score)])
    rows = Store().query(query)
    assert isinstance(rows, QuerySolutions)
    found = [float(row["s"].value) for row in rows]
    assert found == ([score] if abs(score) < float("inf") else [])
