"""The network in a real browser: it grows where it is clicked, nothing jumps, and what is seen can be taken along."""

import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import networkx
import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.server.browsing import NEEDS, SLOW, VIEWS, fits, watched
from tests.server.pages.written import CKG
from tests.server.serving import Served, until

pytestmark = NEEDS
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {
  <https://example.org/a> rdfs:label "<img src=x onerror=alert(1)> & 'co'" .
  <https://example.org/a> <https://example.org/knows> <javascript:alert(1)>
} WHERE {}"""
# A hundred hubs with nineteen others each, and a ring around them: 2,000 nodes.
MANY = """CONSTRUCT { ?one <https://example.org/to> ?other } WHERE {
  VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 }
  VALUES ?c { 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 }
  BIND(?a * 10 + ?b AS ?hub)
  BIND(IF(?c = 0, ?hub - 1, ?hub) AS ?near)
  FILTER(?near >= 0)
  BIND(IRI(CONCAT("https://example.org/", STR(?near), "-0")) AS ?one)
  BIND(IRI(CONCAT("https://example.org/", STR(?hub), "-", STR(?c))) AS ?other)
}"""
Place = list[float]


def opened(page: Page, search: str = "") -> Page:
    """The page, once its graph is drawn."""
    page.goto(f"/network?{search}")
    return ready(page)


def ready(page: Page) -> Page:
    expect(page.locator("#graph:not(.waiting):not([aria-busy])")).to_be_visible(timeout=SLOW)
    return page


def asked(page: Page, script: str, argument: object = None) -> Any:
    """What an expression gives whose `cy` is the graph and whose `x` is the argument."""
    return page.evaluate(f"x => {{ const cy = document.getElementById('graph').cy; return {script}; }}", argument)


def labels(page: Page) -> list[str]:
    """What the nodes that are seen are called."""
    return sorted(asked(page, "cy.nodes(':visible').map(node => node.data('label'))"))


def places(page: Page) -> dict[str, Place]:
    found: dict[str, Place] = asked(
        page, "Object.fromEntries(cy.nodes().map(node => [node.id(), [node.position('x'), node.position('y')]]))"
    )
    return found


def at(page: Page, label: str) -> tuple[float, float]:
    """Where on the window the node of that name is."""
    x, y = asked(
        page, "Object.values(cy.nodes().filter(node => node.data('label') === x)[0].renderedPosition())", label
    )
    box = page.locator("#graph").bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def told(page: Page) -> Locator:
    return page.locator("#told")


def chosen(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def groups(page: Page) -> Locator:
    """What shows and hides the groups of people."""
    return page.locator("#legend input[value=Group]")


def iri(page: Page, label: str) -> str:
    return str(asked(page, "cy.nodes().filter(node => node.data('label') === x)[0].id()", label))


def around(page: Page, label: str) -> str:
    """The address of the neighbourhood of a node of the whole network."""
    return f"around={quote(iri(opened(page), label))}"


def saved(page: Page, name: str) -> bytes:
    """The file that a button or a link of this name saves."""
    with page.expect_download() as coming:
        page.locator(".save button, .along a").get_by_text(name, exact=True).click()
    download: Download = coming.value
    return Path(download.path()).read_bytes()


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_graph_has_what_the_table_tells(seen: Page) -> None:
    opened(seen)
    expect(told(seen)).to_have_text("50 nodes, 49 links.")
    assert asked(seen, "[cy.nodes(':visible').length, cy.edges(':visible').length]") == [50, 49]
    assert len({tuple(place) for place in places(seen).values()}) == 50
    seen.get_by_text("The same as a table").click()
    expect(seen.locator("#table tbody tr")).to_have_count(49)
    assert fits(seen)


def test_links_are_named_and_point(seen: Page) -> None:
    opened(seen)
    style = "['label', 'source-arrow-shape', 'target-arrow-shape'].map(name => edge.style(name))"
    styles = asked(seen, f"cy.edges('[name = \"Talks\"]').map(edge => {style})")
    assert styles == [["talks", "triangle", "triangle"]] * 2
    assert (
        asked(
            seen,
            "new Set(cy.edges('[name = \"Demand\"]').map(edge => edge.style('source-arrow-shape'))).has('triangle')",
        )
        is False
    )


def test_click_tells_what_is_known_of_a_node(seen: Page) -> None:
    opened(seen)
    seen.mouse.click(*at(seen, "Rwanda"))
    expect(panel(seen).get_by_role("heading", name="Rwanda")).to_be_visible()
    expect(panel(seen)).to_contain_text("state")
    expect(panel(seen)).to_contain_text("Q1037")
    expect(panel(seen).get_by_role("link", name="Rwanda", exact=True)).to_have_attribute(
        "href", re.compile("^/id/entity/rwanda-")
    )
    panel(seen).get_by_role("button", name="March 23 Movement").click()
    expect(panel(seen).get_by_role("heading", name="March 23 Movement")).to_be_visible()


def test_click_on_a_link_leads_to_the_events_behind_it(seen: Page) -> None:
    opened(seen)
    edge = "cy.edges('[name = \"MissileAttack\"]').filter(edge => edge.target().data('label') === 'Israel')"
    asked(seen, f"void {edge}.emit('tap')")
    expect(panel(seen).get_by_role("heading", name="missile attack")).to_be_visible()
    expect(panel(seen)).to_contain_text("2025-03-01 to 2025-08-17")
    panel(seen).get_by_role("link", name="The events behind it").click()
    ready(seen)
    assert {"Houthis", "Israel", "missile attack"} <= set(labels(seen))
    assert chosen(seen)["view"] == ["events"]


def test_double_click_brings_neighbours_and_moves_nobody(seen: Page) -> None:
    opened(seen, around(seen, "Rwanda"))
    before = places(seen)
    seen.mouse.dblclick(*at(seen, "talks"))
    expect(told(seen)).to_have_text("2 nodes came to talks.", timeout=SLOW)
    after = places(seen)
    assert {node: after[node] for node in before} == before
    assert len(after) == 10
    talks = after[iri(seen, "talks")]
    for label in ("William Ruto", "Democratic Republic of the Congo"):
        x, y = after[iri(seen, label)]
        assert 40 < ((x - talks[0]) ** 2 + (y - talks[1]) ** 2) ** 0.5 < 300
    assert chosen(seen)["expand"] == [iri(seen, "talks")]


def test_address_makes_the_same_graph_again(seen: Page) -> None:
    opened(seen, around(seen, "Rwanda"))
    seen.mouse.click(*at(seen, "deployment"))
    panel(seen).get_by_role("button", name="Expand (2 more)").click()
    expect(told(seen)).to_have_text("2 nodes came to deployment.", timeout=SLOW)
    seen.mouse.click(*at(seen, "embassies"))
    panel(seen).get_by_role("button", name="Hide").click()
    expect(told(seen)).to_have_text("9 nodes, 8 links.", timeout=SLOW)
    names = labels(seen)
    assert "embassies" not in names
    seen.reload()
    assert labels(ready(seen)) == names


def test_undo_takes_back_and_puts_nodes_where_they_were(seen: Page) -> None:
    opened(seen, around(seen, "Rwanda"))
    before = places(seen)
    seen.mouse.click(*at(seen, "Gisenyi"))
    panel(seen).get_by_role("button", name="Hide").click()
    expect(told(seen)).to_have_text("7 nodes, 6 links.", timeout=SLOW)
    seen.get_by_role("button", name="Undo").click()
    expect(told(seen)).to_have_text("8 nodes, 7 links.", timeout=SLOW)
    assert places(seen) == before
    expect(seen.get_by_role("button", name="Undo")).to_be_disabled()


def test_only_its_neighbourhood_is_kept(seen: Page) -> None:
    opened(seen)
    before = places(seen)
    node = iri(seen, "Rwanda")
    seen.mouse.click(*at(seen, "Rwanda"))
    panel(seen).get_by_role("button", name="Only its neighbourhood").click()
    expect(told(seen)).to_have_text(re.compile("^[4-9] nodes"), timeout=SLOW)
    assert chosen(seen) == {"view": ["actors"], "around": [node]}
    assert places(seen)[node] == before[node]


def test_nodes_tell_how_many_neighbours_are_not_drawn(seen: Page) -> None:
    opened(seen, around(seen, "Rwanda"))
    assert asked(seen, "cy.nodes().filter(n => n.data('label') === 'talks').data('more')") == 2
    assert asked(seen, "cy.nodes().filter(n => n.data('label') === 'talks').style('background-image')") != "none"
    assert asked(seen, "cy.nodes().filter(n => n.data('label') === 'Rwanda').style('background-image')") == "none"


def test_class_is_hidden_at_once_and_nobody_moves(seen: Page) -> None:
    opened(seen)
    before = places(seen)
    sent: list[str] = []
    seen.on("request", lambda request: None if "icon" in request.url else sent.append(request.url))
    groups(seen).uncheck()
    until(lambda: len(labels(seen)) == 24, what="hiding")
    expect(told(seen)).to_have_text("24 of 50 nodes, 49 links.")
    assert places(seen) == before
    assert sent == []
    expect(seen.locator("#table tbody tr:not([hidden])")).to_have_count(21)
    assert chosen(seen) == {"without": ["Group"]}
    seen.reload()
    until(lambda: len(labels(ready(seen))) == 24, what="hiding again")
    groups(seen).check()
    until(lambda: len(labels(seen)) == 50, what="showing")


def test_filter_leaves_what_stays_where_it_is(seen: Page) -> None:
    opened(seen)
    before = places(seen)
    seen.get_by_text("Event types").click()
    seen.get_by_label("pressure").check()
    expect(told(seen)).not_to_contain_text("50 nodes", timeout=SLOW)
    after = places(seen)
    assert 10 < len(after) < 50
    assert after == {node: before[node] for node in after}
    assert chosen(seen)["type"] == ["Pressure"]
    expect(seen.get_by_label("pressure")).to_be_focused()


def test_day_is_sent_when_it_is_left(seen: Page) -> None:
    opened(seen)
    seen.get_by_label("From").fill("2025-01-01")
    seen.get_by_label("From").blur()
    expect(told(seen)).not_to_contain_text("50 nodes", timeout=SLOW)
    assert chosen(seen)["from"] == ["2025-01-01"]


def test_graph_comes_back_after_there_was_nothing(seen: Page) -> None:
    opened(seen)
    before = places(seen)
    seen.get_by_label("To", exact=True).fill("1850-01-01")
    seen.get_by_label("To", exact=True).blur()
    expect(told(seen)).to_contain_text("Nothing to draw.", timeout=SLOW)
    assert labels(ready(seen)) == []
    seen.get_by_role("button", name="Undo").click()
    expect(told(seen)).to_have_text("50 nodes, 49 links.", timeout=SLOW)
    assert places(ready(seen)) == before


def test_list_of_types_closes_when_another_thing_is_clicked(seen: Page) -> None:
    opened(seen)
    seen.get_by_text("Event types").click()
    expect(seen.get_by_label("air strike")).to_be_visible()
    seen.locator("#panel").click()
    expect(seen.get_by_label("air strike")).to_be_hidden()


def test_node_is_found_by_its_name(seen: Page) -> None:
    opened(seen)
    seen.get_by_label("Find in the graph").fill("Nikol Pashinyan")
    seen.keyboard.press("Enter")
    expect(panel(seen).get_by_role("heading", name="Nikol Pashinyan")).to_be_visible()
    seen.wait_for_timeout(500)
    width, height = asked(seen, "[cy.width(), cy.height()]")
    x, y = asked(seen, "Object.values(cy.$('.chosen').renderedPosition())")
    assert (x, y) == (pytest.approx(width / 2, abs=20), pytest.approx(height / 2, abs=20))


def test_keys_move_zoom_and_choose(seen: Page) -> None:
    opened(seen)
    seen.locator("#graph").focus()
    pan, zoom = asked(seen, "[cy.pan('x'), cy.zoom()]")
    seen.keyboard.press("ArrowRight")
    assert asked(seen, "cy.pan('x')") == pan - 60
    seen.keyboard.press("+")
    assert asked(seen, "cy.zoom()") == pytest.approx(zoom * 1.3)
    seen.keyboard.press("Enter")
    expect(panel(seen).get_by_role("button", name="Hide")).to_be_visible()
    seen.keyboard.press("Escape")
    expect(panel(seen)).to_contain_text("Choose a node or a link")


def test_tools_are_reached_by_tab(seen: Page) -> None:
    opened(seen)
    seen.get_by_label("Find in the graph").focus()
    reached = []
    for _ in range(6):
        seen.keyboard.press("Tab")
        reached.append(seen.evaluate("document.activeElement.id"))
    assert reached == ["in", "out", "fit", "tidy", "png", "svg"]


def test_tidying_up_moves_from_where_nodes_are(seen: Page) -> None:
    opened(seen)
    node = iri(seen, "Rwanda")
    asked(seen, "void cy.getElementById(x).shift({ x: 900, y: 0 })", node)
    x = places(seen)[node][0]
    seen.get_by_role("button", name="Tidy up").click()
    expect(told(seen)).to_have_text("50 nodes, 49 links.", timeout=SLOW)
    assert places(seen)[node][0] < x - 100


def test_same_address_is_laid_out_the_same(seen: Page) -> None:
    first = places(opened(seen))
    assert places(opened(seen)) == first


def test_wrong_query_is_said_to_be_and_leaves_the_graph(browser: Browser, demo: Served) -> None:
    page = browser.new_page(base_url=demo.address)  # nobody minds that the browser notes the answer's status
    opened(page)
    page.get_by_text("Query", exact=True).click()
    page.get_by_label(re.compile("^SPARQL")).fill("SELECT ?x { ?x a }")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_role("alert")).to_contain_text("error at 1:", timeout=SLOW)
    assert len(labels(page)) == 50
    assert chosen(page) == {}
    page.context.close()


def test_query_of_ones_own_is_drawn(seen: Page) -> None:
    opened(seen)
    seen.get_by_text("Query", exact=True).click()
    seen.get_by_label(re.compile("^SPARQL")).fill(f"SELECT ?e {{ ?e <{CKG}eventType> <{CKG}Ceasefire> }}")
    seen.get_by_label("View").select_option("events")
    seen.get_by_role("button", name="Draw").click()
    expect(told(seen)).to_have_text("3 nodes, 2 links.", timeout=SLOW)
    assert labels(ready(seen)) == ["Interior Ministry", "Suwayda Governorate", "ceasefire"]


def test_hostile_text_stays_text(seen: Page) -> None:
    opened(seen, f"query={quote(HOSTILE)}")
    name = "<img src=x onerror=alert(1)> & 'co'"
    seen.mouse.click(*at(seen, name))
    expect(panel(seen).get_by_role("heading", name=name)).to_be_visible()
    seen.mouse.click(*at(seen, "javascript:alert(1)"))
    expect(panel(seen).get_by_role("heading", name="javascript:alert(1)")).to_be_visible()
    assert panel(seen).locator("a[href^=javascript]").count() == 0
    root = ET.fromstring(saved(seen, "SVG"))
    assert name in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("seen", ["light", "dark"], indirect=True)
def test_picture_is_saved_as_png(seen: Page) -> None:
    opened(seen)
    picture = saved(seen, "PNG")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    box = asked(seen, "cy.elements().boundingBox()")
    assert (width, height) == (pytest.approx(2 * box["w"], abs=4), pytest.approx(2 * box["h"], abs=4))


def test_picture_is_saved_as_svg(seen: Page) -> None:
    opened(seen)
    groups(seen).uncheck()
    root = ET.fromstring(saved(seen, "SVG"))
    assert root.tag == f"{SVG}svg"
    assert sorted(title.text or "" for title in root.iter(f"{SVG}title")) == labels(seen)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Rwanda", "talks", "demand"} <= set(texts)
    assert "prisoners" not in texts
    assert len([path for path in root.iter(f"{SVG}path") if "stroke-width" in path.attrib]) == 21


def test_files_hold_what_is_seen(seen: Page, tmp_path: Path) -> None:
    opened(seen)
    groups(seen).uncheck()
    names = labels(seen)
    elements = json.loads(saved(seen, "JSON"))["elements"]
    assert sorted(node["data"]["label"] for node in elements["nodes"]) == names
    assert len(elements["edges"]) == 21
    (tmp_path / "seen.graphml").write_bytes(saved(seen, "GraphML"))
    graph = networkx.read_graphml(tmp_path / "seen.graphml")
    assert sorted(label for _, label in graph.nodes(data="label")) == names
    (tmp_path / "seen.gexf").write_bytes(saved(seen, "GEXF"))
    assert len(networkx.read_gexf(tmp_path / "seen.gexf")) == 24
    assert saved(seen, "Turtle").startswith(b"@prefix")
    assert json.loads(saved(seen, "GeoJSON"))["type"] == "FeatureCollection"
    assert saved(seen, "CSV").count(b"\n") > 21


def test_colours_follow_the_theme(seen: Page) -> None:
    opened(seen)
    colour = "cy.nodes('[class = \"Person\"]')[0].style('background-color')"
    assert asked(seen, colour) == "rgb(116,67,184)"
    seen.emulate_media(color_scheme="dark")
    seen.wait_for_timeout(500)
    assert asked(seen, colour) == "rgb(195,161,242)"


def test_query_behind_follows_what_is_drawn(seen: Page) -> None:
    opened(seen, around(seen, "Rwanda"))
    seen.mouse.dblclick(*at(seen, "talks"))
    expect(told(seen)).to_have_text("2 nodes came to talks.", timeout=SLOW)
    behind = seen.get_by_role("link", name="Show the query behind this").get_attribute("href") or ""
    assert f"<{iri(seen, 'talks')}>" in parse_qs(urlsplit(behind).query)["query"][0]


def test_two_thousand_nodes_stay_fluid(browser: Browser, demo: Served) -> None:
    with watched(browser, demo.address) as page:
        page.goto(f"/network?limit=2000&query={quote(MANY)}")
        expect(told(page)).to_have_text("Drawing 2,000 nodes …", timeout=SLOW)
        page.get_by_text("The same as a table").click()  # the page answers while a worker lays the graph out
        expect(page.locator("#table").get_by_text("0-1", exact=True)).to_be_visible()
        assert page.locator("#graph.waiting").count() == 1
        page.get_by_text("The same as a table").click()
        ready(page)
        assert asked(page, "cy.nodes(':visible').length") == 2000
        # Work of the main thread for each picture of a pan, in its own time: what else the machine does is no matter.
        work = page.context.new_cdp_session(page)
        work.send("Performance.enable", {"timeDomain": "threadTicks"})
        asked(page, "void cy.on('render', () => { window.drawn += 1; }, window.drawn = 0)")
        rested(page)
        box = page.locator("#graph").bounding_box()
        assert box
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(box["x"] + 25, box["y"] + 25)
        began, before, pan = spent(work), page.evaluate("drawn"), asked(page, "cy.pan('x')")
        for step in range(40):
            page.mouse.move(box["x"] + 25 + 5 * step, box["y"] + 25 + 2 * step)
        pictures = page.evaluate("drawn") - before
        assert pictures > 20
        assert asked(page, "cy.pan('x')") > pan + 150
        assert (spent(work) - began) / pictures < 0.030
        page.mouse.up()


def rested(page: Page) -> None:
    """Returns when the graph is drawn in full: its pictures of names and marks are made bit by bit."""
    for _ in range(60):
        before = page.evaluate("drawn")
        page.wait_for_timeout(500)
        if page.evaluate("drawn") == before:
            return


def spent(work: Any) -> float:
    """Seconds that the main thread has worked."""
    metrics = work.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))
