import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from kg import rdf
from kg.errors import ExtractError, UsageError
from kg.extract import Extractor, extract_all
from kg.model import Article, Extraction
from kg.pipeline import Choice, Options, Report, StoreSink, Worker, build
from kg.pipeline.engines.here import Here
from kg.read import Defaults, Source
from kg.store import Store, open_store
from tests.samples import TWO

STORY = "Two rockets struck Odesa on Tuesday, Mayor Hennadii Trukhanov said. At least three workers were killed."
NUMBER = 200
OTHER = "Russia and Ukraine held talks in Istanbul on Monday. Turkey hosted the meeting."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        yield opened


def read(
    sources: Iterable[Source],
    store: Store,
    *,
    extractor: Extractor = extract_all,
    on_article: Callable[[str], None] | None = None,
    choice: Choice | None = None,
    **options: Any,
) -> Report:
    """The report on a build in this process."""
    chosen = Options(**options)
    engine = Here(Worker(chosen, extractor=extractor))
    return build(sources, StoreSink(store), options=chosen, choice=choice, engine=engine, on_article=on_article)


def write(tmp_path: Path, *records: dict[str, str]) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"published": "2025-06-03"} | record) for record in records))
    return path


def articles(store: Store) -> list[str]:
    return [graph for graph in store.graphs() if graph != rdf.ONTOLOGY_GRAPH]


def test_each_article_gets_its_graph(tmp_path: Path, store: Store) -> None:
    report = read([write(tmp_path, {"id": "a", "text": STORY}, {"id": "b", "text": OTHER})], store)
    assert articles(store) == sorted(map(rdf.graph_iri, "ab"))
    assert (report.articles, report.failures, report.warnings) == (2, [], [])
    assert report.quads == sum(len(store.quads(graph)) for graph in articles(store))
    assert report.types["Talks"] >= 1
    assert report.events == report.types.total()
    assert 0 < report.counts < report.claims


def test_ontology_is_stored_once_and_codes_reach_their_broader_ones(tmp_path: Path, store: Store) -> None:
    read([write(tmp_path, {"id": "a", "text": OTHER})], store)
    query = """PREFIX ckg: <https://w3id.org/conflictkg/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        ASK { ?event a ckg:Event ; ckg:eventType/skos:broader* ckg:Diplomacy }"""
    assert store.query(query).boolean
    assert rdf.ONTOLOGY_GRAPH in store.graphs()


def test_reading_again_replaces(tmp_path: Path, store: Store) -> None:
    read([write(tmp_path, {"id": "a", "text": STORY})], store)
    read([write(tmp_path, {"id": "a", "text": OTHER})], store)
    assert articles(store) == [rdf.graph_iri("a")]
    titles = {quad.object.value for quad in store.quads(rdf.graph_iri("a")) if quad.predicate.value.endswith("ns#text")}
    assert titles == {OTHER}


def test_same_id_twice_in_one_run_is_warned_of(tmp_path: Path, store: Store) -> None:
    report = read([write(tmp_path, {"id": "a", "text": STORY}, {"id": "a", "text": OTHER})], store)
    assert report.warnings == ["a: this id came before; the later article replaced the earlier"]


def test_missing_date_is_warned_of(tmp_path: Path, store: Store) -> None:
    (warning,) = read([write(tmp_path, {"id": "a", "text": STORY, "published": ""})], store).warnings
    assert warning.startswith("a: no publication date")


def test_bad_source_is_in_the_report_and_stops_nothing(tmp_path: Path, store: Store) -> None:
    report = read([tmp_path / "none.txt", write(tmp_path, {"id": "a"}, {"id": "b", "text": STORY})], store)
    assert [(Path(failure.where.split(",")[0]).name, failure.why.split(" (")[0]) for failure in report.failures] == [
        ("none.txt", "no such file"),
        ("news.jsonl", "field 'text' is missing"),
    ]
    assert report.articles == 1


def test_extractor_that_raises_fails_only_the_article_it_cannot_read(
    tmp_path: Path, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def takes_two_at_once(articles: Iterable[Article]) -> Iterator[Extraction | ExtractError]:
        """The built-in extractor, but for a text that it can't bear, whichever it is of the two."""
        articles = iter(articles)
        while pair := list(islice(articles, 2)):
            if any("Istanbul" in article.text for article in pair):
                raise OSError("no such parse")
            yield from extract_all(pair)

    path = write(tmp_path, *({"id": name, "text": OTHER if name == "d" else STORY} for name in "abcde"))
    report = read([path], store, extractor=takes_two_at_once)
    assert [(failure.where, failure.why) for failure in report.failures] == [
        ("d", "the extractor failed (OSError: no such parse); please report the article")
    ]
    assert articles(store) == sorted(map(rdf.graph_iri, "abce"))
    assert [record.getMessage() for record in caplog.records] == ["d: the extractor failed"]


def test_extractor_that_never_works_ends_the_run(tmp_path: Path, store: Store) -> None:
    def broken(_: Iterable[Article]) -> Iterator[Extraction | ExtractError]:
        raise OSError("no model")

    with pytest.raises(OSError, match="no model"):
        read([write(tmp_path, {"id": "a", "text": STORY})], store, extractor=broken)


def test_low_confidence_is_left_out(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path, {"id": "a", "text": STORY})
    everything = read([path], store)
    nothing = read([path], store, min_confidence=1.0)
    assert everything.events > nothing.events == nothing.claims == 0
    assert nothing.articles == 1


def test_what_is_kept_is_sure_enough_and_has_its_claims(tmp_path: Path, store: Store) -> None:
    def by_hand(articles: Iterable[Article]) -> Iterator[Extraction | ExtractError]:
        """Drones over Odesa: three events, of which the interception is surer (0.85) than any claim of it (0.8)."""
        yield from (TWO[0] for _ in articles)

    def kept(name: str) -> set[str]:
        query = f"SELECT ?x {{ ?x a <https://w3id.org/conflictkg/ns#{name}> }}"
        return {str(getattr(row["x"], "value", "")).rpartition("/")[2] for row in store.query(query).rows()}

    path = write(tmp_path, {"id": "a", "text": STORY})
    read([path], store, extractor=by_hand, link_copies=False)  # as the extraction is of another article than the text
    assert kept("Event") == {"attack", "shot", "talks"}
    report = read([path], store, extractor=by_hand, min_confidence=0.85, link_copies=False)
    assert kept("Event") == {"attack", "talks"}
    assert kept("Claim") == {"c-attack", "c-talks"}
    assert (report.events, report.claims) == (2, 2)


def test_base_decides_where_instances_are(tmp_path: Path, store: Store) -> None:
    read([write(tmp_path, {"id": "a", "text": STORY})], store, base="https://quay.example/id/")
    (graph,) = articles(store)
    assert graph.startswith("https://quay.example/graph/")
    assert any(quad.subject.value.startswith("https://quay.example/id/event/") for quad in store.quads(graph))


def test_wrong_base_stores_nothing(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UsageError, match="can't be a base"):
        read([write(tmp_path, {"text": STORY})], store, base="nowhere")
    assert store.graphs() == []


def test_id_for_several_sources_is_refused(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UsageError, match="--id belongs to one article"):
        read([tmp_path, tmp_path], store, defaults=Defaults(id="a"))


def test_progress_hears_of_each_article_in_order(tmp_path: Path, store: Store) -> None:
    heard: list[str] = []
    path = write(tmp_path, {"title": "One", "text": STORY}, {"title": "Two", "text": OTHER}, {"title": "No"})
    read([path], store, on_article=heard.append)
    assert sorted(heard) == sorted(["One", "Two", f"{path}, line 3"])


def test_articles_are_read_as_they_come(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"text": STORY, "published": "2025-06-03"}).encode() + b"\n"
    stored_by_then: list[int] = []

    class Source(io.RawIOBase):
        """Two hundred articles, one a read; notes how many are stored when the last is asked for."""

        asked = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.asked += 1
            if self.asked == NUMBER:
                stored_by_then.append(len(articles(store)))
            if self.asked > NUMBER:
                return 0
            unique = line.replace(b"Two rockets", b"%d rockets" % self.asked)
            buffer[: len(unique)] = unique
            return len(unique)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Source())))
    assert read(["-"], store).articles == NUMBER
    assert 0 < stored_by_then[0] < NUMBER
