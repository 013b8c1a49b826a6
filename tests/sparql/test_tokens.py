"""The tokens of a text, the one reading of it, and how deep and long it is."""

import contextlib
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.sparql import chain, depth, tokens, unescaped

STAR = "SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s a :C }", "word:SELECT punct:* punct:{ var:?s word:a pname::C punct:}"),
        ("<http://e/#x> # a comment <y>\r\n$v", "iri:<http://e/#x> var:$v"),
        ("a.b:c.d. x:", "pname:a.b:c.d punct:. pname:x:"),
        ("a.b.c true.", "word:a punct:. word:b punct:. word:c word:true punct:."),
        (r"x:a\'b\#c%20:d", r"pname:x:a\'b\#c%20:d"),
        ("_:b.1. _:é", "blank:_:b.1 punct:. blank:_:é"),
        (r"""'a\'b' "#" '' "" 'x'""", r"""string:'a\'b' string:"#" string:'' string:"" string:'x'"""),
        ("'''a'b''c''' \"\"\"x\ny\"\"\"", "string:'''a'b''c''' string:\"\"\"x\ny\"\"\""),
        ("'x'@en-GB 'y'^^x:d", "string:'x' lang:@en-GB string:'y' punct:^^ pname:x:d"),
        ("1 -1 +1.5 .5", "number:1 number:-1 number:+1.5 number:.5"),
        ("1e3 2. 1.e2", "number:1e3 number:2 punct:. number:1.e2"),
        ("?a<=?b&&!?c||?d!=1", "var:?a punct:<= var:?b punct:&& punct:! var:?c punct:|| var:?d punct:!= number:1"),
        ("?a<?b&&?c>?d", "var:?a punct:< var:?b punct:&& var:?c punct:> var:?d"),
        ("IF(?a<?b,?c)>?d", "word:IF punct:( var:?a punct:< var:?b punct:, var:?c punct:) punct:> var:?d"),
        ("1<2#>", "number:1 iri:<2#>"),
        ("1<<urn:a#b>", "number:1 punct:< iri:<urn:a#b>"),
        ("<<<a:s> a 1>>", "punct:<< iri:<a:s> word:a number:1 punct:>>"),
        ("<<( ?s ?p ?o )>>", "punct:<<( var:?s var:?p var:?o punct:)>>"),
        ("{|x:a 1|} ~", "punct:{| pname:x:a number:1 punct:|} punct:~"),
        ("SERVICEp:x", "pname:SERVICEp:x"),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: str) -> None:
    found = list(tokens(text))
    assert " ".join(f"{token.kind}:{token.text}" for token in found) == expected
    assert all(text[token.start : token.end] == token.text for token in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ASK {\n ?s ?p 'x\n' }", "error at 2:8: the string is not closed"),
        ("ASK { ?s ?p '''x' }", "error at 1:13: the string is not closed"),
        ("ASK { ?s ?p \u00a0 }", r"error at 1:13: '\\xa0' is not expected"),
        ("SEL\\u0045CT", r"error at 1:4: '\\\\' is not expected"),
    ],
)
def test_what_is_no_token(text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        list(tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAR, STAR),
        (r"<http:\u002F\U0000002Fe/x> 'a\u0062'", r"<http://e/x> 'a\u0062'"),
        # No IRI may have these: they stay for Oxigraph to refuse.
        (r"<http://e/\u003E\uD800>", r"<http://e/\u003E\uD800>"),
        # Where a comparison could be meant, only the reading as an IRI is left,
        ("1<2#>", r"1<\u0032#>"),
        ("PREFIX : <#>", r"PREFIX : <\u0023>"),
        ("1<<urn:a#b>", r"1< <\u0075rn:a#b>"),
        ("<http://e/#x> <urn:x> <x>", "<http://e/#x> <urn:x> <x>"),
        # or only the one as a comparison.
        ("?a<?b&&?c>?d", "?a< ?b&&?c>?d"),
        ("?a<=?b&&?c>=?d", "?a<= ?b&&?c>=?d"),
    ],
)
def test_a_text_is_left_with_one_reading(text: str, expected: str) -> None:
    assert unescaped(text) == expected
    assert unescaped(expected) == expected


# Oxigraph takes the # for a comment, so that the string begins only behind the SERVICE.
HIDDEN = "BASE <http://e/> SELECT * { FILTER(1<2#>'''\n) SERVICE SILENT <http://127.0.0.1:9/> {} #'''\n}"


def test_what_is_hidden_in_the_other_reading_is_no_query() -> None:
    assert [token.kind for token in tokens(HIDDEN)].count("string") == 1
    Store().query(HIDDEN)
    with pytest.raises(SyntaxError):
        Store().query(unescaped(HIDDEN))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        (STAR, 1),
        ("ASK { { ?s ?p ( 1 [ ?q ?r ] ) } }", 4),
        ("ASK { ?s ?p '{{{{' # ((((\n }", 1),
        ("ASK { ?s ?p <<( ?s ?p <<( ?s ?p ?o )>> )>> {| ?a ?b |} }", 3),
        ("ASK {" + "{" * 5_000 + "}" * 5_000 + "}", 5_001),
        ("}}}}((", 2),
    ],
)
def test_depth(text: str, expected: int) -> None:
    assert depth(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { FILTER(" + " || ".join(["?a"] * 100) + ") }", 99),
        ("ASK { FILTER(" + "-1" * 100 + ") }", 100),
        ("ASK { FILTER(" + "!" * 100 + "?a) }", 100),
        ("ASK { ?s " + "/".join([":p"] * 100) + " ?o }", 99),
        ("ASK { FILTER(?s IN (" + ", ".join(["-1"] * 100) + ")) }", 1),
        ("ASK { " + " UNION ".join(["{}"] * 100) + " }", 100),
        ("ASK { " + "OPTIONAL{}" * 100 + " }", 100),
        ("ASK { " + "".join(f"BIND(1 AS ?a{n})" for n in range(100)) + " }", 100),
        ("SELECT " + "".join(f"(COUNT(?x) AS ?a{n})" for n in range(100)) + " {}", 101),
        ("ASK { " + "FILTER(?a)" * 50 + "FILTERx:f(?a)" * 50 + " }", 100),
        ("SELECT ?a {} GROUP BY ?a HAVING " + "(?a)" * 100, 101),
        ("ASK { " + "?s ?p ?o . " * 100 + " }", 100),
        ("ASK { ?s ?p " + ", ".join(["?o"] * 100) + " }", 99),
        ("ASK { (" + "1 " * 100 + ") ?p ?o }", 99),
        # Data and templates may be long.
        ("INSERT DATA { " + "GRAPH :g { :s :p 1, 2 ; :q (1 2 3) } " * 100 + "}", 1),
        ("INSERT { " + ":s :p -1 . " * 100 + "} WHERE { ?s ?p ?o }", 2),
        ("ASK { VALUES ?x { " + "-1 " * 100 + "} }", 1),
        ("ASK { VALUES (?x ?y) { " + "(-1 -2) " * 100 + "} }", 2),
    ],
)
def test_chain(text: str, expected: int) -> None:
    assert chain(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a." * 200_000, "<a" * 200_000, "<<" * 200_000, "_:a" + "." * 400_000, "'" * 400_000, "1-" * 200_000,
     "(" * 400_000, "'''" + "''\\'" * 100_000, "<" + "\\u0041" * 70_000, "a:b" + "." * 400_000, "#\n" * 200_000],
    ids=lambda text: text[:9],
)  # fmt: skip
@pytest.mark.parametrize("measure", [depth, chain, unescaped])
def test_a_hostile_text_takes_linear_time(text: str, measure: Callable[[str], object]) -> None:
    begun = time.process_time()
    with contextlib.suppress(QueryError):
        measure(text)
    assert time.process_time() - begun < 10  # quadratic, it would be hours


PIECES = st.lists(
    st.sampled_from(
        "SELECT ASK WHERE { } ( ) ?s ?p 'x' \"y\" ''' # \n <http://e/a> <#b> <2# < > <= << ( ) 1 -1 e:x . ; , a && || "
        "FILTER \\u0041 urn:a".split(" ")
    ),
    max_size=20,
)


@given(st.one_of(st.text(max_size=60), PIECES.map("".join), PIECES.map(" ".join)))
def test_any_text_has_tokens_or_an_error(text: str) -> None:
    try:
        found = list(tokens(text))
    except QueryError:
        return
    again = unescaped(text)
    assert unescaped(again) == again
    assert [token.kind for token in tokens(again)] == [token.kind for token in found]


EXPRESSIONS = st.lists(
    st.sampled_from("1 2 ?a ?b < > <= && || ! ( ) # 'x' <urn:a#b> urn:a \n + -".split(" ")), max_size=12
)


@given(EXPRESSIONS.map("".join))
def test_of_a_settled_text_oxigraph_has_our_reading(expression: str) -> None:
    """A text that Oxigraph accepts is accepted with a blank between any two tokens of ours, too."""
    try:
        text = unescaped(f"PREFIX urn: <urn:> SELECT * {{ FILTER({expression}\n) }}")
        Store().query(text)
    except (QueryError, SyntaxError):
        return
    Store().query(" ".join(token.text for token in tokens(text)))
