"""The SPARQL page as the server sends it: which questions it offers, and that they have answers."""

import re

import httpx
import pytest

from kg.queries import queries
from server.examples import GROUPS, SHOWN, examples, grouped


def test_each_question_that_asks_nobody_else_is_offered_once(pages: httpx.Client) -> None:
    offered = re.findall(r'data-example="([^"]+)"', pages.get("/sparql").text)
    local = [name for name, query in queries().items() if query.services == frozenset()]
    assert sorted(offered) == sorted([*local, "full-text", "places-on-a-map", "who-acts-on-whom"])
    assert "places-with-population" not in offered


def test_each_question_says_what_it_is_about(pages: httpx.Client) -> None:
    page = pages.get("/sparql").text
    assert page.count('aria-describedby="about-') == len(examples())
    assert "The 20 nodes whose text fits a word best." in page
    assert "<code>Measures</code>: what was done to the things counted" in page


def test_groups_name_questions_that_there_are() -> None:
    assert {name for names in GROUPS.values() for name in names} <= examples().keys()
    assert [group for group in grouped() if group not in (*GROUPS, "More")] == []


@pytest.mark.parametrize("question", [query.name for query in SHOWN])
def test_question_that_shows_a_view_finds_something(pages: httpx.Client, question: str) -> None:
    answer = pages.post(
        "/sparql",
        data={"query": examples()[question].render()},
        headers={"Accept": "text/csv, application/n-triples;q=0.9"},
    )
    answer.raise_for_status()
    assert len(answer.text.splitlines()) > 5


def test_prefixes_of_the_editor_have_that_of_the_search(pages: httpx.Client) -> None:
    assert pages.get("/sparql/prefixes.json").json()["text"] == "https://w3id.org/conflictkg/ns/text#"
