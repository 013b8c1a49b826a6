"""The network page without a browser: what an address draws, its table, its query, and what is refused."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from tests.server.pages.written import CKG, query_behind, words, write

Given = Mapping[str, str | list[str]]
RDFS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
HOSTILE = """CONSTRUCT {
  <https://example.org/a> rdfs:label "</script><script>alert(1)</script>" .
  <https://example.org/a> <https://example.org/knows> <https://example.org/b> .
  <https://example.org/b> rdfs:label "b" ; <https://example.org/knows> <javascript:alert(1)>
} WHERE {}"""


def iri(client: httpx.Client, label: str, kind: str = "State") -> str:
    """The node of that class that goes by this label."""
    query = f'{RDFS} SELECT ?x {{ ?x a <{CKG}{kind}> ; rdfs:label "{label}" }} ORDER BY ?x LIMIT 1'
    answer = client.get("/sparql", params={"query": query, "format": "json"}).json()
    return str(answer["results"]["bindings"][0]["x"]["value"])


def drawn(client: httpx.Client, given: Given) -> str:
    answer = client.get("/network", params=given)
    assert answer.status_code == 200, answer.text
    return answer.text


def elements(page: str) -> dict[str, list[dict[str, Any]]]:
    """What the page gives a browser to draw."""
    found = re.search(r'<script type="application/json" id="elements"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, list[dict[str, Any]]] = json.loads(found[1])
    return read


def labels(page: str) -> set[str]:
    return {node["label"] for node in elements(page)["nodes"]}


def told(page: str) -> str:
    found = re.search(r'<p id="told".*?</p>', page, re.DOTALL)
    assert found
    return words(found[0])


def rows(page: str) -> list[str]:
    """The lines of the table that a reader sees."""
    return [
        words(row)
        for row in re.findall(r"<tr data-source=\"[^\"]*\" data-target=\"[^\"]*\">(.*?)</tr>", page, re.DOTALL)
    ]


def test_whole_store_is_who_acted_on_whom(pages: httpx.Client) -> None:
    page = drawn(pages, {})
    assert told(page) == "50 nodes, 49 links."
    assert len(rows(page)) == 49
    assert "Houthis missile attack Israel 1 Mar – 17 Aug 2025" in rows(page)
    assert "Ilham Aliyev talks both ways Nikol Pashinyan 10 Jul 2025" in rows(page)


def test_table_leads_to_the_pages_of_things(pages: httpx.Client) -> None:
    israel = iri(pages, "Israel").removeprefix("https://w3id.org/conflictkg")
    assert f'<span class="thing c-State" title="State"><a href="{israel}">Israel</a></span>' in drawn(pages, {})


def test_neighbourhood_has_a_node_and_what_is_beside_it(pages: httpx.Client) -> None:
    page = drawn(pages, {"around": iri(pages, "Rwanda")})
    assert "Around Rwanda" in words(page)
    assert rows(page)[0] == "talks actor Rwanda 29 Jan 2025"
    assert labels(page) == {"Rwanda", "Rwanda Defence Force", "Gisenyi", "accusation", "deployment", "embassies",
                            "military aid", "talks"}  # fmt: skip


def test_expanded_node_brings_its_neighbours_and_links_among_them(pages: httpx.Client) -> None:
    rwanda = iri(pages, "Rwanda")
    (talks,) = (n["id"] for n in elements(drawn(pages, {"around": rwanda}))["nodes"] if n["label"] == "talks")
    page = drawn(pages, {"around": rwanda, "expand": talks})
    assert labels(page) - labels(drawn(pages, {"around": rwanda})) == {
        "William Ruto",
        "Democratic Republic of the Congo",
    }
    # An edge of neither: the other country accuses Rwanda.
    assert "accusation actor Democratic Republic of the Congo" in rows(page)


def test_hidden_node_goes_with_its_links(pages: httpx.Client) -> None:
    page = drawn(pages, {"hide": iri(pages, "Israel")})
    assert "Israel" not in labels(page)
    assert told(page) == "49 nodes, 43 links."


def test_class_that_is_not_shown_is_drawn_and_left_out_of_the_table(pages: httpx.Client) -> None:
    page = drawn(pages, {"without": "Group"})
    assert len(elements(page)["edges"]) == 49
    assert len(rows(page)) == 21


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "Violence"}, "18 nodes, 15 links."),
        ({"type": ["Talks", "Agreement"]}, "6 nodes, 3 links."),
        ({"from": "2025-01-01", "to": "2025-06-30"}, "11 nodes, 8 links."),
        ({"class": "State"}, "9 nodes, 10 links."),
        ({"view": "events", "limit": "2000"}, "210 nodes, 226 links."),
        ({"view": "claims", "limit": "2000"}, "401 nodes, 674 links."),
        ({"limit": "50"}, "50 nodes, 49 links."),
    ],
)
def test_filters_narrow_what_is_drawn(pages: httpx.Client, given: Given, expected: str) -> None:
    assert told(drawn(pages, given)) == expected


def test_form_keeps_what_was_chosen(pages: httpx.Client) -> None:
    rwanda = iri(pages, "Rwanda")
    page = drawn(pages, {"around": rwanda, "view": "events", "type": "Talks", "class": "State", "from": "2025-01-01"})
    assert f'<input type="hidden" name="around" value="{rwanda}">' in page
    assert '<option value="events" selected>' in page
    assert '<input type="checkbox" name="type" value="Talks" checked>' in page
    assert '<input type="checkbox" name="class" value="State" checked>' in page
    assert '<input type="date" name="from" value="2025-01-01">' in page


def test_limit_leaves_what_is_joined_and_says_so(pages: httpx.Client) -> None:
    page = drawn(pages, {"view": "events", "limit": "20"})
    assert told(page).endswith("Only the best connected are drawn.")
    ends = {edge[end] for edge in elements(page)["edges"] for end in ("source", "target")}
    assert {node["id"] for node in elements(page)["nodes"]} == ends


def test_rows_of_a_query_name_what_is_drawn(pages: httpx.Client) -> None:
    query = f"SELECT ?e {{ ?e <{CKG}eventType> <{CKG}Ceasefire> }}"
    page = drawn(pages, {"query": query})
    assert rows(page) == [
        "ceasefire actor Interior Ministry 16 Jul 2025",
        "ceasefire place Suwayda Governorate 16 Jul 2025",
    ]
    assert query_behind(page) == query


def test_triples_of_a_query_are_drawn_whatever_they_are(pages: httpx.Client) -> None:
    page = drawn(pages, {"query": RDFS + HOSTILE})
    assert [edge["label"] for edge in elements(page)["edges"]] == ["knows", "knows"]
    assert labels(page) == {"</script><script>alert(1)</script>", "b", "javascript:alert(1)"}


def test_texts_of_a_query_stay_texts(pages: httpx.Client) -> None:
    page = drawn(pages, {"query": RDFS + HOSTILE})
    assert "<script>alert" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page
    assert [node["href"] for node in elements(page)["nodes"] if node["label"] == "javascript:alert(1)"] == [None]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"query": "SELECT ?x { ?x a }"}, "error at 1:"),
        ({"query": "ASK { ?s ?p ?o }"}, "an ASK query answers yes or no"),
        ({"query": "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"}, "SERVICE"),
        ({"view": "galaxy"}, "there is no view galaxy"),
        ({"type": "Picnic"}, "there is no event type Picnic"),
        ({"from": "soon"}, "from is a day like 2025-06-30"),
        ({"limit": "100000"}, "a page draws up to 2,000 nodes"),
        ({"around": "no iri"}, "an IRI can't be read"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(pages: httpx.Client, given: Given, problem: str) -> None:
    answer = pages.get("/network", params=given)
    assert answer.status_code == (403 if "SERVICE" in problem else 400)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    found = re.search(r'<p class="problem".*?</p>', answer.text, re.DOTALL)
    assert found
    assert problem in words(found[0])
    assert '<form class="filters"' in answer.text


def test_query_that_is_wrong_can_be_mended(pages: httpx.Client) -> None:
    answer = pages.get("/network", params={"query": "SELECT ?x { ?x a <b> "})
    assert re.search(r"<textarea[^>]*>SELECT \?x \{ \?x a &lt;b&gt; </textarea>", answer.text)


def test_page_with_nothing_to_draw_says_so(pages: httpx.Client) -> None:
    assert told(drawn(pages, {"from": "1850-01-01", "to": "1850-01-02"})) == (
        "Nothing to draw. No agent acts on another here; events and who takes part may show more."
    )


ISRAEL, RWANDA = "Israel", "Rwanda"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"view": "events", "limit": "2000"},
        {"view": "claims", "limit": "2000"},
        {"view": "events", "type": "Violence", "limit": "2000"},
        {"view": "events", "from": "2025-01-01", "to": "2025-06-01", "limit": "2000"},
        {"view": "events", "class": "State", "limit": "2000"},
        {"class": "State"},
        {"around": RWANDA, "expand": ISRAEL},
        {"around": ISRAEL, "type": "Violence"},
        {"around": ISRAEL, "class": "Person"},
        {"view": "actors", "around": ISRAEL},
        {"view": "actors", "around": ISRAEL, "expand": RWANDA},
        {"entity": ISRAEL},
    ],
    ids=str,
)
def test_query_behind_gives_the_edges(pages: httpx.Client, given: dict[str, str]) -> None:
    named = {name: iri(pages, value) if value in (ISRAEL, RWANDA) else value for name, value in given.items()}
    page = drawn(pages, named)
    query = query_behind(page)
    if "CONSTRUCT" in query:
        answer = pages.get("/sparql", params={"query": query, "format": "nt"}).text
        found = {tuple(re.findall("<([^>]*)>", line)) for line in answer.splitlines()}
    else:
        bindings = pages.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
        found = {tuple(row[name]["value"] for name in ("who", "type", "whom")) for row in bindings}
    assert found == {(edge["source"], CKG + edge["name"], edge["target"]) for edge in elements(page)["edges"]}


def test_files_hold_what_is_drawn(pages: httpx.Client) -> None:
    page = drawn(pages, {"around": iri(pages, "Rwanda")})
    (address,) = re.findall(r'data-format="cyjs"[^>]*href="([^"]*)"', page)
    exported = pages.get(html.unescape(address)).json()["elements"]["nodes"]
    assert {node["data"]["label"] for node in exported} == labels(page)


def test_rows_without_a_day_stand_last(pages: httpx.Client) -> None:
    days = re.findall(r'<td class="when">(.*?)</td>', drawn(pages, {}))
    assert days[0] == "17 Aug 2025"
    assert [bool(day) for day in days] == [True] * 24 + [False] * 25


def test_what_is_written_is_drawn_at_once(writer: httpx.Client) -> None:
    assert told(drawn(writer, {})).startswith("Nothing to draw.")
    write(
        writer,
        """v:one a ckg:Event ; ckg:eventType ckg:Demand ; ckg:actor i:a ; ckg:target i:b .
        i:a a ckg:Person, ckg:Agent ; rdfs:label "<b>Ann</b>" . i:b a ckg:State, ckg:Agent ; rdfs:label "Bland" .""",
    )
    page = drawn(writer, {})
    assert rows(page) == ["<b>Ann</b> demand Bland"]
    assert "<b>Ann</b>" not in page
