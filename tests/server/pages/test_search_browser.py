"""Suggestions in a real browser: by keyboard and by mouse, and the form where none is chosen."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.server.browsing import NEEDS, SLOW, VIEWS, fits

pytestmark = NEEDS
BOX = "Search people, places, events and articles"


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=SLOW)


def typed(page: Page, words: str, address: str = "/") -> None:
    """Types into the box of a page, and waits for what is suggested."""
    page.goto(address)
    page.get_by_role("combobox", name=BOX).press_sequentially(words)
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_suggestion_is_chosen_by_keyboard(seen: Page) -> None:
    typed(seen, "kyi")
    box = seen.get_by_role("combobox", name=BOX)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = seen.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Kyiv")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press("Enter")
    expect(seen).to_have_url(re.compile("/id/entity/kyiv"))


def test_a_suggestion_is_chosen_by_mouse_from_any_page(seen: Page) -> None:
    typed(seen, "kyi", "/map")
    seen.get_by_role("option", name="Kyiv").first.click()
    expect(seen).to_have_url(re.compile("/id/entity/kyiv"))


def test_enter_without_a_choice_searches(seen: Page) -> None:
    typed(seen, "drone uk")
    seen.keyboard.press("Enter")
    expect(seen).to_have_url(re.compile(r"/search\?q=drone\+uk$"))
    expect(seen.get_by_role("heading", name="Events")).to_be_visible()


def test_arrows_go_round_and_leave_what_was_typed(seen: Page) -> None:
    typed(seen, "ukr")
    box = seen.get_by_role("combobox", name=BOX)
    box.press("ArrowUp")
    expect(seen.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(seen.get_by_role("option", selected=True)).to_have_count(0)
    expect(box).to_have_value("ukr")


def test_escape_closes_the_list_and_it_opens_again(seen: Page) -> None:
    typed(seen, "kyi")
    box = seen.get_by_role("combobox", name=BOX)
    box.press("Escape")
    expect(seen.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("kyi")
    box.press("ArrowDown")
    expect(seen.get_by_role("option").first).to_be_visible()


def test_only_the_words_that_stand_there_are_suggested_for(seen: Page) -> None:
    """An answer to words that were typed over comes late, and is not shown."""
    held: list[Route] = []
    seen.route("**/search.json?q=mosc", lambda route: held.append(route))
    seen.goto("/")
    box = seen.get_by_role("combobox", name=BOX)
    with seen.expect_request("**/search.json?q=mosc"):
        box.press_sequentially("mosc")
    box.fill("kyiv")
    expect(seen.get_by_role("option").first).to_contain_text("Kyiv")
    with suppress(Error):  # nobody may wait for it any longer
        held[0].fulfill(json={"suggestions": [{"label": "Moscow", "class": "Place", "href": "/id/x", "note": ""}]})
    seen.wait_for_timeout(300)
    expect(seen.get_by_role("option").filter(has_text="Moscow")).to_have_count(0)


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
@pytest.mark.parametrize("address", ["/", "/sparql"])
def test_the_list_fits(seen: Page, address: str) -> None:
    typed(seen, "united n", address)
    assert fits(seen)
    box = seen.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= seen.evaluate("innerWidth")


@pytest.mark.parametrize("address", ["/search?q=ukraine", "/search?q=kill&kind=sentence", "/search"])
@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_a_page_of_hits_fits(seen: Page, address: str) -> None:
    seen.goto(address)
    expect(seen.get_by_role("combobox", name=BOX)).to_have_count(1)
    assert fits(seen)
