"""Where the work runs makes no difference to the graphs, and what is too much for a process fails alone."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import GazetteerError, KGError, UsageError
from kg.pipeline import Engine, Failure, Options, Recipe, StoreSink, Worker, build
from kg.pipeline.engines.cluster import Cluster
from kg.pipeline.engines.here import Here
from kg.pipeline.engines.processes import Processes
from kg.store import Store, open_store
from tests.pipeline.corpus import odd_worker, plain_worker, written


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("news") / "news.jsonl", range(40))


@pytest.fixture(scope="module")
def expected(news: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a build in this process makes of them."""
    return built(news, tmp_path_factory.mktemp("expected") / "store", Here(plain_worker()))


def built(news: Path, folder: Path, engine: Engine) -> bytes:
    with open_store(folder) as store:
        report = build([news], StoreSink(store), engine=engine)
        assert (report.articles, report.failures) == (40, [])
        return b"".join(store.dump())


def failures(engine: Engine, store: Store, news: Path) -> list[Failure]:
    with closing(engine):
        return build([news], StoreSink(store), engine=engine).failures


def test_processes_make_the_same_graphs(news: Path, expected: bytes, tmp_path: Path) -> None:
    with closing(Processes(plain_worker, jobs=2, seconds=300)) as engine:
        assert built(news, tmp_path / "store", engine) == expected


def test_cluster_makes_the_same_graphs_though_an_actor_is_killed(
    cluster: Cluster, news: Path, expected: bytes, tmp_path: Path
) -> None:
    import ray

    victim = ray.get(cluster.actors[0].process.remote())
    submitted: list[str] = []

    class Watched:
        """The cluster, one of whose processes dies when the fourth batch is handed out."""

        ahead = cluster.ahead

        def submit(self, stage: str, batch: list[object]) -> object:
            submitted.append(stage)
            if len(submitted) == 4:
                os.kill(victim, signal.SIGKILL)
            return cluster.submit(stage, batch)

    assert built(news, tmp_path / "store", Watched()) == expected  # type: ignore[arg-type]
    assert ray.get(cluster.actors[0].process.remote()) != victim
    assert {"parse", "extract"} <= set(submitted)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A Ray cluster of this machine with three actors."""
    pytest.importorskip("ray", reason="Ray is not installed")
    with closing(Cluster(plain_worker, address="", jobs=3, seconds=300)) as engine:
        yield engine


def test_article_that_kills_its_process_fails_alone(tmp_path: Path, store: Store) -> None:
    news = written(tmp_path / "news.jsonl", range(3))
    with news.open("a") as out:
        out.write('{"id": "bad", "published": "2025-06-04", "text": "KILL, said the governor of Odesa on Monday."}\n')
    (failure,) = failures(Processes(odd_worker, jobs=1, seconds=300), store, news)
    assert failure == Failure("bad", "the process that read it ended with signal SIGKILL", "killed")
    assert set(store.graphs()) == {rdf.ONTOLOGY_GRAPH, *(rdf.graph_iri(f"a{number}") for number in range(3))}


def test_article_that_takes_too_long_fails_alone(tmp_path: Path, store: Store) -> None:
    news = tmp_path / "news.jsonl"
    texts = {"bad": "SLEEP, said the governor of Odesa on Monday.", "worse": "FAIL, said the mayor of Odesa on Monday."}
    news.write_text("".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts.items()))
    assert failures(Processes(odd_worker, jobs=1, seconds=2), store, news) == [
        Failure("bad", "it took longer than 2 seconds", "slow"),
        Failure("worse", "told to", "extractor"),
    ]


def test_killed_processes_are_replaced_and_cost_nothing(news: Path, expected: bytes, tmp_path: Path) -> None:
    with closing(Processes(plain_worker, jobs=2, seconds=300)) as engine:

        def kill() -> None:
            time.sleep(4)
            for child in engine._children:
                os.kill(child._process.pid or 0, signal.SIGKILL)

        killing = threading.Thread(target=kill)
        killing.start()
        assert built(news, tmp_path / "store", engine) == expected
        killing.join()


def fails_to_start() -> Worker:
    os._exit(7)


@pytest.mark.parametrize(
    ("made", "error", "words"),
    [
        (fails_to_start, KGError, "ended with exit code 7 before it could"),
        (Recipe(Options(), gazetteer=Path("nowhere")), GazetteerError, "no gazetteer is here"),
    ],
)
def test_worker_that_can_not_be_made_ends_the_build(
    made: Callable[[], Worker], error: type[KGError], words: str, tmp_path: Path, store: Store
) -> None:
    news = written(tmp_path / "news.jsonl", range(2))
    with closing(Processes(made, jobs=2, seconds=300)) as engine, pytest.raises(error, match=words):
        build([news], StoreSink(store), engine=engine)


def test_cluster_of_which_no_worker_can_be_made_ends_the_build() -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    with pytest.raises(GazetteerError, match="no gazetteer is here"):
        Cluster(Recipe(Options(), gazetteer=Path("nowhere")), address="", jobs=1, seconds=300)


@pytest.mark.parametrize("address", ["127.0.0.1:9", "ray://127.0.0.1:9", "127.0.0.1", "auto"])
def test_address_without_a_cluster_is_told_at_once(address: str) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    with pytest.raises(UsageError, match=f"no Ray cluster answers at {address}: "):
        Cluster(plain_worker, address=address, jobs=1, seconds=300)


def test_no_process_outlives_its_engine() -> None:
    engine = Processes(plain_worker, jobs=2, seconds=300)
    numbers = [child._process.pid for child in engine._children]
    engine.close()
    assert not any(Path(f"/proc/{number}").exists() for number in numbers)
