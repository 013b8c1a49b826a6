"""The map and the timeline in a real browser: what narrows what, what the address keeps, and who can use it how."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import PREFIXES, open_store
from tests.server.browsing import NEEDS, SLOW, VIEWS, fits, watched
from tests.server.serving import Served, serving

pytestmark = NEEDS
GAZA = re.compile(r"^\d+ events?, Gaza City$")
VIOLENCE = "[name=type][value=Violence]"


def opened(page: Page, choice: str = "") -> Page:
    """The page, once its marks are on the map."""
    page.goto(f"/map?{choice}")
    expect(page.locator("#world[data-spots]")).to_be_visible(timeout=SLOW)
    return page


def told(page: Page) -> Locator:
    return page.locator("#told")


def counted(page: Page) -> int:
    """How many events the marks on the map stand for."""
    numbers = page.locator(".mark").evaluate_all("marks => marks.map(mark => parseInt(mark.ariaLabel))")
    return sum(numbers)


def chosen(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def pull(page: Page, start: float, end: float) -> None:
    """Moves a pressed pointer across the timeline, from a part of its width to another."""
    box = page.locator("svg.timeline").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, middle, steps=6)
    page.mouse.up()


def heights(page: Page, bars: str) -> float:
    """All that is drawn of such bars, as the sum of their heights in pixels."""
    paths = page.locator(f"svg.timeline {bars}").evaluate_all(
        "paths => paths.map(path => path.getAttribute('d') || '')"
    )
    return sum(float(height) for path in paths for height in re.findall(r"v([\d.]+)", path))


@pytest.mark.parametrize("seen", VIEWS, indirect=True)
def test_everything_is_on_the_map_the_timeline_and_the_list(seen: Page) -> None:
    opened(seen)
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)
    expect(seen.locator("#list tbody tr")).to_have_count(88)
    expect(seen.locator("#undated")).to_have_text("33 events without a date.")
    assert counted(seen) == 35
    assert heights(seen, ".bar:not(.pale)") == pytest.approx(heights(seen, ".pale"))
    assert fits(seen)


def test_brush_narrows_the_map_and_the_list(seen: Page) -> None:
    opened(seen)
    pull(seen, 53.5 / 68, 67.5 / 68)  # of the 68 months since January 2020
    expect(told(seen)).to_have_text("37 events.", timeout=SLOW)
    expect(seen.locator("#list tbody tr")).to_have_count(37)
    expect(seen.get_by_label("From")).to_have_value("2024-06-01")
    expect(seen.get_by_label("To", exact=True)).to_have_value("2025-08-31")
    assert chosen(seen) == {"from": ["2024-06-01"], "to": ["2025-08-31"]}
    expect(seen.locator("#world")).not_to_have_attribute("data-spots", "26")
    assert 0 < counted(seen) < 35


def test_brush_can_be_moved_made_larger_and_cleared(seen: Page) -> None:
    opened(seen, "from=2023-01-01&to=2023-06-30")
    start, end = (n / 68 for n in (36, 42))  # of the 68 months since January 2020
    pull(seen, (start + end) / 2, (start + end) / 2 + 6 / 68)
    expect(seen.get_by_label("From")).to_have_value("2023-07-01")
    pull(seen, end + 6 / 68, end + 11.5 / 68)
    expect(seen.get_by_label("From")).to_have_value("2023-07-01")
    expect(seen.get_by_label("To", exact=True)).to_have_value("2024-06-30")
    pull(seen, 0.1, 0.1)
    expect(seen.get_by_label("From")).to_have_value("")
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)
    assert chosen(seen) == {}


def test_typed_days_are_the_brush(seen: Page) -> None:
    opened(seen)
    expect(seen.locator("svg.timeline .brush")).to_be_hidden()
    seen.get_by_label("From").fill("2025-01-01")
    seen.get_by_label("From").press("Tab")
    expect(seen.locator("svg.timeline .brush")).to_be_visible()
    expect(told(seen)).to_have_text("29 events.", timeout=SLOW)
    assert chosen(seen) == {"from": ["2025-01-01"]}


def test_timeline_shows_chosen_days_larger(seen: Page) -> None:
    opened(seen, "from=2025-05-01&to=2025-08-31")
    bars = seen.locator("svg.timeline")
    assert "a bar a month" in (bars.get_attribute("aria-label") or "")
    seen.get_by_role("button", name="Zoom to these days").click()
    assert "20 events, 21 Apr – 7 Sep 2025, a bar a week" in (bars.get_attribute("aria-label") or "")
    seen.get_by_role("button", name="All days").click()
    assert "55 events" in (bars.get_attribute("aria-label") or "")
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)


def test_type_narrows_everything(seen: Page) -> None:
    opened(seen)
    seen.locator(VIOLENCE).check()
    expect(told(seen)).to_have_text("46 events.", timeout=SLOW)
    assert chosen(seen) == {"type": ["Violence"]}
    assert seen.locator("#list .what").evaluate_all("cells => new Set(cells.map(each => each.className)).size") == 1
    assert seen.locator("svg.timeline .bar[d^=M]").evaluate_all(
        "bars => [...new Set(bars.map(each => each.classList[each.classList.length - 1]))]"
    ) == ["t-Violence"]
    seen.locator(VIOLENCE).uncheck()
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)


def test_moving_the_map_narrows_the_timeline_and_the_list(seen: Page) -> None:
    opened(seen)
    before = heights(seen, ".bar:not(.pale)")
    seen.locator(".mark", has_text="12").click()
    expect(told(seen)).to_contain_text("12 events in the part of the map that is shown, of 88 chosen.", timeout=SLOW)
    expect(told(seen)).to_contain_text("53 events without a point on the map are left out.", timeout=SLOW)
    expect(seen.locator("#list tbody tr")).to_have_count(12)
    assert heights(seen, ".bar:not(.pale)") < heights(seen, ".pale") == before
    assert chosen(seen).keys() == {"view"}


@pytest.mark.parametrize("zoom", [0, 0.5, 1, 1.5, 2])
def test_no_event_is_lost_at_any_zoom(seen: Page, zoom: float) -> None:
    opened(seen, f"view=20,35,{zoom}")
    assert counted(seen) == 35


def test_map_need_not_narrow(seen: Page) -> None:
    opened(seen, "view=31.5,35,7")
    expect(told(seen)).to_contain_text("in the part of the map that is shown", timeout=SLOW)
    seen.get_by_label("Only what the map shows").uncheck()
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)
    assert chosen(seen) == {"view": ["31.5,35,7"], "follow": ["no"]}
    opened(seen, "view=31.5,35,7&follow=no")
    expect(told(seen)).to_have_text("88 events.", timeout=SLOW)
    seen.get_by_role("button", name="Whole map").click()
    expect(seen).to_have_url(re.compile(r"/map\?follow=no$"))


def test_shared_address_shows_the_same(seen: Page) -> None:
    opened(seen, "from=2025-01-01&to=2025-08-31")
    seen.locator(VIOLENCE).check()
    seen.locator(".mark", has_text=re.compile("^[2-9]$")).first.click()
    expect(told(seen)).to_contain_text("of 16 chosen", timeout=SLOW)
    seen.wait_for_timeout(500)  # the map comes to rest
    address, words, marks = seen.url, told(seen).inner_text(), counted(seen)
    other = seen.context.new_page()
    other.goto(address)
    expect(other.locator("#world[data-spots]")).to_be_visible(timeout=SLOW)
    expect(told(other)).to_have_text(words, timeout=SLOW)
    expect(other.locator("svg.timeline .brush")).to_be_visible()
    expect(other.locator(VIOLENCE)).to_be_checked()
    assert other.url == address
    assert counted(other) == marks


def test_popup_tells_of_the_events_at_a_place(seen: Page) -> None:
    opened(seen, "view=31.5,34.46,9")
    seen.get_by_role("button", name=GAZA).click()
    popup = seen.locator(".leaflet-popup")
    expect(popup.locator("h3")).to_have_text("Gaza City 3 events")
    expect(popup.locator("li")).to_have_count(3)
    expect(popup.locator("li").first).to_contain_text("remaining hostages", timeout=SLOW)
    expect(popup.locator("li").first).to_contain_text("1 article")
    article = popup.get_by_role("link", name="Dozens held as Israelis strike and march").first
    expect(article).to_have_attribute("href", re.compile("^/id/article/dozens-held-as-israelis-strike-and-march"))


def test_map_is_used_by_keyboard(seen: Page) -> None:
    opened(seen)
    cluster = seen.get_by_role("button", name="12 events, close together: zoom in")
    cluster.focus()
    seen.keyboard.press("Enter")
    expect(told(seen)).to_contain_text("12 events in the part of the map that is shown", timeout=SLOW)
    mark = seen.get_by_role("button", name=GAZA)
    expect(mark).to_be_visible(timeout=SLOW)
    seen.wait_for_timeout(500)  # the marks come to rest
    mark.focus()
    seen.keyboard.press("Enter")
    expect(seen.locator(".leaflet-popup h3")).to_be_visible()
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.closest('.spot li') !== null")
    seen.keyboard.press("Escape")
    expect(seen.locator(".leaflet-popup")).to_have_count(0)
    expect(mark).to_be_focused()


def test_countries_are_named_where_there_is_room(seen: Page) -> None:
    opened(seen)
    names = seen.locator(".country")
    expect(names.filter(has_text="Libya")).to_have_count(1, timeout=SLOW)
    expect(names.filter(has_text="Lebanon")).to_have_count(0)
    opened(seen, "view=33.8,35.8,8")
    expect(names.filter(has_text="Lebanon")).to_have_count(1, timeout=SLOW)


def test_what_is_chosen_is_taken_along(seen: Page) -> None:
    opened(seen)
    pull(seen, 53.5 / 68, 67.5 / 68)  # of the 68 months since January 2020
    seen.locator(VIOLENCE).check()
    expect(told(seen)).to_have_text("21 events.", timeout=SLOW)
    with seen.expect_download() as begun:
        seen.get_by_role("link", name="CSV").click()
    lines = Path(begun.value.path()).read_text("utf8").splitlines()
    assert len(lines) == 1 + 21


def test_query_behind_follows_what_is_chosen(seen: Page) -> None:
    opened(seen)
    seen.locator(VIOLENCE).check()
    expect(told(seen)).to_have_text("46 events.", timeout=SLOW)
    address = seen.get_by_role("link", name="Show the query behind this").get_attribute("href") or ""
    answer = seen.request.get(address, max_redirects=0)
    assert answer.status == 303
    (query,) = parse_qs(urlsplit(answer.headers["location"]).query)["query"]
    assert "ckg:AirStrike" in query
    assert "ckg:Talks" not in query


def test_page_is_read_without_javascript(browser: Browser, demo: Served) -> None:
    with watched(browser, demo.address, java_script_enabled=False) as page:
        page.goto("/map")
        expect(page.locator("#list tbody tr")).to_have_count(88)
        expect(page.locator(".strip rect")).to_have_count(15)
        expect(page.locator("#world")).to_be_hidden()
        page.locator("summary", has_text="Narrower types").click()
        page.get_by_label("Drone attack").check()
        page.get_by_label("From").fill("2025-05-25")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#list tbody tr")).to_have_count(2)
        expect(page.get_by_label("Drone attack")).to_be_checked()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2025-01-01", "2025-01-01"),
        ("2025-01-01", "2025-04-20"),
        ("2025-01-01", "2025-05-25"),
        ("2023-01-01", "2025-06-01"),
        ("2015-01-01", "2024-12-31"),
        ("2010-05-05", "2021-01-01"),
        ("1941-06-23", "2025-01-01"),
        ("0001-01-01", "9999-12-31"),
    ],
)
def test_timeline_has_twenty_to_a_hundred_and_twenty_bars(seen: Page, first: str, last: str) -> None:
    seen.goto("/search")
    bars, start, end = seen.evaluate(
        """async ([first, last]) => {
          const { cut, dayOf, isoOf } = await import("/static/map/days.js");
          const { unit, start, bars } = cut(dayOf(first), dayOf(last));
          return [bars, unit.start(start) <= dayOf(first), unit.start(start + bars) > dayOf(last)];
        }""",
        [first, last],
    )
    assert 20 <= bars <= 120
    assert start
    assert end


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-06-03", "2025-06-03", "3 Jun 2025"),
        ("2025-06-02", "2025-06-03", "2–3 Jun 2025"),
        ("2024-12-31", "2025-01-01", "31 Dec 2024 – 1 Jan 2025"),
        ("2025-06-01", "2025-06-30", "Jun 2025"),
        ("2025-06-01", "2025-08-31", "Jun–Aug 2025"),
        ("2019-01-01", "2021-12-31", "2019–2021"),
        ("no day", "", ""),
    ],
)
def test_days_are_written_as_people_do(seen: Page, start: str, end: str, words: str) -> None:
    seen.goto("/search")
    written = """async ([start, end]) => {
      const { dayOf, inWords } = await import("/static/map/days.js");
      return inWords(dayOf(start), dayOf(end));
    }"""
    assert seen.evaluate(written, [start, end]) == words


HOSTILE = '<img src="/none" onerror="document.title = 1">'


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of events that nobody should write: words that are HTML, no type, days and points that are none."""
    ckg, rdfs, geo, xsd = (PREFIXES[prefix] for prefix in ("ckg", "rdfs", "geo", "xsd"))
    graph, label = NamedNode("urn:graph"), NamedNode(f"{rdfs}label")
    place, shape = NamedNode("urn:place"), NamedNode("urn:shape")
    triples = [
        (place, label, Literal(HOSTILE)),
        (place, NamedNode(f"{geo}hasGeometry"), shape),
        (shape, NamedNode(f"{geo}asWKT"), Literal("POINT(30 50)")),
        (NamedNode("urn:nowhere"), NamedNode(f"{geo}hasGeometry"), NamedNode("urn:broken")),
        (NamedNode("urn:broken"), NamedNode(f"{geo}asWKT"), Literal("POINT(nan 9999)")),
    ]
    for name, where, day in (
        ("javascript:alert(1)", "urn:place", "2025-01-01"),
        ("https://example.org/<e>", "urn:place", "soon"),
        ("https://example.org/e", "urn:nowhere", "-0044-03-15"),
    ):
        event = NamedNode(name.replace("<", "%3C").replace(">", "%3E"))
        triples += [
            (event, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(f"{ckg}Event")),
            (event, NamedNode(f"{ckg}place"), NamedNode(where)),
            (event, NamedNode(f"{ckg}startDate"), Literal(day, datatype=NamedNode(f"{xsd}date"))),
        ]
    folder = tmp_path_factory.mktemp("odd") / "store"
    with open_store(folder) as store:
        store.replace(graph.value, [Quad(*triple, graph) for triple in triples])
    with serving(folder, token="") as served:
        yield served


def test_what_the_store_says_is_shown_as_it_is(browser: Browser, odd: Served) -> None:
    with watched(browser, odd.address) as page:
        opened(page)
        expect(page.locator("#list tbody tr")).to_have_count(3)
        expect(page.locator("#undated")).to_have_text("2 events without a date.")
        expect(page.locator("#list .places").first).to_have_text(HOSTILE)
        expect(page.locator(".mark")).to_have_attribute("aria-label", f"2 events, {HOSTILE}")
        page.locator(".mark").click()
        expect(page.locator(".leaflet-popup h3")).to_have_text(f"{HOSTILE} 2 events")
        assert page.locator(".leaflet-popup a[href^=javascript], #list a[href^=javascript]").count() == 0
        expect(page).to_have_title("Map and timeline · Conflict KG")
