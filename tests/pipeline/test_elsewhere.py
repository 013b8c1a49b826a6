"""Articles from the web, and into other servers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.pipeline import Building, Choice, Report, StoreSink, build
from kg.pipeline.watch import Watch
from kg.read import Web
from kg.store import Store, open_store
from tests.oxigraph import served
from tests.pipeline.corpus import written
from tests.read.conftest import site  # noqa: F401
from tests.read.site import Site, feed


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return Web(pace=0, cache=tmp_path / "web")


def figures(report: Report) -> tuple[int, int, int]:
    return report.articles, report.skipped, len(report.failures)


def test_feed_is_asked_for_again_only_when_its_articles_are_stored(site: Site, web: Web, store: Store) -> None:  # noqa: F811
    address = feed(site, "/one", "/two", etag='"first"')
    sink, choice = StoreSink(store), Choice(web=web)
    assert figures(build([address], sink, choice=choice)) == (2, 0, 0)
    assert figures(build([address], sink, choice=choice)) == (0, 0, 0)
    assert [each.status for each in site.asked if each.path == "/feed"] == [200, 304]


def test_what_is_new_in_a_feed_is_read(site: Site, web: Web, store: Store) -> None:  # noqa: F811
    sink, choice = StoreSink(store), Choice(web=web)
    build([feed(site, "/one", etag='"first"')], sink, choice=choice)
    assert figures(build([feed(site, "/two", "/one", etag='"second"')], sink, choice=choice)) == (1, 1, 0)


def test_failed_page_has_its_feed_asked_for_anew(site: Site, web: Web, store: Store) -> None:  # noqa: F811
    address = feed(site, "/gone", etag='"first"')
    choice = Choice(web=replace(web, follow=True))
    for _ in range(2):
        report = build([address], StoreSink(store), choice=choice)
        assert [failure.where for failure in report.failures] == [f"{site.address}/gone"]
    assert [each.status for each in site.asked if each.path == "/feed"] == [200, 200]


def test_address_is_watched_at_its_pace(site: Site, web: Web, store: Store) -> None:  # noqa: F811
    watch = Watch([feed(site, "/one")], every=3600)
    building = Building(StoreSink(store), choice=Choice(web=web))
    assert figures(building.read(watch.due())) == (1, 0, 0)
    assert watch.due() == []


@pytest.fixture
def server() -> Iterator[str]:
    with served() as port:
        yield f"sparql+http://127.0.0.1:{port}/query"


@pytest.mark.parametrize("how", ["", "?graphs=/store"])
def test_build_into_a_server_goes_on_too(how: str, server: str, tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(5))
    with open_store(server + how) as remote:
        assert figures(build([written(tmp_path / "some.jsonl", range(3))], StoreSink(remote))) == (3, 0, 0)
        assert figures(build([news], StoreSink(remote))) == (2, 3, 0)
        build([news], StoreSink(store))
        assert b"".join(remote.dump()) == b"".join(store.dump())
