"""The page of an article: marked text, cards of events, and what can be taken from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from lxml.html import HtmlElement, fromstring

from kg.model import Article, Claim, Entity, Event, Extraction, Mention
from kg.rdf import article_key, graph_iri, quads
from kg.store import open_store
from tests.samples import DRONES, RIVER, RUN, TWO
from tests.server.serving import serving

BROWSER = {"Accept": "text/html"}
HOSTILE = Article(
    "hostile",
    "<script>alert(1)</script>",
    'A "<b>strike</b>" hit.',
    url="javascript:alert(1)",
    licence="<i>none</i>",
)
ELSEWHERE = "https://example.org/elsewhere"
# The articles of a store, and how many marks the page of each has to have.
CKG = "PREFIX ckg: <https://w3id.org/conflictkg/ns#> "
ARTICLES = CKG + "SELECT ?article ?text { ?article a ckg:Article ; ckg:text ?text }"
MENTIONED = f"""{CKG} SELECT ?article (COUNT(*) AS ?n) {{
  {{ SELECT DISTINCT ?article ?node ?mention {{ ?node ckg:mention ?mention . ?mention ckg:inArticle ?article
    FILTER NOT EXISTS {{ ?node a ckg:Claim }} }} }}
}} GROUP BY ?article"""


def page(client: httpx.Client, path: str) -> HtmlElement:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    return fromstring(answer.text)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def marks(html: HtmlElement) -> list[HtmlElement]:
    return html.find_class("story")[0].find_class("mark")


def found(client: httpx.Client, query: str) -> list[dict[str, str]]:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
    return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]


def path_of(iri: str) -> str:
    return iri.removeprefix("https://w3id.org/conflictkg")


@pytest.fixture
def drones(client: httpx.Client) -> HtmlElement:
    return page(client, f"/id/article/{article_key(DRONES.id)}")


@pytest.fixture
def river(client: httpx.Client) -> HtmlElement:
    return page(client, f"/id/article/{article_key(RIVER.id)}")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with an article whose text isn't stored, one in a graph not named after it, and one that means harm."""
    strike = Mention(3, 16, "<b>strike</b>")
    claim = Claim("c", "x", ("<b>",), "Possible", (Mention(0, len(HOSTILE.text), HOSTILE.text),), cue='"><script>')
    harmful = Extraction(
        HOSTILE,
        RUN,
        "<b>",
        (Entity("<b>", ("Person",), '"><script>alert(2)</script>', mentions=(Mention(6, 12, "strike"),)),),
        (Event("x", "AirStrike", strike, (strike,), actors=("<b>",)),),
        (claim,),
    )
    folder = tmp_path_factory.mktemp("odd") / "store"
    with open_store(folder) as store:
        store.replace(graph_iri(DRONES.id), quads(TWO[0], store_text=False))
        store.replace(ELSEWHERE, quads(TWO[1]))
        store.replace(graph_iri(HOSTILE.id), quads(harmful))
    with serving(folder, token="") as served, served.client() as client:
        yield client


def test_head_says_what_the_article_is(drones: HtmlElement) -> None:
    about, counts = (words(each) for each in drones.find_class("about"))
    assert words(drones.find(".//h1")) == "Drones over Odesa"
    assert about == "The Harbour Post 3 Jun 2025 Read the original Licence: CC BY 4.0"
    assert counts.startswith("3 events, 6 claims")
    assert drones.xpath("//a[.='Read the original']/@href") == ["https://example.org/news/drones?id=1"]


def test_text_is_whole_and_unchanged(drones: HtmlElement) -> None:
    assert drones.find_class("story")[0].text_content().strip() == DRONES.text


def test_mention_leads_to_its_entity_and_tells_its_class(drones: HtmlElement) -> None:
    (mark,) = (each for each in marks(drones) if each.get("href") == "/id/entity/kiper")
    assert (mark.tag, mark.text, mark.get("title")) == ("a", "Oleh Kiper", "person: Oleh Kiper")
    assert "c-Person" in mark.classes


def test_mention_in_a_mention_is_marked_as_both(drones: HtmlElement) -> None:
    outer, rest = (each for each in marks(drones) if "c-ArmedForce" in each.classes)
    assert [(inner.text, inner.get("href")) for inner in outer] == [("Ukraine", "/id/entity/ukraine")]
    assert (rest.text, rest.get("href")) == ("'s air force", "/id/entity/air-force")


def test_trigger_leads_to_the_card_of_its_event(drones: HtmlElement) -> None:
    assert [(mark.text, mark.get("href")) for mark in marks(drones) if "c-Event" in mark.classes] == [
        ("attacked", "#event-attack"),
        ("shot down", "#event-shot"),
        ("strike", "#event-attack"),
        ("Talks", "#event-talks"),
    ]


def test_roles_are_marked_in_the_sentences_of_the_event(drones: HtmlElement) -> None:
    roles = {mark.text: mark.get("data-roles") for mark in marks(drones)}
    assert roles["Odesa"] == "attack:target attack:place shot:place"
    assert roles["residents"] == "attack:affected"
    assert roles["Turkey"] == "talks:mediator"
    assert roles["Oleh Kiper"] == "attack:speaker"


def test_sentence_knows_the_events_that_it_tells_of(drones: HtmlElement) -> None:
    said = drones.get_element_by_id(f"s-{DRONES.text.index('Governor')}")
    assert said.text_content() == "Governor Oleh Kiper said five residents were killed."
    assert said.get("data-events") == "attack"


def test_card_tells_who_whom_where_and_when(drones: HtmlElement) -> None:
    card = drones.get_element_by_id("event-shot")
    assert words(card.find(".//h3")) == "Interception"
    assert {words(fact[0]): words(fact[1]) for fact in card.xpath(".//dl/div")} == {
        "who": "Ukraine's air force",
        "whom": "Russia Q159",
        "with": "drones",
        "where": "Odesa Q1874, Ukraine",
        "when": "2–3 Jun 2025",
    }
    assert card.xpath(".//a[.='Q1874']/@href") == ["http://www.wikidata.org/entity/Q1874"]


def test_card_tells_the_mediator(drones: HtmlElement) -> None:
    (mediator,) = drones.xpath("//*[@id='event-talks']//dt[.='mediator']/following-sibling::dd")
    assert words(mediator) == "Turkey Q43"


def test_every_number_has_its_speaker_cue_and_sentence(drones: HtmlElement) -> None:
    sayings = drones.get_element_by_id("event-attack").find_class("sayings")[0]
    assert [words(saying) for saying in sayings] == [
        "The Harbour Post in its own words Russia attacked Odesa with drones overnight.",
        "Hennadii Trukhanov said at least 3 civilians killed (residents) "
        "Mayor Hennadii Trukhanov said at least three residents were killed in the strike.",
        "Oleh Kiper said 5 civilians killed (residents) Governor Oleh Kiper said five residents were killed.",
    ]


def test_denied_event_is_visibly_so(river: HtmlElement) -> None:
    card = river.get_element_by_id("event-attack-2")
    assert "denied" in card.classes
    assert [words(tag) for tag in card.find_class("tag")] == ["denied"]


def test_month_is_told_as_one(river: HtmlElement) -> None:
    assert [words(fact) for fact in river.xpath("//dt[.='when']/following-sibling::dd")] == ["Jun 2025"]


def test_legend_has_the_classes_that_occur(river: HtmlElement) -> None:
    assert [words(each) for each in river.find_class("legend")[0]] == ["event 1"]


def test_query_behind_the_page_gives_what_it_shows(client: httpx.Client, drones: HtmlElement) -> None:
    (behind,) = drones.find_class("behind")
    (query,) = parse_qs(urlsplit(behind.get("href")).query)["query"]
    values = {row["value"] for row in found(client, query)}
    assert {DRONES.text, "Drones over Odesa", "http://www.wikidata.org/entity/Q1874"} <= values


def test_article_can_be_taken_along(client: httpx.Client, drones: HtmlElement) -> None:
    links = [unquote(href) for href in drones.find_class("along")[0].xpath(".//a/@href")]
    graph = path_of(graph_iri(DRONES.id))
    assert f"{graph}.jsonld" in links
    assert "Drones over Odesa" in client.get(f"{graph}.jsonld").text
    assert f"/export?format=gexf&article=https://w3id.org/conflictkg/id/article/{article_key(DRONES.id)}" in links


def test_text_that_is_not_stored_is_told_by_its_quotations(odd: httpx.Client) -> None:
    html = page(odd, f"/id/article/{article_key(DRONES.id)}")
    assert "The text itself is not stored here" in words(html.find_class("reading")[0])
    paragraphs = [words(paragraph) for paragraph in html.xpath("//*[@class='story']/p")]
    assert (len(paragraphs), paragraphs[0]) == (6, "Russia attacked Odesa with drones overnight.")
    assert ("Oleh Kiper", "/id/entity/kiper") in [(mark.text, mark.get("href")) for mark in marks(html)]


def test_article_in_a_graph_of_another_name_has_its_page(odd: httpx.Client) -> None:
    html = page(odd, f"/id/article/{article_key(RIVER.id)}")
    html.get_element_by_id("event-attack-2")
    turtle = html.find_class("along")[0].xpath(".//a[.='.ttl']/@href")[0]
    assert odd.get(turtle).status_code == 200


def test_what_articles_say_is_text_and_no_markup(odd: httpx.Client) -> None:
    html = page(odd, f"/id/article/{article_key(HOSTILE.id)}")
    assert html.find_class("story")[0].text_content().strip() == HOSTILE.text
    assert [mark.text for mark in marks(html) if mark.get("href") == "#event-x"] == ["<b>", "</b>"]
    assert {script.text for script in html.iter("script")} == {None}
    assert not [href for href in html.xpath("//@href") if href.startswith("javascript:")]
    assert not list(html.iter("b", "i"))


def test_page_of_every_demo_article_has_its_text_all_mentions_and_no_dead_anchor(pages: httpx.Client) -> None:
    mentioned = {row["article"]: int(row["n"]) for row in found(pages, MENTIONED)}
    texts = {row["article"]: row["text"] for row in found(pages, ARTICLES)}
    assert len(texts) == 10
    for article, text in texts.items():
        html = page(pages, path_of(article))
        (story,) = html.find_class("story")
        assert story.text_content().split() == text.split()
        assert len(story.find_class("begins")) == mentioned[article]
        ids = Counter(html.xpath("//@id"))
        assert set(ids.values()) == {1}
        assert {unquote(href[1:]) for href in html.xpath("//@href") if href.startswith("#")} <= set(ids)
