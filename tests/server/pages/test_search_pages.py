"""Searching: what is found of each kind, in what order, and what is suggested."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store
from tests.server.pages.test_home import queries
from tests.server.serving import Served, serving

HIT = re.compile(r'<li class="hit">.*?</li>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
RDF, RDFS, SKOS = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
)
CKG, EXAMPLE = "https://w3id.org/conflictkg/ns#", "https://w3id.org/conflictkg/id/entity/"


def hits(client: httpx.Client, words: str, **more: str | int) -> list[str]:
    """The text of each hit."""
    answer = client.get("/search", params={"q": words, **more})
    assert answer.status_code == 200
    return [" ".join(TAG.sub(" ", hit).split()) for hit in HIT.findall(answer.text)]


def suggested(client: httpx.Client, words: str) -> list[dict[str, str]]:
    answer = client.get("/search.json", params={"q": words})
    assert answer.headers["Content-Type"].startswith("application/json")
    return answer.json()["suggestions"]


@pytest.mark.parametrize("words", ["felix", "Félix", "TSHISEK", "felix tshis"])
def test_a_name_is_found_by_its_beginning_without_accents(pages: httpx.Client, words: str) -> None:
    first, *_ = hits(pages, words, kind="entity")
    assert first.startswith("Félix Tshisekedi person")


def test_an_entity_is_told_from_others_by_class_country_and_item(pages: httpx.Client) -> None:
    first, *_ = hits(pages, "kyiv", kind="entity")
    assert re.fullmatch(r"Kyiv place Ukraine \d+ events? Q1899", first)


def test_a_thing_found_by_another_name_shows_it(pages: httpx.Client) -> None:
    first, *_ = hits(pages, "frankr", kind="entity")
    assert first.startswith("France state “Frankreich”")


def test_what_only_articles_call_so_is_found_too(pages: httpx.Client) -> None:
    assert [hit.partition(" state ")[0] for hit in hits(pages, "ukrainians", kind="entity")] == ["Ukraine"]


@pytest.mark.parametrize("words", ["drone ukraine", "ukraine drone", "drone attack russia"])
def test_an_event_is_found_by_its_kind_and_its_parties(pages: httpx.Client, words: str) -> None:
    found = hits(pages, words, kind="event")
    assert any(hit.startswith("Drone attack: Russia → Ukraine, people 24–25 May 2025") for hit in found), found


def test_events_without_a_word_are_left_out(pages: httpx.Client) -> None:
    with_russia, without = hits(pages, "drone", kind="event"), hits(pages, "drone -russia", kind="event")
    assert any("Russia" in hit for hit in with_russia)
    assert without
    assert not any("Russia" in hit for hit in without)


def test_an_article_is_told_with_outlet_and_day(pages: httpx.Client) -> None:
    assert hits(pages, "hostage deal", kind="article") == [
        "Dozens held as Israelis strike and march for a hostage deal Carmel Evening Mail 17 Aug 2025"
    ]


def test_words_are_marked_in_a_sentence(pages: httpx.Client) -> None:
    page = pages.get("/search", params={"q": "student host", "kind": "sentence"}).text
    assert "a drone hit a <mark>student</mark> <mark>hostel</mark> and 11 people were hurt" in page
    assert re.search(r'<a href="/id/article/[^"]+">Twelve dead as Russia', page)


def test_a_page_of_all_has_each_kind_and_a_page_of_one_has_that_alone(pages: httpx.Client) -> None:
    heading = re.compile(r'<h2 id="(\w+)">')
    assert heading.findall(pages.get("/search?q=ukraine").text) == [
        "entity",
        "incident",
        "event",
        "article",
        "sentence",
    ]
    assert heading.findall(pages.get("/search?q=ukraine&kind=event").text) == ["event"]


@pytest.mark.parametrize("words", ["ukraine", "russia's", 'drone "air force" -kyiv', "\"'\\ ukraine"])
def test_the_queries_behind_it_run_by_themselves(pages: httpx.Client, words: str) -> None:
    found = queries(pages.get("/search", params={"q": words}).text)
    assert found
    for query in found:
        answer = pages.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
        assert answer.json()["results"]["bindings"], query


def test_suggestions_are_few_and_tell_what_each_is(pages: httpx.Client) -> None:
    found = suggested(pages, "ky")
    assert found[0]["label"] == "Kyiv"
    assert found[0]["class"] == "Place"
    assert re.fullmatch(r"place, Ukraine, \d+ events?", found[0]["note"])
    assert pages.get(found[0]["href"]).status_code == 200
    assert len(suggested(pages, "a")) == 10


def test_suggestions_hold_articles_and_for_several_words_events(pages: httpx.Client) -> None:
    classes = [{each["class"] for each in suggested(pages, words)} for words in ("hostage", "drone ukraine")]
    assert classes == [{"Group", "Article"}, {"Event"}]


@pytest.mark.parametrize(
    "words", ["", " ", "*", '"', "-", "(-", "<script>", "nothing has these words", "\0", "é" * 999]
)
def test_whatever_is_typed_is_answered(pages: httpx.Client, words: str) -> None:
    assert suggested(pages, words) == []
    assert hits(pages, words) == []


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over 60 people who are called alike, one of whom is hostile and one mentioned."""
    folder, quads = tmp_path_factory.mktemp("people") / "store", []
    graph = NamedNode("https://example.org/g")
    for n in range(60):
        person = NamedNode(f"{EXAMPLE}p{n:02}")
        name = Literal("Ivan <script>alert(1)</script>" if n == 59 else f"Ivan {n:02}")
        quads += [
            Quad(person, NamedNode(RDF + "type"), NamedNode(CKG + "Person"), graph),
            Quad(person, NamedNode(RDF + "type"), NamedNode(CKG + "Agent"), graph),
            Quad(person, NamedNode(RDFS + "label"), name, graph),
            Quad(person, NamedNode(SKOS + "prefLabel"), name, graph),
        ]
    quads.append(Quad(NamedNode(f"{EXAMPLE}p42"), NamedNode(CKG + "mention"), NamedNode(f"{EXAMPLE}m"), graph))
    with open_store(folder) as store:
        store.replace(graph.value, quads)
    with serving(folder, token="") as served:
        yield served


def test_many_hits_are_on_several_pages(people: Served) -> None:
    with people.client() as client:
        first, second = hits(client, "ivan", kind="entity"), hits(client, "ivan", kind="entity", page=2)
        assert (len(first), len(second)) == (50, 10)
        assert first[0] == "Ivan 42 person", "who is mentioned comes first"
        assert len({*first, *second}) == 60
        assert (
            '<a rel="next" href="/search?q=ivan&amp;kind=entity&amp;page=2">'
            in client.get("/search?q=ivan&kind=entity").text
        )


def test_a_hostile_name_is_text(people: Served) -> None:
    with people.client() as client:
        page = client.get("/search", params={"q": "script", "kind": "entity"}).text
        assert "Ivan &lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert suggested(client, "script")[0]["label"] == "Ivan <script>alert(1)</script>"


def test_an_index_of_another_version_is_made_anew_before_it_is_read(demo_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(demo_store, folder)
    index = sqlite3.connect(folder / "text.sqlite")
    index.execute("PRAGMA user_version = 1")
    index.close()
    with serving(folder, token="") as served, served.client() as client:
        assert suggested(client, "kyi")[0]["label"] == "Kyiv"


def test_another_servers_store_is_looked_through(demo: Served) -> None:
    with serving(f"sparql+{demo.address}/sparql", token="") as served, served.client() as client:
        assert hits(client, "KYIV", kind="entity")[0].startswith("Kyiv place Ukraine")
        assert any("Drone attack: Russia → Ukraine" in hit for hit in hits(client, "drone ukraine", kind="event"))
        assert hits(client, "hostage deal", kind="article")
        assert hits(client, "student hostel", kind="sentence")
        assert suggested(client, "kyi") == []
        assert "has no index of its own" in client.get("/search?q=kyiv").text
