from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.errors import KGError, ReadError
from kg.model import Article
from kg.read import Web, articles, settle
from tests.read.site import Page, Site, feed

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."
HTML = f"<html><body><p>{TEXT}</p></body></html>".encode()
EAGER = Web(pace=0)


def read(address: str, web: Web) -> list[Article | ReadError]:
    return list(articles(address, web=web))


def test_followed_page_is_read_with_what_its_entry_knows(site: Site) -> None:
    address = feed(site, "/1")
    site.pages["/1"] = Page(HTML.replace(b"<body>", b"<head><title>Another</title></head><body>"))
    (article,) = read(address, replace(EAGER, follow=True))
    assert article == Article(
        id=f"{site.address}/1#id", title="On /1", text=TEXT, published=datetime(2025, 6, 3, 8, 15, tzinfo=UTC),
        outlet="The Quay", url=f"{site.address}/1",
    )  # fmt: skip


def test_page_that_can_not_be_followed_is_told_and_its_entry_stands(site: Site) -> None:
    error, article, *others = read(feed(site, "/gone", "/1"), replace(EAGER, follow=True))
    assert "/gone: answers 404" in str(error)
    assert article.text == "Rockets hit on /gone."  # type: ignore[union-attr]
    assert len(others) == 2


def test_entry_of_a_feed_in_a_file_is_followed(site: Site, tmp_path: Path) -> None:
    feed(site, "/1")
    (tmp_path / "feed.rss").write_bytes(site.pages["/feed"].body)
    error, article = articles(tmp_path / "feed.rss", web=replace(EAGER, follow=True))
    assert "a site leads to a private address" in str(error)
    assert isinstance(article, Article)


def test_what_is_settled_is_not_sent_again_until_it_changes(site: Site, tmp_path: Path) -> None:
    web = replace(EAGER, cache=tmp_path, follow=True)
    address = feed(site, "/1", etag='"a"')
    site.pages["/1"] = Page(HTML, etag='"1"')
    assert len(read(address, web)) == 1
    assert len(read(address, web)) == 1, "it was not settled"
    settle([address], web=web)
    assert read(address, web) == []
    assert [each.status for each in site.asked[1:]] == [200, 200, 200, 200, 304]
    feed(site, "/1", "/2", etag='"b"')
    site.pages["/2"] = Page(HTML)
    (new,) = read(address, web)
    assert new.title == "On /2"  # type: ignore[union-attr]


def test_feed_whose_page_is_missing_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    web = replace(EAGER, cache=tmp_path, follow=True)
    address = feed(site, "/1", "/2", etag='"a"')
    site.pages["/1"] = Page(HTML, etag='"1"')
    read(address, web)
    settle([address], web=web)
    site.pages["/2"] = Page(HTML)
    (article,) = read(address, web)
    assert article.title == "On /2"  # type: ignore[union-attr]


def test_page_is_asked_for_with_the_time_it_changed(site: Site, tmp_path: Path) -> None:
    web = replace(EAGER, cache=tmp_path)
    changed = "Tue, 03 Jun 2025 08:15:00 GMT"
    site.pages["/1"] = Page(HTML, headers={"Last-Modified": changed})
    read(f"{site.address}/1", web)
    settle([f"{site.address}/1"], web=web)
    read(f"{site.address}/1", web)
    assert site.asked[-1].headers["if-modified-since"] == changed


def test_what_was_not_read_to_its_end_is_not_settled(site: Site, tmp_path: Path) -> None:
    web = replace(EAGER, cache=tmp_path)
    address = feed(site, "/1", "/2", etag='"a"')
    found = articles(address, web=web)
    next(found)
    del found
    settle([address], web=web)
    assert len(read(address, web)) == 2


def test_folder_that_can_hold_nothing_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KGError, match="name another folder"):
        read(feed(site, "/1"), replace(EAGER, cache=tmp_path / "file"))
