"""The home page: where to begin, what is in the store, and what is new."""

import html
import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.server.serving import TURTLE, Served, serving, small_store

NEWEST = "Dozens held as Israelis strike and march for a hostage deal"
OLDEST = "Ukraine says 400 Russian conscripts died in New Year strike on Makiivka"
ARTICLE = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
<https://example.org/a> a ckg:Article ; dcterms:title "%s" ."""


def queries(page: str) -> list[str]:
    """The queries that a page leads to."""
    links = re.findall(r'class="behind" href="([^"]+)"', page)
    return [parse_qs(urlsplit(html.unescape(link)).query)["query"][0] for link in links]


@pytest.fixture
def counted(pages: httpx.Client) -> str:
    """The page once what stands out has been counted."""
    until = time.monotonic() + 30
    while "named most" not in (page := pages.get("/").text) and time.monotonic() < until:
        time.sleep(0.1)
    return page


def test_it_tells_how_much_there_is(pages: httpx.Client) -> None:
    page = pages.get("/").text
    assert "<dt>articles</dt><dd>10</dd>" in page
    assert '<input type="text" name="q"' in page


def test_the_latest_articles_come_first_with_outlet_and_day(pages: httpx.Client) -> None:
    page = pages.get("/").text
    assert page.index(NEWEST) < page.index(OLDEST)
    about = page[page.index(NEWEST) :].partition("</li>")[0]
    assert "<span>17 Aug 2025</span>" in about
    assert "<span>Carmel Evening Mail</span>" in about
    assert re.search(r"\d+ events, \d+ claims", about)


def test_it_tells_what_is_named_most_and_what_happened(counted: str) -> None:
    states = counted.partition("States and organizations named most")[2].partition("</section>")[0]
    assert re.findall(r">([^<]+)</a></span>", states)[:2] == ["Ukraine", "Russia"]
    assert re.search(r'<a href="/map\?type=Shelling">shelling</a> <span class="number">\d', counted)


def test_its_examples_find_something(counted: str, pages: httpx.Client) -> None:
    tried = re.findall(r'<a href="(/search\?q=[^"]+)"', counted.partition('class="try"')[2].partition("</p>")[0])
    assert len(tried) == 4
    for example in tried:
        assert 'class="hit"' in pages.get(html.unescape(example)).text, example


def test_the_queries_behind_it_run_by_themselves(counted: str, pages: httpx.Client) -> None:
    found = queries(counted)
    assert len(found) == 5
    for query in found:
        answer = pages.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
        assert answer.json()["results"]["bindings"], query


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    with serving(small_store(tmp_path / "store", 0), token="") as served, served.client() as client:
        assert "The store is empty." in client.get("/").text
        assert "Nothing has all the words" in client.get("/search?q=kyiv").text


def test_a_new_article_is_there_at_once(tmp_path: Path) -> None:
    with serving(small_store(tmp_path / "store", 0)) as served, served.client() as client:
        for title in ("One thing", "And another"):
            put(served, title)
            assert title in client.get("/").text


def put(served: Served, title: str) -> None:
    with served.client(headers=TURTLE) as client:
        answer = client.put("/store", params={"graph": "https://example.org/g"}, content=ARTICLE % title)
        assert answer.is_success, answer.text
