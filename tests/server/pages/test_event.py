"""The page of an event: what is told, who says so, and which numbers can't all be right."""

import re

import httpx
import pytest

from tests.server.asking import QUERY, bindings
from tests.server.pages.written import page, query_behind, section, words, write

STRIKE = """v:strike a ckg:Event ; ckg:eventType ckg:MissileAttack ; ckg:target i:barracks .
i:ministry a ckg:GovernmentBody ; rdfs:label "Ministry" . i:army a ckg:ArmedForce ; rdfs:label "Army" .
i:mayor a ckg:Person ; rdfs:label "Mayor" . i:barracks a ckg:Asset ; rdfs:label "barracks" ."""


def claim(name: str, speaker: str, number: str, *, counted: str = "People", how: str = "Asserted") -> str:
    """The triples of one claim about the strike; `number` are the properties that give it."""
    return (
        f"c:{name} a ckg:Claim, ckg:CountClaim ; ckg:about v:strike ; ckg:claimant i:{speaker} ; "
        f"ckg:factuality ckg:{how} ; ckg:measure ckg:Killed ; ckg:counted ckg:{counted} ; {number} . "
    )


def strike(writer: httpx.Client, *claims: str) -> str:
    """The page of the strike with these claims."""
    write(writer, STRIKE + "".join(claims))
    return page(writer, "/id/event/strike")


def test_heading_says_who_did_what_to_whom_where_and_when(client: httpx.Client) -> None:
    html = page(client, "/id/event/attack")
    (heading,) = re.findall("<h1>.*?</h1>", html, re.DOTALL)
    assert words(heading) == "Drone attack: Russia → , done to Odesa, 2–3 Jun 2025"
    assert "<title>Drone attack: Russia → Odesa · " in html


def test_roles_have_the_colour_of_their_class_and_their_item(client: httpx.Client) -> None:
    told = section(page(client, "/id/event/shot"), "what")
    assert '<span class="thing c-ArmedForce" title="ArmedForce"><a href="/id/entity/air-force">' in told
    assert 'href="http://www.wikidata.org/entity/Q1874"' in told
    assert (
        "Where Odesa Q1874 , Ukraine When 2–3 Jun 2025 Told in The Harbour Post , Drones over Odesa , 3 Jun 2025"
        in (words(told))
    )


def test_month_is_told_as_one(client: httpx.Client) -> None:
    assert "When Jun 2025 (dated to the month)" in words(section(page(client, "/id/event/attack-2"), "what"))


def test_article_is_linked_where_it_tells_of_the_event(client: httpx.Client) -> None:
    html = page(client, "/id/event/talks")
    addresses = set(re.findall(r'href="(/id/article/[^"#]*)#event-talks"', html))
    assert len(addresses) == 1
    assert 'id="event-talks"' in page(client, addresses.pop())


def test_how_it_was_found_is_folded(client: httpx.Client) -> None:
    html = page(client, "/id/event/attack")
    (folded,) = re.findall(r"<details.*?</details>", html, re.DOTALL)
    assert "How it was found, confidence 0.9" in words(folded)
    assert "<li>verb &#39;attack&#39; as DroneAttack</li>" in folded
    assert "verb &#39;attack&#39;" not in html.replace(folded, "")


def test_claims_stand_side_by_side_with_speaker_cue_number_and_sentence(client: httpx.Client) -> None:
    cards = re.findall(r"<article .*?</article>", section(page(client, "/id/event/attack"), "claims"), re.DOTALL)
    assert [words(card) for card in cards] == [
        "The Harbour Post asserted that it happened Russia attacked Odesa with drones overnight. confidence 0.9",
        "Hennadii Trukhanov said asserted at least 3 civilians killed of residents "
        "Mayor Hennadii Trukhanov said at least three residents were killed in the strike. confidence 0.75",
        "Oleh Kiper said asserted 5 civilians killed of residents "
        "Governor Oleh Kiper said five residents were killed. confidence 0.75",
    ]


def test_claims_of_one_sentence_share_a_card(writer: httpx.Client) -> None:
    sentence = 'ckg:mention m:1 . m:1 ckg:exact "Five died, four of them civilians." ; ckg:start 0 '
    html = strike(
        writer,
        claim("all", "army", f"ckg:count 5 ; {sentence}"),
        claim("some", "army", f"ckg:count 4 ; {sentence}", counted="Civilians"),
    )
    (card,) = re.findall(r"<article .*?</article>", section(html, "claims"), re.DOTALL)
    assert "5 people killed" in card
    assert "4 civilians killed" in card
    assert card.count("Five died, four of them civilians.") == 1


def test_denial_beside_an_assertion_is_seen_at_a_glance(writer: httpx.Client) -> None:
    said = "c:yes a ckg:Claim ; ckg:about v:strike ; ckg:claimant i:army ; ckg:factuality ckg:Asserted . "
    html = strike(writer, said, said.replace("yes", "no").replace("army", "ministry").replace("Asserted", "Denied"))
    (stands,) = re.findall(r'<ul class="stands".*?</ul>', html, re.DOTALL)
    assert words(stands) == "1 asserts it Army 1 denies it Ministry"
    assert '<strong class="tag denied">1 denies it</strong>' in stands
    assert '<article class="claim denied">' in html


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        pytest.param(
            [claim("a", "ministry", "ckg:count 89"), claim("b", "army", "ckg:low 400")],
            "Speakers differ: 89 to at least 400 people killed.",
            id="apart",
        ),
        pytest.param(
            [claim("a", "ministry", "ckg:count 5"), claim("b", "army", "ckg:low 3")],
            "The numbers don’t contradict each other: 5 people killed and at least 3 people killed.",
            id="overlapping",
        ),
        pytest.param(
            [claim("a", "ministry", "ckg:high 40"), claim("b", "army", "ckg:low 30 ; ckg:high 50")],
            "The numbers don’t contradict each other: up to 40 people killed and 30 to 50 people killed.",
            id="overlapping ranges",
        ),
        pytest.param(
            [claim("a", "ministry", "ckg:count 7"), claim("b", "army", "ckg:count 7")],
            "The numbers agree: 7 people killed.",
            id="equal",
        ),
        pytest.param(
            [claim("a", "army", "ckg:count 7"), claim("b", "army", "ckg:count 1234")],
            "The numbers differ: 7 to 1,234 people killed.",
            id="one speaker",
        ),
        pytest.param(
            [claim("a", "ministry", "ckg:count 52 ; ckg:total 80"), claim("b", "army", "ckg:count 0 ; ckg:total 80")],
            "Speakers differ: 0 of 80 against 52 of 80 people killed.",
            id="parts of a total",
        ),
        pytest.param(
            [claim("a", "ministry", "ckg:count 89"), claim("b", "army", "ckg:low 400", counted="Combatants")],
            "Speakers differ: 89 people killed against at least 400 combatants killed.",
            id="more of a kind than of all",
        ),
    ],
)
def test_verdict_on_the_numbers(writer: httpx.Client, claims: list[str], verdict: str) -> None:
    (found,) = re.findall(r'<p class="verdict">(.*?)</p>', strike(writer, *claims))
    assert found == verdict


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(claim("b", "army", "ckg:count 63", counted="Combatants"), id="some of them are of a kind"),
        pytest.param(claim("b", "army", "ckg:count 400", counted="Drones"), id="other things"),
        pytest.param(claim("b", "army", "ckg:count 400", how="Denied"), id="a denied number"),
        pytest.param(claim("b", "army", "ckg:count 400", how="Planned"), id="a planned number"),
    ],
)
def test_numbers_that_contradict_nobody(writer: httpx.Client, second: str) -> None:
    html = strike(writer, claim("a", "ministry", "ckg:count 89"), second)
    assert "differ" not in section(html, "numbers")


def test_numbers_of_two_sides_are_no_contradiction(writer: httpx.Client) -> None:
    sides = [
        claim("a", "mayor", "ckg:count 5 ; ckg:affected i:army"),
        claim("b", "mayor", "ckg:count 9 ; ckg:affected i:mob"),
    ]
    html = strike(writer, *sides, 'i:mob a ckg:Agent ; rdfs:label "Mob" .')
    assert "differ" not in section(html, "numbers")
    assert section(html, "numbers").count("<h3>People killed</h3>") == 2


def test_range_is_drawn_where_its_numbers_are(writer: httpx.Client) -> None:
    html = strike(
        writer,
        claim("a", "ministry", "ckg:count 20"),
        claim("b", "army", "ckg:low 40 ; ckg:high 80"),
        claim("c", "mayor", "ckg:low 60"),
    )
    dot, bar, open_bar, scale = re.findall(r"<li.*?</li>", section(html, "numbers"), re.DOTALL)
    assert '<circle cx="20.0%"' in dot
    assert '<rect x="40.0%" width="40.0%"' in bar
    assert '<rect x="60.0%" width="40.0%"' in open_bar
    assert re.findall(r'<text x="([0-9.]+%)"[^>]*>(\d+)', scale) == [
        ("0.0%", "0"), ("50.0%", "50"), ("100.0%", "100"),
    ]  # fmt: skip


def test_drawing_is_told_in_words_too(client: httpx.Client) -> None:
    numbers = section(page(client, "/id/event/shot"), "numbers")
    assert "Ukraine's air force 52 of 80" in words(numbers)
    assert "Russia's defence ministry 0 of 80" in words(numbers)


def test_query_behind_finds_the_claims(client: httpx.Client) -> None:
    query = query_behind(section(page(client, "/id/event/attack"), "claims"))
    found = bindings(client.post("/sparql", content=query, headers=QUERY))
    assert {row["claim"].rpartition("/")[2] for row in found} == {"c-attack", "c-three", "c-five"}


def test_hostile_text_is_shown_as_text(writer: httpx.Client) -> None:
    html = strike(writer, 'i:army rdfs:label "<script>alert(1)</script>" .', claim("a", "army", "ckg:count 5"))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_event_of_which_little_is_known(writer: httpx.Client) -> None:
    write(writer, 'v:bare a ckg:Event ; ckg:actor "nobody we know" .')
    html = page(writer, "/id/event/bare")
    assert "Event: nobody we know" in words(html)
    assert "No claim is kept of it." in html


def test_demo_has_numbers_that_differ(pages: httpx.Client) -> None:
    disagree = (
        "PREFIX ckg: <https://w3id.org/conflictkg/ns#> SELECT ?e { ?c ckg:about ?e ; ckg:measure ckg:Killed ; "
        "ckg:count 89 . ?d ckg:about ?e ; ckg:measure ckg:Killed ; ckg:counted ckg:People ; ckg:count 400 }"
    )
    (row,) = bindings(pages.post("/sparql", content=disagree, headers={**QUERY, "Accept": "application/json"}))
    html = page(pages, "/id/" + row["e"].removeprefix("https://w3id.org/conflictkg/id/"))
    assert "Speakers differ: 89 to 400 people killed." in html


def test_formats_and_neighbourhood_are_linked(client: httpx.Client) -> None:
    html = page(client, "/id/event/attack")
    assert 'href="/network?around=https%3A//w3id.org/conflictkg/id/event/attack"' in html
    for format in ("ttl", "nt", "jsonld"):
        assert f'href="/id/event/attack.{format}"' in html
        assert client.get(f"/id/event/attack.{format}").status_code == 200
