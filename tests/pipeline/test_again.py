"""A second build over the same articles does what is left to do, and nothing twice."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg import rdf
from kg.link import Judgements, Linker
from kg.pipeline import Building, Choice, Options, Report, StoreSink, Worker, build
from kg.pipeline.engines.here import Here
from kg.relink import relink
from kg.store import Store
from tests.linked import gazetteer
from tests.pipeline.corpus import odd_worker, text, written


def again(news: Path, store: Store, *, choice: Choice | None = None, **options: Any) -> Report:
    return build([news], StoreSink(store), options=Options(**options), choice=choice)


def figures(report: Report) -> tuple[int, int, int]:
    """How many articles were read, were there already, and failed."""
    return report.articles, report.skipped, len(report.failures)


def test_what_has_not_changed_is_passed_over(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(4))
    assert figures(again(news, store)) == (4, 0, 0)
    before = b"".join(store.dump())
    assert figures(again(news, store)) == (0, 4, 0)
    assert b"".join(store.dump()) == before


def test_what_is_new_or_has_changed_is_read(tmp_path: Path, store: Store) -> None:
    again(written(tmp_path / "news.jsonl", range(3)), store)
    news = written(tmp_path / "news.jsonl", range(5))
    news.write_text(news.read_text().replace("2 drones struck", "9 drones struck", 1))
    assert figures(again(news, store)) == (3, 2, 0)
    said = {quad.object.value for quad in store.quads(rdf.graph_iri("a0")) if quad.predicate.value.endswith("#text")}
    assert said == {text(0).replace("2 drones", "9 drones", 1)}


def test_a_change_of_any_field_counts(tmp_path: Path, store: Store) -> None:
    again(written(tmp_path / "news.jsonl", range(2)), store)
    assert figures(again(written(tmp_path / "news.jsonl", range(2), outlet="The Pier"), store)) == (2, 0, 0)
    assert figures(again(written(tmp_path / "news.jsonl", range(2), outlet="The Pier"), store)) == (0, 2, 0)


@pytest.mark.parametrize(
    "options", [{"min_confidence": 0.3}, {"store_text": False}, {"base": "https://quay.example/id/"}]
)
def test_other_options_have_it_read_anew(options: dict[str, Any], tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(2))
    again(news, store)
    assert figures(again(news, store, **options)) == (2, 0, 0)


def test_force_reads_all(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(3))
    again(news, store)
    assert figures(again(news, store, choice=Choice(force=True))) == (3, 0, 0)


def test_since_leaves_out_what_is_older_but_not_what_has_no_date(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "old.jsonl", range(2))
    dated = written(tmp_path / "new.jsonl", [2], published="2025-07-01T10:00+03:00")
    undated = written(tmp_path / "undated.jsonl", [3], published="")
    choice = Choice(since=date(2025, 7, 1))
    report = build([news, dated, undated], StoreSink(store), choice=choice)
    assert (report.articles, report.older) == (2, 2)


def test_what_failed_is_tried_again(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(2))
    with news.open("a") as out:
        out.write('{"id": "bad", "published": "2025-06-04", "text": "FAIL, said the governor of Odesa on Monday."}\n')
    assert figures(build([news], StoreSink(store), engine=Here(odd_worker()))) == (2, 0, 1)
    assert figures(build([news], StoreSink(store), engine=Here(odd_worker()))) == (0, 2, 1)
    assert figures(again(news, store)) == (1, 2, 0)


def test_removed_article_comes_back(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(2))
    again(news, store)
    store.remove(rdf.graph_iri("a1"))
    assert figures(again(news, store)) == (1, 1, 0)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Linker]:
    """A linker with another gazetteer than the shipped one."""
    with closing(gazetteer(tmp_path / "gazetteer")) as known:
        yield Linker(known, Judgements())


def test_another_gazetteer_has_it_read_anew_until_the_links_are_those(
    other: Linker, tmp_path: Path, store: Store
) -> None:
    news = written(tmp_path / "news.jsonl", range(2))
    again(news, store)
    relink(store, other)
    assert figures(build([news], StoreSink(store), engine=Here(Worker(Options(), linker=other)))) == (0, 2, 0)
    assert figures(again(news, store)) == (2, 0, 0)


def test_building_goes_on_with_what_it_knows(tmp_path: Path, store: Store) -> None:
    building = Building(StoreSink(store))
    news = written(tmp_path / "news.jsonl", range(2))
    assert [figures(building.read([news])) for _ in range(2)] == [(2, 0, 0), (0, 2, 0)]
    assert figures(building.read([written(tmp_path / "news.jsonl", range(3))])) == (1, 2, 0)
