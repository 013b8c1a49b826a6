"""What a person sees, in a real browser: the pages load, run and ask nobody else for anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from kg.queries import queries

CHROMIUM = Path("/usr/bin/chromium")
SLOW = 30_000  # milliseconds, for a machine that does much else
VENDOR = Path(__file__).parents[2] / "server" / "static" / "vendor" / "yasgui.min.js"
pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium at /usr/bin/chromium"),
    pytest.mark.skipif(not VENDOR.exists(), reason="needs the front end: python hatch_build.py"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield browser
        browser.close()


VIEWS = ("light", "dark", "phone")


@pytest.fixture(params=["light"])
def view(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page that must log no error and call nobody but the server; it fails the test if it does."""
    phone = request.param == "phone"
    context = browser.new_context(
        color_scheme="dark" if request.param == "dark" else "light",
        viewport={"width": 390, "height": 800} if phone else {"width": 1280, "height": 900},
        base_url=address,
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda sent: None if sent.url.startswith((address, "data:", "blob:")) else problems.append(sent.url),
    )
    yield page
    context.close()
    assert problems == []


def rows(page: Page) -> Locator:
    """The cells of the result in the tab that is open."""
    return page.locator(".active .yasr tbody td:not(.dt-empty)")


def fits(page: Page) -> bool:
    """Whether the page is no wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


OWN = [name for name, query in queries().items() if not query.services]
"""The queries that ask no other server, which are those that the page offers."""


@pytest.mark.parametrize(
    ("view", "name"),
    [*(("light", name) for name in OWN), ("dark", "who-says-how-many"), ("phone", "who-says-how-many")],
    indirect=["view"],
)
def test_example_fills_the_editor_and_shows_rows(view: Page, name: str) -> None:
    view.goto("/sparql")
    view.locator(f"[data-example='{name}']").click()
    expect(rows(view).first).to_be_visible(timeout=SLOW)
    editor = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"
    assert view.evaluate(editor).strip() == queries()[name].render().strip()
    assert fits(view)


def test_query_in_the_address_runs(view: Page) -> None:
    view.goto("/sparql?query=SELECT ?x WHERE { VALUES ?x { 41 42 } }")
    expect(view.locator(".active .yasr table tbody tr")).to_have_count(2, timeout=SLOW)


def test_wrong_query_shows_the_message(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/sparql?query=SELECT ?x WHERE { SERVICE <http://127.0.0.1/> { ?x ?y ?z } }")
    expect(page.locator(".active .yasr")).to_contain_text("SERVICE is switched off here", timeout=SLOW)
    page.close()


def test_iri_in_a_result_leads_to_its_page_here(view: Page, address: str) -> None:
    view.goto("/sparql?query=SELECT ?x WHERE { VALUES ?x { <https://w3id.org/conflictkg/id/entity/odesa> } }")
    with view.context.expect_page() as opened:
        view.locator(".yasr table tbody a", has_text="odesa").click()
    there = opened.value
    assert there.url == f"{address}/id/entity/odesa"
    expect(there.locator("h1")).to_have_text("Odesa")


@pytest.mark.parametrize("view", VIEWS, indirect=True)
@pytest.mark.parametrize("path", ["/", "/id/entity/odesa", "/id/event/attack", "/id/claim/c-52"])
def test_page_fits_and_leads_on(view: Page, path: str) -> None:
    view.goto(path)
    expect(view.locator("h1")).to_be_visible()
    assert fits(view)
