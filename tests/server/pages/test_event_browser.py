"""The pages of events and entities in a real browser: in light, in dark and on a phone, without an error."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.server.asking import bindings
from tests.server.browsing import NEEDS, SLOW, VIEWS, fits

pytestmark = NEEDS
BASE = "https://w3id.org/conflictkg/id/"
CKG = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
# The events and entities of the demo that tests look at, by what is so of them.
TORN = "SELECT ?it { ?c ckg:about ?it ; ckg:measure ckg:Killed ; ckg:count 89 . ?d ckg:about ?it ; ckg:count 400 }"
DENIED = "SELECT ?it { ?c ckg:about ?it ; ckg:factuality ckg:Denied . ?d ckg:about ?it ; ckg:factuality ckg:Asserted }"
RUSSIA = 'SELECT ?it { ?it rdfs:label "Russia" }'


def path(client: httpx.Client, query: str) -> str:
    """The address of the page about the first thing that a query finds."""
    answer = client.get("/sparql", params={"query": CKG + query}, headers={"Accept": "application/json"})
    return "/id/" + bindings(answer)[0]["it"].removeprefix(BASE)


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
@pytest.mark.parametrize("query", [TORN, DENIED, RUSSIA], ids=["torn", "denied", "russia"])
def test_page_fits(seen: Page, pages: httpx.Client, query: str) -> None:
    seen.goto(path(pages, query))
    seen.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert fits(seen)


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_range_is_inside_its_box_and_in_order(seen: Page, pages: httpx.Client) -> None:
    seen.goto(path(pages, TORN))
    box = seen.locator(".range").first
    expect(box.get_by_text("Speakers differ: 89 to 400 people killed.")).to_be_visible(timeout=SLOW)
    frame, low, high = (each.bounding_box() for each in (box, box.locator("circle").first, box.locator("circle").last))
    assert frame
    assert low
    assert high
    assert frame["x"] < low["x"] < high["x"]
    assert high["x"] + high["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("seen", ["light", "dark"], indirect=True)
def test_numbers_at_odds_have_a_colour_of_their_own(seen: Page, pages: httpx.Client) -> None:
    seen.goto(path(pages, TORN))
    odd, plain = (
        seen.locator(selector).first.evaluate("each => getComputedStyle(each).color")
        for selector in (".differ .verdict", ".range h3")
    )
    assert odd != plain


def test_sentence_leads_to_its_event_in_the_article(seen: Page, pages: httpx.Client) -> None:
    address = path(pages, DENIED)
    seen.goto(address)
    seen.locator(".claim.denied blockquote a").click()
    seen.wait_for_url(f"**/id/article/*#event-{address.rpartition('/')[2]}")
    expect(seen.locator(":target")).to_be_in_viewport(timeout=SLOW)


def test_reader_of_a_screen_gets_numbers_without_the_drawing(seen: Page, pages: httpx.Client) -> None:
    seen.goto(path(pages, TORN))
    told = seen.locator(".range").first.aria_snapshot()
    assert "89" in told
    assert "400" in told
    assert "img" not in told
    assert "300" not in told, "the scale is for the eye"


def test_entity_leads_to_an_event_and_back(seen: Page, pages: httpx.Client) -> None:
    seen.goto(path(pages, RUSSIA))
    seen.locator("#did ~ .lines .deed").first.click()
    seen.wait_for_url("**/id/event/*")
    seen.get_by_role("link", name="Russia", exact=True).first.click()
    seen.wait_for_url("**/id/entity/russia-*")
    expect(seen.get_by_role("heading", level=1)).to_have_text("Russia", timeout=SLOW)


def test_over_time_unfolds_as_a_table(seen: Page, pages: httpx.Client) -> None:
    seen.goto(path(pages, RUSSIA))
    expect(seen.get_by_role("table")).to_be_hidden()
    seen.get_by_text("The numbers", exact=True).click()
    expect(seen.get_by_role("row", name="Jan 2024")).to_be_visible(timeout=SLOW)
