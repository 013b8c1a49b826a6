"""Searching, from a page and from SPARQL."""

import httpx
import pytest

from tests.server.test_pages import page

TEXT = "PREFIX text: <https://w3id.org/conflictkg/ns/text#> "


def names(client: httpx.Client, pattern: str) -> list[str]:
    prefixes = TEXT + "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    query = prefixes + f"SELECT DISTINCT ?name {{ {pattern} ?node rdfs:label ?name }} ORDER BY ?name"
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    assert answer.status_code == 200, answer.text
    return [row["name"]["value"] for row in answer.json()["results"]["bindings"]]


def test_a_name_leads_to_its_page(client: httpx.Client) -> None:
    assert '<a href="/id/entity/odesa">Odesa</a>' in page(client, "/search?q=odesa")


def test_a_word_may_be_only_begun(client: httpx.Client) -> None:
    assert '<a href="/id/entity/odesa">Odesa</a>' in page(client, "/search?q=ode")


def test_a_sentence_is_found_with_its_article(client: httpx.Client) -> None:
    html = page(client, "/search?q=residents+killed+strike")
    sentence = "Mayor Hennadii Trukhanov said at least three residents were killed in the strike."
    assert sentence in html.replace("<mark>", "").replace("</mark>", "")
    assert "<mark>residents</mark> were <mark>killed</mark>" in html
    assert "Drones over Odesa" in html


@pytest.mark.parametrize("words", ["", "x", "nothing has these words", '"<script>alert(1)</script>"', "*", '"', "(-"])
def test_what_finds_nothing_is_a_page_as_well(client: httpx.Client, words: str) -> None:
    answer = client.get("/search", params={"q": words}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_search_joins_with_the_rest_of_a_query(client: httpx.Client) -> None:
    place = "?node a <https://w3id.org/conflictkg/ns#Place> ."
    assert names(client, f'?node text:matches "ODESA" . {place}') == ["Odesa"]
    assert names(client, f'(?node ?score) text:matches ("odes*" 5) . {place} FILTER(?score > 0)') == ["Odesa"]


def test_search_in_a_query_may_be_of_one_field(client: httpx.Client) -> None:
    assert names(client, '?node text:matches (text:name "odessa") .') == ["Odesa"]
    assert names(client, '?node text:matches (text:title "odessa") .') == []
    assert names(client, '?node text:matches (text:label "attacked") .') == ["attacked"]


def test_a_field_that_is_none_is_told_with_the_right_ones(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": TEXT + 'SELECT * { ?node text:matches (text:nome "odesa") }'})
    assert answer.status_code == 400
    assert "label, name, title, sentence, span" in answer.text


def test_a_wrong_form_is_told_with_the_right_ones(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": TEXT + "SELECT * { ?node a ?type ; text:matches ?words }"})
    assert answer.status_code == 400
    assert "text:matches" in answer.text
