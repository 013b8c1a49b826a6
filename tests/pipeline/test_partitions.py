"""Sorted N-Quads in partitions, for stores that load in bulk."""

import gzip
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import rdf
from kg.errors import StoreError
from kg.pipeline import Choice, StoreSink, build
from kg.pipeline.partitions import Partitions
from kg.store import Store
from tests.pipeline.corpus import written


def made(news: Path, folder: Path, *, count: int = 3, choice: Choice | None = None) -> tuple[int, int]:
    """How many articles a build into a folder read, and how many were there."""
    with closing(Partitions(folder, count=count)) as parts:
        report = build([news], parts, choice=choice)
        parts.finish()
    return report.articles, report.skipped


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*"))}


def lines(folder: Path) -> list[bytes]:
    return [line for part in files(folder).values() for line in gzip.decompress(part).splitlines()]


def graph(line: bytes) -> bytes:
    return line.split()[-2]


def test_they_hold_what_a_store_holds(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(6))
    assert made(news, tmp_path / "out") == (6, 0)
    build([news], StoreSink(store))
    assert sorted(lines(tmp_path / "out")) == sorted(b"".join(store.dump()).splitlines())


def test_graphs_are_whole_and_in_order(tmp_path: Path) -> None:
    made(written(tmp_path / "news.jsonl", range(9)), tmp_path / "out")
    parts = [gzip.decompress(part).splitlines() for part in files(tmp_path / "out").values()]
    assert len(parts) == 3
    graphs = [[graph(line) for line in part] for part in parts]
    assert all(names == sorted(names) for names in graphs)
    assert sum(len(set(names)) for names in graphs) == 10
    assert all(part for part in parts)


def test_files_are_read_by_oxigraph(tmp_path: Path) -> None:
    made(written(tmp_path / "news.jsonl", range(4)), tmp_path / "out", count=16)
    loaded = ox.Store()
    for part in files(tmp_path / "out").values():
        loaded.load(gzip.decompress(part), ox.RdfFormat.N_QUADS)
    assert len(list(loaded.named_graphs())) == 5


def test_same_articles_give_the_same_bytes_in_whatever_order(tmp_path: Path) -> None:
    made(written(tmp_path / "news.jsonl", range(6)), tmp_path / "one")
    made(written(tmp_path / "news.jsonl", reversed(range(6))), tmp_path / "other")
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_build_goes_on_behind_a_torn_block(tmp_path: Path) -> None:
    news = written(tmp_path / "news.jsonl", range(6))
    made(news, tmp_path / "whole")
    made(written(tmp_path / "some.jsonl", range(3)), tmp_path / "out")
    for path in (tmp_path / "out" / "blocks").iterdir():
        with path.open("ab") as out:
            out.write(b'{"graph": "urn:torn", "size": 1000}\nno such block')
    assert made(news, tmp_path / "out") == (3, 3)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_what_was_made_last_counts(tmp_path: Path) -> None:
    made(written(tmp_path / "news.jsonl", range(3), outlet="The Pier"), tmp_path / "out")
    assert made(written(tmp_path / "news.jsonl", range(3)), tmp_path / "out") == (3, 0)
    made(written(tmp_path / "news.jsonl", range(3)), tmp_path / "new")
    assert files(tmp_path / "out") == files(tmp_path / "new")


def test_ontology_is_among_them(tmp_path: Path) -> None:
    made(written(tmp_path / "news.jsonl", range(1)), tmp_path / "out")
    assert f"<{rdf.ONTOLOGY_GRAPH}>".encode() in {graph(line) for line in lines(tmp_path / "out")}


def test_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other files"):
        Partitions(tmp_path, count=3)
