"""The views of results on the SPARQL page: table, graph and map."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server.browsing import NEEDS, SLOW, VIEWS, fits, watched
from tests.server.pages.querying import CKG, DRAWN, POINTS, THREE, asked, asked_by_editor, offered, show, typed
from tests.server.serving import Served

pytestmark = NEEDS


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_triples_are_drawn_as_a_graph(seen: Page) -> None:
    results = asked(seen, THREE)
    show(results, "graph")
    expect(results.locator(".told")).to_contain_text("3 nodes, 2 edges.")
    assert seen.evaluate(f"{DRAWN}.nodes().map(node => node.data('label')).sort()") == [
        "Ann",
        "https://example.org/b",
        "https://example.org/c",
    ]
    assert seen.evaluate(f"{DRAWN}.edges().length") == 2
    assert fits(seen)


def test_node_that_is_found_tells_what_is_said_of_it(seen: Page) -> None:
    results = asked(seen, THREE)
    show(results, "graph")
    find = results.get_by_label("Find a node")
    expect(find).to_be_visible(timeout=SLOW)
    find.fill("Ann")
    find.press("Enter")
    panel = results.locator(".graph-panel")
    expect(panel.locator("h3")).to_have_text("Ann")
    expect(panel).to_contain_text("<b>likes</b> graphs")
    panel.get_by_role("button", name="https://example.org/b").click()
    expect(panel.locator("h3")).to_have_text("https://example.org/b")


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("SELECT ?from ?to { VALUES (?from ?to) { (<urn:a> <urn:b>) } }", "to"),
        ("SELECT ?s ?p ?o { VALUES (?s ?p ?o) { (<urn:a> <urn:likes> <urn:b>) } }", "likes"),
        (CKG + "SELECT ?a ?how ?b { VALUES (?a ?how ?b) { (<urn:a> ckg:memberOf <urn:b>) } }", "memberOf"),
        (CKG + "SELECT ?a ?n ?b { VALUES (?a ?n ?b) { (<urn:a> 3 <urn:b>) } }", "b"),
    ],
)
def test_rows_of_several_iris_are_drawn_as_edges(seen: Page, query: str, label: str) -> None:
    results = asked(seen, query)
    show(results, "graph")
    expect(results.locator(".told")).to_contain_text("2 nodes, 1 edge.")
    assert seen.evaluate(f"{DRAWN}.edges().map(edge => edge.data('label'))") == [label]


def test_nodes_of_the_store_get_their_names_and_colours(seen: Page) -> None:
    ends = "?event ckg:eventType ckg:AirStrike ; ckg:actor ?actor"
    results = asked(seen, f"{CKG}SELECT ?actor ?event {{ {ends} }} ORDER BY ?event LIMIT 1")
    show(results, "graph")
    expect(results.locator(".told")).to_contain_text("2 nodes, 1 edge.", timeout=SLOW)
    labels = seen.evaluate(f"{DRAWN}.nodes().map(node => node.data('label'))")
    assert "air strike" in labels
    assert not [label for label in labels if "/" in label]
    event = f"{DRAWN}.nodes('[class=\"Event\"]').style('background-color')"
    assert seen.evaluate(event) == "rgb(179,64,11)"


def test_graph_is_of_a_thousand_nodes_at_most_and_says_so(seen: Page) -> None:
    values = " ".join(f"(<urn:hub> <urn:n{number}>)" for number in range(1200))
    results = asked_by_editor(seen, f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    show(results, "graph")
    expect(results.locator(".told")).to_contain_text(
        "The first 1,000 of 1,201 nodes, 999 edges. The table has all.", timeout=SLOW
    )


def test_graph_leads_to_the_network_page(seen: Page) -> None:
    results = asked(seen, THREE)
    show(results, "graph")
    link = results.get_by_role("link", name="Open in the network page")
    expect(link).to_be_visible(timeout=SLOW)
    there = urlsplit(str(link.get_attribute("href")))
    assert there.path == "/network"
    assert parse_qs(there.query) == {"query": [THREE]}


def test_table_without_iris_or_places_has_neither_graph_nor_map(seen: Page) -> None:
    results = asked(seen, 'SELECT ?word { VALUES ?word { "one" "two" } }')
    expect(results.locator("tbody tr")).to_have_count(2, timeout=SLOW)
    expect(results.locator(".select_table")).to_be_visible()
    expect(results.locator(".select_graph")).to_be_hidden()
    expect(results.locator(".select_map")).to_be_hidden()


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_points_are_shown_on_a_map(seen: Page) -> None:
    results = asked(seen, POINTS)
    show(results, "map")
    expect(results.locator(".leaflet-marker-icon")).to_have_count(1, timeout=SLOW)
    expect(results.locator(".told")).to_have_text("1 place; left out are shapes that are no point on the earth: 1.")
    expect(results.locator(".map-view canvas")).to_be_attached()
    expect(results.locator(".map-view .country").first).to_be_visible()
    expect(results.locator(".map-view")).to_contain_text("Boundaries: Natural Earth; they say nothing about claims.")
    marker = results.get_by_role("button", name="Kyiv <i>city</i>, 2 rows")
    marker.focus()
    marker.press("Enter")
    expect(results.locator(".leaflet-popup")).to_contain_text("Kyiv <i>city</i>")
    expect(results.locator(".leaflet-popup")).to_contain_text("Kyiv again")
    assert fits(seen)


def test_columns_of_latitude_and_longitude_are_shown_on_a_map(seen: Page) -> None:
    results = asked(seen, 'SELECT ?lat ?long { VALUES (?lat ?long) { (50.4 30.5) (-33.9 18.4) (95 0) ("" "") } }')
    show(results, "map")
    expect(results.locator(".told")).to_have_text("2 places.", timeout=SLOW)
    expect(results.locator(".leaflet-marker-icon")).to_have_count(2, timeout=SLOW)


def test_view_that_was_chosen_is_kept_with_its_tab(seen: Page) -> None:
    results = asked(seen, THREE)
    show(results, "graph")
    expect(results.locator(".told")).to_contain_text("3 nodes", timeout=SLOW)
    seen.goto("/sparql")
    expect(seen.locator(".tabPanel.active .told")).to_contain_text("3 nodes, 2 edges.", timeout=SLOW)


def test_table_shows_markup_as_text_and_filters_it(seen: Page) -> None:
    hostile = "<img src=/static/icon.svg onerror=alert(1)>&amp;"
    results = asked(seen, f'SELECT ?n ?word {{ VALUES (?n ?word) {{ (89 "{hostile}") (7 "other") }} }}')
    cells = results.locator("tbody td")
    expect(cells).to_have_text(["89", hostile, "7", "other"], timeout=SLOW)
    assert results.locator("tbody img").count() == 0
    results.get_by_label("Filter query results").press_sequentially("onerror")
    expect(results.locator("tbody tr")).to_have_count(1)


def test_table_tells_types_where_that_is_asked_for(seen: Page) -> None:
    results = asked(seen, 'SELECT ?n ?word { VALUES (?n ?word) { (89 "eau"@fr) } }')
    results.get_by_label("Simple view").uncheck()
    expect(results.locator("tbody td")).to_have_text(["1", "89^^xsd:integer", "eau@fr"], timeout=SLOW)


def test_question_on_places_has_a_map_and_the_one_on_parties_a_graph(seen: Page) -> None:
    seen.goto("/sparql")
    seen.locator("[data-example='places-on-a-map']").click()
    show(seen.locator(".tabPanel.active .yasr"), "map")
    expect(seen.locator(".tabPanel.active .leaflet-marker-icon").first).to_be_visible(timeout=SLOW)
    seen.locator("[data-example='who-acts-on-whom']").click()
    show(seen.locator(".tabPanel.active .yasr"), "graph")
    expect(seen.locator(".tabPanel.active .told")).to_contain_text("edges", timeout=SLOW)


@pytest.fixture(params=["light", "dark"])
def still(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Page]:
    """A page on which nothing moves or fades in."""
    with watched(browser, demo.address, request.param, reduced_motion="reduce") as page:
        yield page


def test_views_have_no_serious_fault_for_who_cannot_see_them(still: Page, npm: Path) -> None:
    axe = (npm / "node_modules" / "axe-core" / "axe.min.js").read_text("utf8")
    found = {}

    def look(name: str) -> None:
        still.evaluate(axe)
        faults = still.evaluate("axe.run().then(r => r.violations)")
        serious = [fault for fault in faults if fault["impact"] in ("serious", "critical")]
        found.update({(name, fault["id"]): [node["html"][:150] for node in fault["nodes"]] for fault in serious})

    results = asked(still, THREE)
    look("table")
    show(results, "response")
    look("response")
    show(results, "graph")
    results.get_by_label("Find a node").fill("Ann")
    results.get_by_label("Find a node").press("Enter")
    look("graph")
    results = asked(still, POINTS)
    show(results, "map")
    results.locator(".leaflet-marker-icon").click()
    expect(results.locator(".leaflet-popup")).to_be_visible()
    look("map")
    typed(still, CKG + "SELECT ?e { ?e a ", " }")
    still.keyboard.press("Control+Space")
    offered(still)
    look("words")
    assert found == {}
