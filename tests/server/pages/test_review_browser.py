"""Judging in a real browser, by keys and buttons, and the pages of incidents in light, in dark and on a phone."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.browsing import NEEDS, SLOW, VIEWS, fits, watched
from tests.server.pages.reports import incident, path
from tests.server.serving import TOKEN, Served

pytestmark = NEEDS


@pytest.fixture(params=["light"])
def looking(request: pytest.FixtureRequest, browser: Browser, reported: Served) -> Iterator[Page]:
    """A browser's page on the server that only reads."""
    with watched(browser, reported.address, request.param) as page:
        yield page


@pytest.fixture
def judging(browser: Browser, judged: Served) -> Iterator[Page]:
    """A browser's page on the server that can be written."""
    with watched(browser, judged.address) as page:
        yield page


def number(page: Page) -> str:
    return page.locator(".about span").first.inner_text(timeout=SLOW)


@pytest.mark.parametrize("looking", VIEWS, indirect=True)
def test_pages_fit(looking: Page, told: httpx.Client) -> None:
    addresses = ("/incidents", "/review", "/id/conflict/Q110999040", path(incident(told, "first")))
    for address in addresses:
        looking.goto(address)
        looking.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert fits(looking), address


def test_best_number_lies_between_low_and_high(looking: Page, told: httpx.Client) -> None:
    looking.goto(path(incident(told, "first")))
    whole = looking.locator(".whole svg")
    line, dot = (whole.locator(each).first.bounding_box(timeout=SLOW) for each in ("line", "circle"))
    assert line
    assert dot
    assert line["x"] < dot["x"] < line["x"] + line["width"]


def test_judging_by_key_shows_the_next_pair_and_is_undone_by_button(judging: Page) -> None:
    judging.goto("/review")
    assert number(judging).startswith("1 of 2 doubts")
    judging.get_by_label("Your name").fill("Ada")
    judging.keyboard.press("y")  # in a field it is a letter
    expect(judging.get_by_label("Your name")).to_have_value("Aday", timeout=SLOW)
    judging.get_by_label("The server’s token").fill(TOKEN)
    first = judging.locator("#side-a a").get_attribute("href")
    judging.locator("h1").click()
    judging.keyboard.press("u")
    expect(judging.locator(".about span").first).to_contain_text("1 of 1 doubts", timeout=SLOW)
    assert judging.locator("#side-a a").get_attribute("href") != first
    expect(judging.locator(".judged")).to_contain_text("unsure")
    expect(judging.get_by_label("The server’s token")).to_have_value(TOKEN)  # of this tab alone
    assert judging.evaluate("localStorage.getItem('kg-token')") is None

    judging.get_by_role("button", name="Undo").click()
    expect(judging.locator(".about span").first).to_contain_text("1 of 2 doubts", timeout=SLOW)
    expect(judging.locator(".judged")).to_contain_text("undone by Aday")


def test_skipping_by_key_needs_no_token(judging: Page) -> None:
    judging.goto("/review")
    judging.keyboard.press("s")
    judging.wait_for_url("**/review?at=1")


def test_judging_without_a_token_asks_for_it(judging: Page) -> None:
    judging.goto("/review")
    judging.get_by_role("button", name="Different").click()
    expect(judging.get_by_text("Give the server’s token first.")).to_be_visible(timeout=SLOW)
    expect(judging.get_by_label("The server’s token")).to_be_focused()
    judging.keyboard.press("Enter")  # decides nothing
    expect(judging.locator(".about span").first).to_contain_text("of 2 doubts")


def test_without_javascript_the_command_is_told(browser: Browser, judged: Served) -> None:
    with watched(browser, judged.address, java_script_enabled=False) as page:
        page.goto("/review")
        expect(page.get_by_text("takes JavaScript")).to_be_visible(timeout=SLOW)
        expect(page.get_by_role("button", name="Different")).to_be_hidden()
        page.get_by_text("By command").click()
        expect(page.get_by_text("kg merge judge").first).to_be_visible()
        page.locator("[data-key=s]").click()
        page.wait_for_url("**/review?at=1")
