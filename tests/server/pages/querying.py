"""The SPARQL page as tests use it: queries asked, words typed, and the views of an answer."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.server.browsing import SLOW

CKG = "PREFIX ckg: <https://w3id.org/conflictkg/ns#>\n"
EDITOR = "document.querySelector('.tabPanel.active .yasqe .CodeMirror').CodeMirror"
DRAWN = "document.querySelector('.tabPanel.active .graph-canvas')._cyreg.cy"
THREE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {
  <https://example.org/a> <https://example.org/knows> <https://example.org/b>, <https://example.org/c> ;
    a <https://example.org/Person> ; rdfs:label "Ann" ; rdfs:comment "<b>likes</b> graphs"
} WHERE {}"""
POINTS = """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
SELECT ?name ?point { VALUES (?name ?point) {
  ("Kyiv <i>city</i>" "POINT(30.5 50.45)"^^geo:wktLiteral)
  ("Kyiv again" "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(50.45 30.5)"^^geo:wktLiteral)
  ("a road" "LINESTRING(30 50, 31 51)"^^geo:wktLiteral)
} }"""


def asked(page: Page, query: str) -> Locator:
    """The results in the tab in front, once the page has answered the query in its address."""
    page.goto(f"/sparql?query={quote(query)}")
    results = page.locator(".tabPanel.active .yasr")
    expect(results.locator(".yasr_response_chip")).to_be_visible(timeout=SLOW)
    return results


def asked_by_editor(page: Page, query: str) -> Locator:
    """As `asked`, for a query too long for an address."""
    page.goto("/sparql")
    page.evaluate("([editor, text]) => eval(editor).setValue(text)", [EDITOR, query])
    page.get_by_role("button", name="Run query").click()
    results = page.locator(".tabPanel.active .yasr")
    expect(results.locator(".yasr_response_chip")).to_be_visible(timeout=SLOW)
    return results


def typed(page: Page, before: str, after: str = "") -> None:
    """An editor with `before` typed key by key, and what stands after it."""
    page.goto("/sparql")
    page.evaluate(f"{EDITOR}.setValue('')")
    page.locator(".tabPanel.active .yasqe .CodeMirror-lines").click()
    page.evaluate("([editor, text]) => eval(editor).replaceSelection(text)", [EDITOR, before])
    page.evaluate("([editor, text]) => eval(editor).replaceSelection(text, 'start')", [EDITOR, after])


def offered(page: Page) -> list[str]:
    hints = page.locator(".CodeMirror-hints")
    expect(hints).to_be_visible(timeout=SLOW)
    return hints.locator(".hint-name").all_inner_texts()


def text(page: Page) -> str:
    return str(page.evaluate(f"{EDITOR}.getValue()"))


def show(results: Locator, view: str) -> None:
    results.locator(f".select_{view}").click()
    ready = {"graph": ".graph-find", "map": ".leaflet-marker-icon"}.get(view, ".CodeMirror")
    expect(results.locator(ready).first).to_be_visible(timeout=SLOW)
