"""The page of an entity: who or what it is, what it has to do with events and claims, and when."""

import re

import httpx
import pytest

from tests.server.asking import QUERY, bindings
from tests.server.pages.written import page, query_behind, section, words, write


def part(client: httpx.Client, path: str, name: str) -> list[str]:
    """The lines of one part of a page in words."""
    lines = re.findall(r"<li>.*?</li>", section(page(client, path), name), re.DOTALL)
    return [words(line) for line in lines]


def raids(number: int) -> str:
    """Triples of so many raids of the gang on the town, a day after the other, of which the first has no day."""
    events = "".join(
        f"v:r{n:02} a ckg:Event ; ckg:eventType ckg:ArmedAttack ; ckg:actor i:gang ; ckg:target i:town"
        + (f' ; ckg:startDate "2024-05-{n:02}"^^xsd:date ; ckg:endDate "2024-05-{n:02}"^^xsd:date . ' if n else " . ")
        for n in range(number)
    )
    return f'i:gang a ckg:ArmedGroup ; rdfs:label "Gang" . i:town a ckg:Place ; rdfs:label "Town" . {events}'


def test_head_has_names_classes_items_and_point(client: httpx.Client) -> None:
    html = page(client, "/id/entity/odesa")
    head = html[html.index("<h1>") : html.index("</dl>")]
    assert words(head).startswith("Odesa ckg:Place Wikidata Q1874 GeoNames 698740 46.49° N, 30.74° E Lies in Ukraine")
    assert "Also called Odessa" in words(head)
    assert 'href="http://www.wikidata.org/entity/Q1874"' in head
    assert 'href="https://sws.geonames.org/698740/"' in head
    assert 'href="/map?place=https%3A//w3id.org/conflictkg/id/entity/odesa"' in head


def test_narrowest_class_gives_the_colour(client: httpx.Client) -> None:
    html = page(client, "/id/entity/russia")
    assert '<header class="head c-State">' in html
    assert '<span class="kind"><a href="/ns#State">ckg:State</a></span>' in html
    assert 'href="/ns#Place"' in html


def test_role_and_membership(client: httpx.Client) -> None:
    html = page(client, "/id/entity/trukhanov")
    assert "Role Mayor Member of Ukraine Q212 Country Ukraine Q212" in words(html)


def test_who_belongs_to_it(client: httpx.Client) -> None:
    html = words(page(client, "/id/entity/ukraine"))
    assert "Members Hennadii Trukhanov" in html
    assert "Places in it Odesa" in html
    assert "Of this country Ukraine's air force , Hennadii Trukhanov" in html


def test_names_in_other_languages_tell_which(writer: httpx.Client) -> None:
    write(writer, 'i:kyiv a ckg:Place ; rdfs:label "Kyiv" ; skos:prefLabel "Kyiv", "Київ"@uk .')
    assert '<bdi lang="uk">Київ</bdi>' in page(writer, "/id/entity/kyiv")


def test_asset_has_its_kind_and_owner(writer: httpx.Client) -> None:
    write(
        writer,
        'i:depot a ckg:Asset ; rdfs:label "depot" ; ckg:kind ckg:MilitarySites ; ckg:owner i:army . '
        'i:army a ckg:ArmedForce ; rdfs:label "Army" .',
    )
    assert "Kind military sites Owner Army" in words(page(writer, "/id/entity/depot"))
    assert "What it owns depot" in words(page(writer, "/id/entity/army"))


def test_how_it_was_linked_is_folded(client: httpx.Client) -> None:
    html = page(client, "/id/entity/odesa")
    (folded,) = re.findall(r'<details class="how">.*?</details>', html, re.DOTALL)
    assert "Wikidata Q1874 , score 0.97: label Odesa" in words(folded)
    unlinked = page(client, "/id/entity/kiper")
    assert "no item, score 0: no candidate" in words(unlinked)


def test_what_it_did(client: httpx.Client) -> None:
    assert part(client, "/id/entity/russia", "did") == [
        "2–3 Jun 2025 drone attack → done to Odesa The Harbour Post: Drones over Odesa",
        "2 Jun 2025 talks with Ukraine , in Istanbul The Harbour Post: Drones over Odesa",
        "Jun 2025 armed attack → done to Odesa denied Élan du Nord: Army denies crossing the river",
    ]


def test_what_was_done_to_it(client: httpx.Client) -> None:
    assert part(client, "/id/entity/russia", "done") == [
        "2–3 Jun 2025 interception by Ukraine's air force , in Odesa The Harbour Post: Drones over Odesa"
    ]


def test_what_it_hosted(client: httpx.Client) -> None:
    assert part(client, "/id/entity/turkey", "hosted") == [
        "2 Jun 2025 talks : Russia , Ukraine , in Istanbul The Harbour Post: Drones over Odesa"
    ]


def test_what_happened_in_places_within_it(client: httpx.Client) -> None:
    lines = part(client, "/id/entity/ukraine", "there")
    assert [line.partition(" 2025 ")[2].partition(" :")[0] for line in lines] == [
        "drone attack", "interception", "armed attack",
    ]  # fmt: skip
    assert "What happened there" not in page(client, "/id/entity/air-force")


def test_what_it_said(client: httpx.Client) -> None:
    html = page(client, "/id/entity/trukhanov")
    assert '<h2 id="said">What they said <span class="total">1</span></h2>' in html
    assert part(client, "/id/entity/trukhanov", "said") == [
        "3 Jun 2025 at least 3 civilians killed of residents ; drone attack : Russia → done to Odesa "
        "“Mayor Hennadii Trukhanov said at least three residents were killed in the strike.” "
        "The Harbour Post: Drones over Odesa"
    ]
    assert re.search(r'href="/id/article/[^"#]*#event-attack">“Mayor', html)


def test_what_is_counted_on_its_side(client: httpx.Client) -> None:
    lines = part(client, "/id/entity/residents", "side")
    assert len(lines) == 2
    assert "5 civilians killed" in " ".join(lines)
    assert "says Oleh Kiper" in " ".join(lines)


def test_denial_is_marked_in_the_list(client: httpx.Client) -> None:
    assert '<span class="tag denied">denied</span>' in section(page(client, "/id/entity/russia"), "did")
    assert '<span class="tag denied">denied</span>' in section(page(client, "/id/entity/air-force"), "said")


def test_event_that_some_deny_is_disputed(writer: httpx.Client) -> None:
    said = "c:yes a ckg:Claim ; ckg:about v:r01 ; ckg:reportedIn a:a ; ckg:factuality ckg:Asserted . "
    write(writer, raids(3) + said + said.replace("yes", "no").replace("Asserted", "Denied"))
    lines = part(writer, "/id/entity/gang", "did")
    assert ["disputed" in line for line in lines] == [False, True, False]


def test_list_is_paged_newest_first_and_undated_last(writer: httpx.Client) -> None:
    write(writer, raids(28))
    first, second = (part(writer, f"/id/entity/gang?did={n}", "did") for n in (1, 2))
    assert [line.partition(" ")[0] for line in first] == [str(n) for n in range(27, 2, -1)]
    assert second == [
        "2 May 2024 armed attack → done to Town",
        "1 May 2024 armed attack → done to Town",
        "no day given armed attack → done to Town",
    ]


def test_pages_lead_to_each_other_and_leave_other_parts(writer: httpx.Client) -> None:
    write(writer, raids(28) + "".join(f"v:r{n:02} ckg:place i:town . " for n in range(28)))
    html = page(writer, "/id/entity/town?there=2&done=1")
    assert '<span class="total">28</span>' in html
    assert '<a href="?there=2&amp;done=2#done" rel="next">Older</a>' in section(html, "done")
    assert '<a href="?done=1&amp;there=1#there" rel="prev">Newer</a>' in section(html, "there")
    assert "page 2 of 2" in words(section(html, "there"))


@pytest.mark.parametrize(("asked", "shown"), [("99", "page 2 of 2"), ("-1", "page 1 of 2"), ("x", "page 1 of 2")])
def test_page_that_is_not_there(writer: httpx.Client, asked: str, shown: str) -> None:
    write(writer, raids(28))
    assert shown in words(section(page(writer, f"/id/entity/gang?did={asked}"), "did"))


def test_over_time_is_drawn_and_told(writer: httpx.Client) -> None:
    march = 'v:march a ckg:Event ; ckg:target i:gang ; ckg:startDate "2024-07-01"^^xsd:date .'
    write(writer, raids(4) + march)
    told = section(page(writer, "/id/entity/gang"), "overtime")
    assert "What it did: at most 3 in May 2024 (1 of unknown day)" in words(told)
    assert "When What it did What was done to it May 2024 3 Jul 2024 1" in words(told)
    tally = bindings(writer.post("/sparql", content=query_behind(told), headers=QUERY))
    assert {(row["part"], row.get("month"), row["number"]) for row in tally} == {
        ("did", "2024-05", "3"),
        ("did", None, "1"),
        ("done", "2024-07", "1"),
    }
    did, done = re.findall(r"<svg .*?</svg>", told, re.DOTALL)
    assert re.findall(r'<rect x="([^"]*)"', did) == ["0.0%"]
    assert re.findall(r'<rect x="([^"]*)"', done) == ["66.67%"]


def test_day_that_is_none_is_shown_and_not_drawn(writer: httpx.Client) -> None:
    odd = 'v:odd a ckg:Event ; ckg:actor i:gang ; ckg:startDate "one day" . v:june a ckg:Event ; ckg:actor i:gang ; '
    write(writer, raids(2) + odd + 'ckg:startDate "2024-06-01"^^xsd:date .')
    html = page(writer, "/id/entity/gang")
    assert "until one day event" in words(section(html, "did"))
    assert "What it did: at most 1 in May 2024 (2 of unknown day)" in words(section(html, "overtime"))


def test_queries_behind_find_what_is_listed(client: httpx.Client) -> None:
    html = page(client, "/id/entity/russia")
    for name, expected in {"did": ["attack", "talks", "attack-2"], "done": ["shot"]}.items():
        found = bindings(client.post("/sparql", content=query_behind(section(html, name)), headers=QUERY))
        assert [row["event"].rpartition("/")[2] for row in found] == expected


def test_doors_lead_to_network_map_and_files(client: httpx.Client) -> None:
    html = page(client, "/id/entity/odesa")
    iri = "https%3A//w3id.org/conflictkg/id/entity/odesa"
    for address in (f"/network?around={iri}", f"/map?entity={iri}", f"/map?place={iri}"):
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200
    for format in ("csv", "gexf", "geojson"):
        assert f'href="/export?format={format}&amp;entity={iri}"' in html
        assert client.get(f"/export?format={format}&entity={iri}").status_code == 200


def test_entity_that_nothing_names(writer: httpx.Client) -> None:
    write(writer, 'i:alone a ckg:Person ; rdfs:label "<b>Alone</b>" .')
    html = page(writer, "/id/entity/alone")
    assert "<h1>&lt;b&gt;Alone&lt;/b&gt;</h1>" in html
    assert "No event or claim names it." in html
    assert "Over time" not in html


def test_item_that_is_no_address_is_no_link(writer: httpx.Client) -> None:
    write(writer, 'i:odd a ckg:Person ; rdfs:label "Odd" ; skos:exactMatch <javascript:alert(1)> .')
    assert 'href="javascript' not in page(writer, "/id/entity/odd")


def test_claims_are_paged_by_article_newest_first(writer: httpx.Client) -> None:
    """Ten claims in each of three articles: the second page begins in the midst of the oldest."""
    articles = "".join(
        f'a:a{n} a ckg:Article ; dcterms:title "A{n}" ; dcterms:issued "2024-0{n}-01"^^xsd:date . ' for n in (1, 2, 3)
    )
    claims = "".join(
        f"c:{a}{n:02} a ckg:Claim ; ckg:claimant i:spokesman ; ckg:about v:event{a}{n:02} ; ckg:reportedIn a:a{a} ; "
        f"ckg:factuality ckg:Asserted ; ckg:mention m:{a}{n:02} . "
        f'm:{a}{n:02} ckg:exact "Sentence {a}{n:02}" ; ckg:start {n} . '
        for a in (1, 2, 3)
        for n in range(10)
    )
    write(writer, f'i:spokesman a ckg:Person ; rdfs:label "Spokesman" . {articles} {claims}')
    pages = [part(writer, f"/id/entity/spokesman?said={n}", "said") for n in (1, 2)]
    told = [re.findall(r"Sentence (\d+)", " ".join(lines)) for lines in pages]
    assert told[0] == [f"{a}{n:02}" for a in (3, 2) for n in range(10)] + [f"1{n:02}" for n in range(5)]
    assert told[1] == [f"1{n:02}" for n in range(5, 10)]
    assert pages[1][0].startswith("1 Jan 2024 event “Sentence 105” A1")
