"""What the page of an article tells of others that print the same text."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from lxml.html import HtmlElement, fromstring

from kg.model import Entity, Extraction
from kg.rdf import article_key, graph_iri, quads
from kg.store import open_store
from tests.samples import DRONES, RUN, TWO
from tests.server.serving import serving


def copy(name: str) -> Extraction:
    """The drones article in another outlet."""
    outlet = Entity(name, ("NewsOutlet",), f"The {name}")
    return Extraction(replace(DRONES, id=name, title=f"Drones, says the {name}"), RUN, name, (outlet,))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with an article that tells its events, and two near-copies of it."""
    folder = tmp_path_factory.mktemp("copies") / "store"
    with open_store(folder) as store:
        store.replace(graph_iri(DRONES.id), quads(TWO[0]))
        for name in ("Pier", "Mole"):
            store.replace(graph_iri(name), quads(copy(name), original=DRONES.id))
    with serving(folder, token="") as served, served.client() as client:
        yield client


def told(client: httpx.Client, id: str) -> list[str]:
    """What the article's page says of others."""
    answer = client.get(f"/id/article/{article_key(id)}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    page: HtmlElement = fromstring(answer.text)
    found = page.find_class("copies")
    links = [a.get("href") for each in found for a in each.iter("a")]
    assert all(client.get(link, headers={"Accept": "text/html"}).status_code == 200 for link in links)
    return [" ".join(span.text_content().split()) for each in found for span in each.findall("span")]


def test_near_copy_leads_to_the_article_that_tells_its_events_and_to_the_others(client: httpx.Client) -> None:
    assert told(client, "Pier") == [
        f"The same text as {DRONES.title} (The Harbour Post), where its events are told.",
        "Also printed as Drones, says the Mole (The Mole)",
    ]


def test_article_names_its_near_copies(client: httpx.Client) -> None:
    assert told(client, DRONES.id) == [
        "Also printed as Drones, says the Mole (The Mole)", "Drones, says the Pier (The Pier)",
    ]  # fmt: skip
