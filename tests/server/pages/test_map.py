"""The map's page as it is read without JavaScript, and what a browser makes the map of."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import ontology
from server.pages.bars import bars

ID = "https://w3id.org/conflictkg/id/"
UKRAINE = f"{ID}entity/ukraine-edd453d7"
GOMA = f"{ID}article/lakes-dispatch-goma-e00eb0ce745d"
CHOICES = {
    "": 88,
    "type=Violence": 46,
    "type=DroneAttack": 5,
    "type=Talks&type=Ceasefire": 4,
    "from=2025-01-01": 29,
    "to=2022-12-31": 4,
    "from=2025-05-24&to=2025-05-25&type=Violence": 3,
    f"place={UKRAINE}": 8,
    f"entity={UKRAINE}": 6,
    f"article={GOMA}": 12,
    f"article={GOMA}&type=Violence": 6,
    "from=1900-01-01&to=1900-12-31": 0,
    "type=&from=&to=": 88,
}
STYLE = Path(__file__).parents[3] / "server" / "static" / "map.css"


def lines(html: str) -> list[str]:
    """The IRIs of the events in the table, in its order."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [ID + path for path in re.findall(r'href="/id/(event/[^"]+)"', body)]


def behind(client: httpx.Client, address: str) -> list[str]:
    """The events that the query in the address of a SPARQL page finds."""
    query = parse_qs(urlsplit(address.replace("&amp;", "&")).query)["query"][0]
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    return [row["event"]["value"] for row in answer.json()["results"]["bindings"]]


@pytest.mark.parametrize(("choice", "number"), CHOICES.items())
def test_page_has_the_events_that_are_chosen(pages: httpx.Client, choice: str, number: int) -> None:
    html = pages.get(f"/map?{choice}").text
    assert f">{number} event{'' if number == 1 else 's'}.<" in html
    assert len(lines(html)) == number


@pytest.mark.parametrize("choice", CHOICES)
def test_map_is_made_of_what_an_export_has(pages: httpx.Client, choice: str) -> None:
    columns = pages.get(f"/map/events?{choice}").json()
    points = [columns["points"][spot][:2] if spot >= 0 else None for spot in columns["spots"]]
    made = zip(columns["events"], columns["types"], columns["starts"], columns["ends"], points, strict=True)
    exported = [
        (
            each["id"],
            each["properties"]["type"],
            each["properties"].get("start", ""),
            each["properties"].get("end", ""),
            each["geometry"] and each["geometry"]["coordinates"],
        )
        for each in pages.get(f"/export?format=geojson&{choice}").json()["features"]
    ]
    assert sorted(made, key=str) == sorted(exported, key=str)


@pytest.mark.parametrize("choice", ["", "type=Violence&from=2025-01-01", f"place={UKRAINE}", f"entity={UKRAINE}"])
def test_query_behind_finds_what_the_table_shows(pages: httpx.Client, choice: str) -> None:
    html = pages.get(f"/map?{choice}").text
    (address,) = re.findall(r'class="behind" href="([^"]+)"', html)
    assert behind(pages, address) == lines(html)


def test_query_behind_has_an_address_of_its_own(pages: httpx.Client) -> None:
    answer = pages.get("/map/query?type=Unrest")
    assert answer.status_code == 303
    assert behind(pages, answer.headers["Location"]) == lines(pages.get("/map?type=Unrest").text)


def test_line_says_when_what_who_where_and_in_which_outlet(pages: httpx.Client) -> None:
    html = pages.get("/map?type=DroneAttack&from=2025-05-24&to=2025-05-25").text
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", html)]
    assert cells[:3] == ["24–25 May 2025", "Drone attack", "Russia"]
    assert sorted(cells[3].split(", ")) == ["Ukraine", "people"]
    assert cells[4:] == ["Ukraine", "The Meridian Post"]


def test_days_without_events_are_gaps_in_the_strip(pages: httpx.Client) -> None:
    html = pages.get("/map").text
    assert "<title>Jun 2024: 7</title>" in html
    assert "<title>Jan 2020: 1</title>" in html
    assert "Feb 2020" not in html
    assert "33 events without a date." in html


def test_choice_is_kept_in_the_form_and_in_the_links(pages: httpx.Client) -> None:
    html = pages.get(f"/map?type=AirStrike&from=2025-01-01&place={UKRAINE}").text
    assert re.search(r'value="AirStrike" checked', html)
    assert 'name="from" value="2025-01-01"' in html
    assert f'<input type="hidden" name="place" value="{UKRAINE}">' in html
    assert 'href="/map?type=AirStrike&amp;from=2025-01-01" aria-label="Without Ukraine"' in html
    (address,) = re.findall(r'data-format="csv" href="([^"]+)"', html)
    assert parse_qs(urlsplit(address.replace("&amp;", "&")).query) == {
        "format": ["csv"],
        "type": ["AirStrike"],
        "from": ["2025-01-01"],
        "place": [UKRAINE],
    }


def test_every_type_can_be_ticked_below_the_one_above_it(pages: httpx.Client) -> None:
    html = pages.get("/map").text
    assert set(re.findall(r'name="type" value="(\w+)"', html)) == set(ontology.codes("EventType"))


@pytest.mark.parametrize("path", ["/map", "/map/events", "/map/query"])
@pytest.mark.parametrize("choice", ["type=Earthquake", "from=yesterday", "to=2025-02-30", "place=a b"])
def test_wrong_choice_is_refused(pages: httpx.Client, path: str, choice: str) -> None:
    assert pages.get(f"{path}?{choice}").status_code == 400


def test_every_top_type_has_a_colour_by_day_and_by_night() -> None:
    tops = [code.name for code in ontology.codes("EventType").values() if not code.broader]
    day, night = STYLE.read_text("utf8").split("@media (prefers-color-scheme: dark)")[:2]
    for colours in (day, night.partition("\n}\n")[0]):
        found = dict(re.findall(r"--t-(\w+): (#\w{6})", colours))
        assert found.keys() == {*tops, "other"}
        assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(
    ("months", "names"),
    [
        ({"2025-01": 4, "2025-03": 2}, ["Jan 2025", "Feb 2025", "Mar 2025"]),
        ({"2010-01": 1, "2020-05": 1}, ["Jan–Mar 2010", "Apr–Jun 2020"]),
        ({"1941-06": 1, "2025-01": 1}, ["1941", "2025"]),
        ({"0001-01": 1, "2025-01": 1}, ["0–99", "2000–2099"]),
        ({}, []),
    ],
)
def test_bars_are_as_fine_as_there_is_room_for(months: dict[str, int], names: list[str]) -> None:
    found = [bar.name for bar in bars(months)]
    assert len(found) <= 120
    assert [*found[:1], *found[-1:]] == [*names[:1], *names[-1:]]
    assert names[1:-1] in ([], found[1:-1])


def test_highest_bar_is_as_high_as_can_be() -> None:
    assert [(bar.count, bar.share) for bar in bars({"2025-01": 4, "2025-03": 2})] == [(4, 1.0), (0, 0.0), (2, 0.5)]
