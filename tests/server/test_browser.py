"""What a person sees, in a real browser: the pages load, run and ask nobody else for anything."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kg.queries import queries
from server.examples import GROUPS
from tests.server.browsing import NEEDS, SLOW, VIEWS, fits

pytestmark = NEEDS


def rows(page: Page) -> Locator:
    """The cells of the result in the tab that is open."""
    return page.locator(".active .yasr tbody td:not(.dt-empty)")


OWN = [name for name, query in queries().items() if not query.services and name not in GROUPS["Incidents"]]
"""The queries that ask no other server, as the page offers them, but those on incidents, which this store lacks."""


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
