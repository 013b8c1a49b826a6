"""The SPARQL page in a real browser: words are completed, questions asked, and findings taken along."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.browsing import NEEDS, SLOW
from tests.server.pages.querying import CKG, EDITOR, asked, offered, text, typed
from tests.server.serving import Served

pytestmark = NEEDS


def test_class_is_completed(seen: Page) -> None:
    typed(seen, CKG + "SELECT ?e { ?e ", "}")
    seen.keyboard.type("a ckg:Ev")
    seen.keyboard.press("Control+Space")
    assert offered(seen) == ["ckg:Event", "ckg:EventType"]
    expect(seen.locator(".CodeMirror-hint .hint-label").first).to_have_text("event")
    seen.keyboard.press("Enter")
    assert text(seen) == CKG + "SELECT ?e { ?e a ckg:Event}"


def test_word_of_a_label_is_completed_and_its_prefix_declared(seen: Page) -> None:
    typed(seen, "SELECT ?e { ?e a ", " }")
    seen.keyboard.type("armed")
    seen.keyboard.press("Control+Space")
    assert offered(seen) == ["ckg:ArmedForce", "ckg:ArmedGroup"]
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("Enter")
    assert text(seen) == CKG + "SELECT ?e { ?e a ckg:ArmedGroup }"


def test_property_is_offered_while_it_is_typed(seen: Page) -> None:
    typed(seen, CKG + "SELECT ?e { ?e ", " }")
    seen.keyboard.type("ckg:")
    expect(seen.locator(".CodeMirror-hints")).to_be_visible(timeout=SLOW)
    seen.keyboard.type("med")
    expect(seen.locator(".CodeMirror-hint")).to_have_count(1)
    assert offered(seen) == ["ckg:mediator"]


@pytest.mark.parametrize(
    ("property", "taken", "other"),
    [
        ("ckg:eventType", "ckg:AirStrike", "ckg:Killed"),
        ("ckg:eventType/<urn:broader>*", "ckg:AirStrike", "ckg:Killed"),
        ("ckg:measure", "ckg:Killed", "ckg:AirStrike"),
    ],
)
def test_property_that_takes_codes_is_offered_them(seen: Page, property: str, taken: str, other: str) -> None:
    typed(seen, f"{CKG}SELECT ?e {{ ?e {property} ", " }")
    seen.keyboard.press("Control+Space")
    found = offered(seen)
    assert taken in found
    assert other not in found


def test_nothing_is_offered_for_a_variable_of_a_property_without_codes(seen: Page) -> None:
    typed(seen, CKG + "SELECT ?e { ?e ckg:actor ", " }")
    seen.keyboard.press("Control+Space")
    seen.wait_for_timeout(300)
    expect(seen.locator(".CodeMirror-hints")).to_have_count(0)


def test_question_opens_in_its_own_tab_again(seen: Page) -> None:
    question = seen.locator("[data-example='full-text']")
    asked(seen, "SELECT ?mine { VALUES ?mine { 1 } }")
    question.click()
    expect(seen.locator("#about")).to_contain_text("The 20 nodes whose text fits a word best.")
    seen.get_by_role("tab", name="Query").last.click()
    expect(seen.locator("#about")).to_be_empty()
    question.click()
    assert "text:matches" in text(seen)
    seen.get_by_role("tab", name="Query").last.click()
    assert text(seen) == "SELECT ?mine { VALUES ?mine { 1 } }"


def test_shared_link_leads_to_the_query_in_the_editor(seen: Page, demo: Served) -> None:
    asked(seen, "SELECT ?x { VALUES ?x { 1 } }")
    seen.evaluate(f"{EDITOR}.setValue('SELECT ?y {{ VALUES ?y {{ 2 3 }} }}')")
    seen.locator(".tabPanel.active").get_by_role("button", name="Share query").click()
    link = seen.locator(".yasqe_sharePopup input").input_value()
    assert link.startswith(f"{demo.address}/sparql#query=")
    seen.goto("/search")
    seen.goto(link)
    expect(seen.locator(".tabPanel.active tbody td")).to_have_text(["2", "3"], timeout=SLOW)


STRIKES = CKG + "SELECT ?event { ?event ckg:eventType ckg:AirStrike }"


def taken(page: Page, format: str, view: str = "") -> Path:
    """The file that the form gives for the query on the strikes."""
    asked(page, STRIKES)
    page.get_by_label("File", exact=True).select_option(format)
    if view:
        page.get_by_label("with", exact=True).select_option(view)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    return download.value.path()


def test_findings_are_taken_along_as_a_graph(seen: Page) -> None:
    graph = networkx.read_gexf(taken(seen, "gexf", "claims"))
    strikes = [name for name, node in graph.nodes(data=True) if node["class"] == "Event"]
    assert strikes
    assert {graph.nodes[name]["type"] for name in strikes} == {"AirStrike"}
    assert any(node["class"] in ("Claim", "CountClaim") for _, node in graph.nodes(data=True))


def test_findings_are_taken_along_as_a_table_and_for_maps(seen: Page) -> None:
    with taken(seen, "csv").open(encoding="utf8", newline="") as file:
        events = list(csv.DictReader(file))
    features = json.loads(taken(seen, "geojson").read_text("utf8"))["features"]
    assert len(events) == len(features) > 0


def test_what_is_a_node_is_asked_only_where_nodes_are(seen: Page) -> None:
    seen.goto("/sparql")
    expect(seen.get_by_label("with", exact=True)).to_be_enabled()
    seen.get_by_label("File", exact=True).select_option("ttl")
    expect(seen.get_by_label("with", exact=True)).to_be_disabled()


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, browser: Browser, demo: Served) -> Iterator[Page]:
        context = browser.new_context(base_url=demo.address, java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_query_is_run_by_a_form(self, plain: Page) -> None:
        plain.goto("/sparql?query=SELECT ?x { VALUES ?x { 41 42 } }")
        assert plain.get_by_label("Query", exact=True).input_value() == "SELECT ?x { VALUES ?x { 41 42 } }"
        plain.get_by_label("Answer as").select_option("csv")
        with plain.expect_download() as download:
            plain.get_by_role("button", name="Run", exact=True).click()
        assert download.value.path().read_text("utf8").split() == ["x", "41", "42"]

    def test_question_fills_the_form(self, plain: Page) -> None:
        plain.goto("/sparql")
        plain.get_by_role("link", name="Full-text search").click()
        assert "text:matches" in plain.get_by_label("Query", exact=True).input_value()
        expect(plain.get_by_text("The 20 nodes whose text fits a word best.")).to_be_visible()
        assert plain.get_by_role("button", name="Download").count() == 0
