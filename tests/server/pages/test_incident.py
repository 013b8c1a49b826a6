"""The page of an incident: what all its articles tell, what its numbers come to, and who disagrees with whom."""

import re

import httpx
import pytest

from tests.server.asking import bindings
from tests.server.pages.reports import event, incident, path
from tests.server.pages.written import page, query_behind, section, words


@pytest.fixture
def strike(told: httpx.Client) -> str:
    """The page of the strike that six articles tell of."""
    return page(told, path(incident(told, "first")))


def figures(markup: str) -> dict[str, str]:
    """What is said of each number of people killed, by speaker."""
    found = [words(each) for each in re.findall(r"<li>.*?</li>", section(markup, "numbers"), re.DOTALL)]
    return {each.partition(" “")[0].rpartition(" ")[0]: each for each in found}


def test_it_is_headed_by_what_where_and_when(strike: str) -> None:
    assert "<h1>Air strike, Kharkiv, 4 Mar 2024</h1>" in strike
    assert '<a href="/id/conflict/Q110999040">Russian invasion of Ukraine</a>' in strike


def test_it_counts_articles_outlets_and_speakers(strike: str) -> None:
    counts = dict(re.findall(r"<div><dt>([^<]*)</dt><dd>([^<]*)</dd></div>", strike))
    assert counts["articles"] == "6"
    assert counts["outlets"] == "3"
    assert counts["people killed, from 5 to 21"] == "20"


def test_parties_have_the_number_of_articles_that_say_so(strike: str) -> None:
    told = words(section(strike, "what"))
    assert "Russia Q159 in 1 of 6" in told
    assert "market in 6 of 6" in told


def test_first_report_is_told(strike: str) -> None:
    assert "First reported 5 Mar 2024 by The Harbour Post" in words(section(strike, "what"))


def test_estimate_is_drawn_from_low_over_best_to_high(strike: str) -> None:
    numbers = section(strike, "numbers")
    assert "Best 20, from 5 to 21, in 6 articles: not all can be right" in words(numbers)
    (whole,) = re.findall(r'<li class="whole">.*?</li>', numbers, re.DOTALL)
    assert words(whole) == "Low, best and high 5 – 20 – 21"
    low, high = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%"', whole)[0]
    (best,) = re.findall(r'<circle cx="([\d.]+)%"', whole)
    assert float(low) < float(best) < float(high)


def test_claims_stand_in_time_order_with_sentence_article_outlet_and_day(strike: str) -> None:
    found = figures(strike)
    assert [each.split()[-1] for each in found][0] == "least"
    first = next(iter(found.values()))
    assert "“At least 12 people were killed in the air strike, a local doctor said.”" in first
    assert "The Harbour Post , An air strike in Kharkiv , 5 Mar 2024" in first


def test_who_disagrees_with_whom_is_marked_on_both_sides(strike: str) -> None:
    found = figures(strike)
    assert "disagrees with 5 ( ministry )" in found["local doctor at least"]
    assert "at least 12 ( local doctor )" in found["ministry"]


def test_number_that_takes_the_place_of_an_older_one_says_so(strike: str) -> None:
    said = figures(strike)["United Nations"]
    assert "takes the place of 20 of Levant Wire , Kharkiv counts its dead , 7 Mar 2024" in said
    assert words(section(strike, "numbers")).count("4 March killed 20") == 0, "what was revised does not stand"


def test_number_that_someone_gave_before_says_so(strike: str) -> None:
    assert "the same number as 21 ( United Nations ) gave before" in words(section(strike, "numbers"))


def test_denial_is_shown_with_whom_it_speaks_against(strike: str) -> None:
    denied = words(section(strike, "denied"))
    assert denied.startswith("Denied Ministry of Defense of the Russian Federation denied")
    assert "against The Harbour Post , who asserts it" in denied


def test_articles_are_listed_in_the_order_in_which_they_told(strike: str) -> None:
    days = re.findall(r'<time datetime="([^"]*)"', section(strike, "told"))
    assert days == ["2024-03-05", "2024-03-06", "2024-03-06", "2024-03-07", "2024-03-08", "2024-03-09"]
    assert 'as <a href="/id/event/' in section(strike, "told")


def test_rule_of_the_best_number_is_told_and_linked(strike: str) -> None:
    assert "The best number is the middle one" in strike
    assert 'href="/ns#Estimate"' in strike


def test_doubt_leads_to_the_review(told: httpx.Client) -> None:
    doubts = section(page(told, path(incident(told, "raid"))), "doubts")
    (address,) = re.findall(r'href="(/review\?pair=[0-9a-f]+)"', doubts)
    assert "Gunmen killed" in words(page(told, address)).replace("<mark>", "")


@pytest.mark.parametrize(("heading", "column"), [("what", "value"), ("numbers", "claim"), ("told", "claim")])
def test_query_behind_a_part_runs(told: httpx.Client, strike: str, heading: str, column: str) -> None:
    query = query_behind(section(strike, heading))
    found = bindings(told.get("/sparql", params={"query": query}, headers={"Accept": "application/json"}))
    assert all(row[column] for row in found)
    assert len(found) > 3


def test_it_dereferences_as_rdf(told: httpx.Client) -> None:
    answer = told.get(path(incident(told, "first")) + ".ttl")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    assert "Air strike, Kharkiv, 2024-03-04" in answer.text


def test_event_says_of_what_it_is_one_report(told: httpx.Client) -> None:
    html = page(told, path(event(told, "second")))
    (line,) = re.findall(r'<p class="one-of">.*?</p>', html)
    assert words(line) == "One of 6 reports of Air strike, Kharkiv, 2024-03-04"
    assert f'href="{path(incident(told, "second"))}"' in line
    assert "one-of" not in page(told, path(event(told, "kherson")))


def test_thing_counts_events_and_not_what_they_come_to(told: httpx.Client) -> None:
    places = told.get("/search.json", params={"q": "kharkiv"}).json()["suggestions"]
    kharkiv = next(each for each in places if each["label"] == "Kharkiv")
    assert "6 events" in kharkiv["note"]
    html = page(told, kharkiv["href"])
    assert '<h2 id="there">What happened there <span class="total">6</span></h2>' in html


def test_search_tells_incidents_from_events_and_knows_conflicts(told: httpx.Client) -> None:
    def labels(kind: str, words_: str) -> list[str]:
        html = page(told, f"/search?q={words_}&kind={kind}")
        return re.findall(r'class="thing c-\w+" title="(\w+)"', html)

    assert labels("event", "air strike kharkiv").count("Event") == 6
    assert "Incident" not in labels("event", "air strike kharkiv")
    assert labels("incident", "air strike kharkiv") == ["Incident"]
    assert labels("incident", "shelling kherson") == [], "one article tells of it"
    assert labels("entity", "russian invasion of ukraine")[0] == "Conflict"


def test_map_has_every_event_once(told: httpx.Client) -> None:
    events = told.get("/map/events").json()["events"]
    assert len(events) == 11
    assert all("/event/" in each for each in events)


def test_network_query_leaves_incidents_out(told: httpx.Client) -> None:
    strike = event(told, "first")
    html = page(told, f"/network?around={strike}")
    query = query_behind(html)
    answer = told.get("/sparql", params={"query": query}, headers={"Accept": "application/n-triples"})
    assert answer.text
    assert "/incident/" not in answer.text
