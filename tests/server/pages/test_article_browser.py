"""The page of an article in a real browser: an event, its words in the text and its card light one another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.server.browsing import NEEDS, SLOW, VIEWS, fits, watched
from tests.server.serving import Served

pytestmark = NEEDS
ARTICLE = "/id/article/defence-ministry-raises-makeyevka-death-364bf417-8de06c78e941"
FIRED, STRUCK = "e737aa8d6305e3af", "dde7ec90a3f54a3e"


@pytest.fixture
def article(seen: Page) -> Page:
    """The page of a demo article with three events, opened."""
    seen.set_default_timeout(SLOW)
    seen.goto(ARTICLE)
    return seen


@pytest.fixture
def plain(browser: Browser, demo: Served) -> Iterator[Page]:
    """A browser that runs no script."""
    with watched(browser, demo.address, java_script_enabled=False) as page:
        yield page


def card(page: Page, key: str) -> Locator:
    return page.locator(f'[id="event-{key}"]')


def lit(page: Page) -> dict[str, str]:
    """The words that are lit, with their labels."""
    found = page.locator(".story .mark.lit").all()
    return {" ".join(mark.inner_text().split()): mark.get_attribute("data-role") or "" for mark in found}


def test_pointing_at_a_card_lights_its_roles_and_sentence(article: Page) -> None:
    card(article, FIRED).hover()
    assert lit(article) == {
        "Sergei Sevryukov": "speaker",
        "Ukrainian": "actor",
        "forces": "actor",
        "fired": "shelling",
        "vocational school": "target",
    }
    (said,) = article.locator(".said.lit").all()
    assert said.inner_text().startswith("Lieutenant-General Sergei Sevryukov said")


def test_label_is_shown_once_at_the_beginning_of_the_words(article: Page) -> None:
    card(article, FIRED).hover()
    labels = article.evaluate(
        """() => [...document.querySelectorAll(".story .lit")]
          .map((mark) => getComputedStyle(mark, "::after").content).filter((content) => content !== "none")"""
    )
    assert labels == ['"speaker"', '"actor"', '"shelling"', '"target"']


def test_pointing_elsewhere_puts_it_out(article: Page) -> None:
    card(article, FIRED).hover()
    article.locator("h1").hover()
    assert lit(article) == {}


def test_pointing_at_words_lights_their_card(article: Page) -> None:
    article.get_by_role("link", name="struck", exact=True).hover()
    expect(card(article, STRUCK)).to_contain_class("lit")
    assert article.locator(".event.lit").count() == 1


def test_words_lead_to_their_card_and_leave_the_text_where_it_is(article: Page) -> None:
    words = article.get_by_role("link", name="struck", exact=True)
    words.scroll_into_view_if_needed()
    before = article.evaluate("scrollY")
    words.click()
    expect(card(article, STRUCK)).to_be_focused()
    expect(card(article, STRUCK)).to_be_in_viewport()
    assert article.evaluate("scrollY") == before
    assert article.url.endswith(f"#event-{STRUCK}")


@pytest.mark.parametrize("seen", ["phone"], indirect=True)
def test_words_lead_to_their_card_on_a_phone(article: Page) -> None:
    article.get_by_role("link", name="struck", exact=True).click()
    expect(card(article, STRUCK)).to_be_focused()
    expect(card(article, STRUCK)).to_be_in_viewport()


def test_address_of_an_event_opens_it_lit(seen: Page) -> None:
    seen.goto(f"{ARTICLE}#event-{STRUCK}")
    expect(card(seen, STRUCK)).to_be_focused()
    assert lit(seen)["Druzhkivka"] == "place"


def test_going_back_lights_the_event_before(article: Page) -> None:
    article.get_by_role("link", name="fired", exact=True).click()
    article.get_by_role("link", name="struck", exact=True).click()
    article.locator("h1").hover()
    article.go_back()
    expect(card(article, FIRED)).to_contain_class("lit")


def test_cards_are_reached_lit_and_left_by_keyboard(article: Page) -> None:
    article.locator(".story a").last.focus()
    article.keyboard.press("Tab")
    first = article.locator(".event").first
    expect(first).to_be_focused()
    expect(first).to_contain_class("lit")
    article.keyboard.press("Escape")
    assert article.locator(".lit").count() == 0


def test_card_leads_to_its_words(article: Page) -> None:
    article.get_by_role("link", name="“struck”").click()
    expect(article.locator(".mark:target")).to_have_text("struck")
    expect(article.locator(".mark:target")).to_be_in_viewport()


def test_classes_can_be_left_without_colour(article: Page) -> None:
    marks = article.locator(".story .c-Place")
    colour = "(mark) => getComputedStyle(mark).backgroundColor"
    assert marks.first.evaluate(colour) != "rgba(0, 0, 0, 0)"
    article.get_by_role("checkbox", name="place").uncheck()
    assert marks.first.evaluate(colour) == "rgba(0, 0, 0, 0)"
    article.get_by_role("checkbox", name="place").check()
    assert marks.first.evaluate(colour) != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_page_is_no_wider_than_the_window(article: Page) -> None:
    assert fits(article)


def test_cards_stand_beside_the_text_and_stay_there(article: Page) -> None:
    article.set_viewport_size({"width": 1280, "height": 500})
    text, cards = article.locator(".reading").bounding_box(), article.locator(".events").bounding_box()
    assert text is not None
    assert cards is not None
    assert cards["x"] >= text["x"] + text["width"]
    article.mouse.wheel(0, 400)
    expect(article.locator("h1")).not_to_be_in_viewport()
    expect(article.get_by_role("heading", name="Events")).to_be_in_viewport()


def test_without_scripts_words_still_lead_to_their_card(plain: Page) -> None:
    plain.goto(ARTICLE)
    plain.get_by_role("link", name="struck", exact=True).click()
    expect(card(plain, STRUCK)).to_be_in_viewport()
    expect(plain.get_by_role("checkbox")).to_have_count(0)
