"""The page: every term has its anchor once, every link of the page leads somewhere, and nothing is loaded or run."""

from html.parser import HTMLParser

import pytest

import ontology
from ontology.page import html


class Page(HTMLParser):
    """What the tests ask of the page: ids, links, tags, and the text below each id."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.language: str | None = None
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name == "src" or name.startswith("on"):
                self.sources.append(f"{name}={value}")
            elif name == "lang":
                self.language = value


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html())


def test_every_term_has_its_anchor(page: Page) -> None:
    assert ontology.terms() - set(page.ids) - {""} == set()


def test_no_anchor_stands_twice(page: Page) -> None:
    assert sorted({name for name in page.ids if page.ids.count(name) > 1}) == []


def test_every_link_of_the_page_leads_to_an_anchor(page: Page) -> None:
    assert {link for link in page.links if link.startswith("#") and link[1:] not in page.ids} == set()


def test_other_links_are_full_addresses(page: Page) -> None:
    assert [link for link in page.links if not link.startswith(("#", "http://", "https://"))] == []


def test_nothing_is_loaded_or_run(page: Page) -> None:
    assert {"script", "link", "img", "iframe", "object"} & set(page.tags) == set()
    assert page.sources == []


def test_the_page_can_be_walked_without_eyes(page: Page) -> None:
    assert page.language == "en"
    assert [page.tags.count(tag) for tag in ("main", "h1", "nav", "caption")] == [1, 1, 1, 1]


def test_a_union_is_shown_as_its_members() -> None:
    row = html().split('<tr id="target">')[1].split("</tr>")[0]
    assert [name for name in ("Event", "Incident", "Agent", "Place", "Asset") if f'href="#{name}"' in row] == [
        "Event", "Incident", "Agent", "Place", "Asset",
    ]  # fmt: skip


def test_an_alignment_leads_to_its_vocabulary() -> None:
    row = html().split('<tr id="claimant">')[1].split("</tr>")[0]
    assert 'href="http://www.w3.org/ns/prov#wasAttributedTo"' in row
