"""The list of incidents, and the page of a conflict: each happening once, however many articles tell of it."""

import html
import re

import httpx
import pytest

from tests.server.asking import BROWSER, bindings
from tests.server.pages.written import page, query_behind, section, words


def lines(markup: str) -> list[str]:
    return [words(each) for each in re.findall(r"<li>\s*<span class=\"day\">.*?</li>", markup, re.DOTALL)]


STRIKE = "4 Mar 2024 air strike : Russia → done to market , people , in Kharkiv 20 (5–21) killed 6 articles"


def test_it_lists_each_happening_once_newest_first(told: httpx.Client) -> None:
    markup = page(told, "/incidents")
    assert "4 incidents" in words(section(markup, "found"))
    assert [each[:11] for each in lines(markup)] == ["9 Jul 2024 ", "11 Jun 2024", "6 Mar 2024 ", "4 Mar 2024 "]
    assert lines(markup)[-1] == STRIKE


def test_most_told_come_first_where_asked(told: httpx.Client) -> None:
    assert lines(page(told, "/incidents?sort=reports"))[0] == STRIKE


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("place=Kharkiv", 1),
        ("place=ukraine", 2),
        ("type=AirStrike", 1),
        ("type=Violence", 4),
        ("type=Diplomacy", 0),
        ("from=2024-03-05&to=2024-03-31", 1),
        ("to=2024-03-05", 1),
        ("conflict=Q110999040", 2),
        ("least=3", 1),
        ("disagree=1", 1),
        ("place=ukraine&type=Violence&least=2&disagree=1", 1),
    ],
)
def test_it_can_be_narrowed(told: httpx.Client, asked: str, number: int) -> None:
    assert len(lines(page(told, f"/incidents?{asked}"))) == number


def test_form_is_filled_with_what_was_asked(told: httpx.Client) -> None:
    markup = page(told, "/incidents?place=Kharkiv&type=AirStrike&least=2&disagree=1&sort=reports")
    assert 'name="place" value="Kharkiv"' in markup
    assert '<option value="AirStrike" selected>' in markup
    assert '<option value="reports" selected>' in markup
    assert 'name="least" min="1" value="2"' in markup
    assert 'value="1" checked' in markup


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("place=Nowhere+at+all", "no place is called Nowhere at all"),
        ("type=Picnic", "there is no event type Picnic"),
        ("from=yesterday", "from is a day like 2025-06-30"),
        ("least=many", "the least number of articles is a whole number"),
        ("sort=taste", "incidents are sorted by newest or reports"),
    ],
)
def test_what_is_wrong_is_said(told: httpx.Client, asked: str, problem: str) -> None:
    answer = told.get(f"/incidents?{asked}")
    assert answer.status_code == 400
    assert problem in words(answer.text)
    assert 'class="choose"' in answer.text


@pytest.mark.parametrize(
    "asked", ["place=%22%00%27%5C", "conflict=%3E+x", "page=999999999999", "place=http://%3C", "least=0"]
)
def test_odd_values_do_no_harm(told: httpx.Client, asked: str) -> None:
    assert told.get(f"/incidents?{asked}").status_code in (200, 400, 404)


def test_query_behind_finds_the_same(told: httpx.Client) -> None:
    query = query_behind(section(page(told, "/incidents?place=ukraine"), "found"))
    found = bindings(told.get("/sparql", params={"query": query}, headers={"Accept": "application/json"}))
    assert {row["label"] for row in found} == {"Air strike, Kharkiv, 2024-03-04", "Shelling, Kherson, 2024-03-06"}


def test_the_same_can_be_taken_along_as_a_table(told: httpx.Client) -> None:
    markup = page(told, "/incidents?place=Kharkiv&type=Violence&from=2024-01-01&least=1")
    (address,) = re.findall(r'href="(/export[?]format=incidents[^"]*)"', markup)
    table = told.get(html.unescape(address)).text.splitlines()
    assert len(table) == 2
    assert "/export?format=incidents" not in page(told, "/incidents?least=2"), "an export has no such choice"


def test_home_counts_incidents_and_leads_to_them(told: httpx.Client) -> None:
    markup = page(told, "/")
    assert '<dt><a href="/incidents">incidents</a></dt><dd>4</dd>' in markup
    assert "<dt>events</dt><dd>11</dd>" in markup


def test_conflict_has_its_period_item_and_incidents(told: httpx.Client) -> None:
    markup = page(told, "/id/conflict/Q110999040")
    assert "<h1>Russian invasion of Ukraine</h1>" in markup
    assert 'href="http://www.wikidata.org/entity/Q110999040"' in markup
    assert "since 24 Feb 2022 2 incidents" in words(markup)
    assert len(lines(markup)) == 2
    assert STRIKE in lines(markup)


def test_store_without_incidents_says_how_they_are_made(client: httpx.Client) -> None:
    markup = client.get("/incidents", headers=BROWSER).text
    assert "0 incidents" in words(markup)
    assert "<code>kg merge run</code>" in markup
