"""The pages for people, and the IRIs that dereference."""

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

import ontology
from kg.rdf import article_key, graph_iri
from tests.samples import DRONES, RIVER

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
BASE = "https://w3id.org/conflictkg/id/"
ARTICLE = f"/id/article/{article_key(DRONES.id)}"
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
}


def page(client: httpx.Client, path: str) -> str:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return answer.text


def test_home_counts_and_lists_the_articles(client: httpx.Client) -> None:
    html = page(client, "/")
    assert "<dt>articles</dt><dd>2</dd>" in html
    assert "<dt>claims</dt><dd>7</dd>" in html
    assert f'<a href="{ARTICLE}">Drones over Odesa</a>' in html
    assert html.index(RIVER.title) < html.index(DRONES.title), "the latest article comes first"


def test_entity_page_has_facts_and_links(client: httpx.Client) -> None:
    html = page(client, "/id/entity/odesa")
    assert "<h1>Odesa</h1>" in html
    assert '<a href="/ns#Place">ckg:Place</a>' in html
    assert '<a href="/id/entity/ukraine">Ukraine</a>' in html
    assert 'href="http://www.wikidata.org/entity/Q1874"' in html


def test_event_page_has_every_speaker_and_sentence(client: httpx.Client) -> None:
    html = page(client, "/id/event/attack")
    assert "at least 3 civilians killed" in html
    assert "5 civilians killed" in html
    assert "Hennadii Trukhanov</a></span></strong>" in html
    assert "Mayor Hennadii Trukhanov said at least three residents were killed in the strike." in html


def test_claim_page_is_headed_by_what_is_said(client: httpx.Client) -> None:
    assert "<h1>52 of 80 drones intercepted, says Ukraine&#39;s air force</h1>" in page(client, "/id/claim/c-52")


def test_denial_is_marked(client: httpx.Client) -> None:
    assert '<span class="tag denied">denied</span>' in page(client, "/id/event/attack-2")


def test_article_page_has_its_text_escaped(client: httpx.Client) -> None:
    html = page(client, f"/id/article/{article_key(RIVER.id)}")
    assert "is &#34;this&#34; one\\." in html


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("how", ["suffix", "accept"])
def test_entity_as_rdf(client: httpx.Client, format: str, how: str) -> None:
    media, syntax = FORMATS[format]
    suffix, headers = (f".{format}", BROWSER) if how == "suffix" else ("", {"Accept": media})
    answer = client.get(f"/id/entity/odesa{suffix}", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(media)
    assert answer.headers["Content-Location"] == f"/id/entity/odesa.{format}"
    triples = {(q.subject.value, q.predicate.value, q.object.value) for q in parse(answer.content, syntax)}
    within = "https://w3id.org/conflictkg/ns#within"
    assert (BASE + "entity/odesa", within, BASE + "entity/ukraine") in triples
    assert any(o == BASE + "entity/odesa" for _, _, o in triples), "what points at the entity is there too"


def test_graph_is_all_of_one_article(client: httpx.Client) -> None:
    iri = graph_iri(DRONES.id)
    answer = client.get(iri.removeprefix("https://w3id.org/conflictkg"))
    subjects = {q.subject.value for q in parse(answer.content, RdfFormat.TURTLE)}
    assert BASE + "claim/c-52" in subjects
    assert BASE + "claim/c-denied" not in subjects


def test_graph_sends_a_browser_to_the_article(client: httpx.Client) -> None:
    path = graph_iri(DRONES.id).removeprefix("https://w3id.org/conflictkg")
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, ARTICLE)


@pytest.mark.parametrize(
    "path",
    [
        "/id/entity/nobody",
        "/id/entity/nobody.ttl",
        "/graph/none",
        "/nowhere",
        "/id/a%20b",
        "/id/%3E%7B%7D",
        "/id/x.html",
    ],
)
@pytest.mark.parametrize("headers", [BROWSER, {}], ids=["browser", "program"])
def test_unknown_is_404(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html" if headers else "text/plain")


def test_entity_in_a_form_there_is_none_of(client: httpx.Client) -> None:
    assert client.get("/id/entity/odesa", headers={"Accept": "image/png"}).status_code == 406


def test_ontology_as_turtle(client: httpx.Client) -> None:
    answer = client.get("/ns", headers={"Accept": "text/turtle"})
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert answer.text == ontology.turtle()
    assert client.get("/ns.ttl", headers=BROWSER).text == ontology.turtle()


def test_ontology_as_a_page_with_an_anchor_for_every_code(client: httpx.Client) -> None:
    html = page(client, "/ns")
    assert all(f'id="{name}"' in html for name in ontology.codes("EventType"))


def test_health(client: httpx.Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("path", ["/", "/sparql", "/ns", "/id/entity/odesa", "/static/style.css", "/nowhere"])
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers=BROWSER).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
