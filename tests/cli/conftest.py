"""The real command line on a real store: `kg` runs a command, `where` is a store of two small articles."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import rdf
from kg.cli import main
from kg.store import open_store
from tests.samples import TWO

Kg = Callable[..., Result]


@pytest.fixture
def kg() -> Kg:
    """Runs `kg` with these arguments; an exception that isn't an exit fails the test."""

    def run(*args: str | Path, input: str | bytes | None = None) -> Result:
        runner = CliRunner(env={"KG_TRACE": "1"})
        result = runner.invoke(main, [str(arg) for arg in args], input=input, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two articles that no process has open, to be copied."""
    folder = tmp_path_factory.mktemp("closed") / "store"
    with open_store(folder) as store:
        store.replace(rdf.ONTOLOGY_GRAPH, rdf.ontology_quads())
        for extraction in TWO:
            store.replace(rdf.graph_iri(extraction.article.id), rdf.quads(extraction))
    return folder


@pytest.fixture
def where(closed: Path, tmp_path: Path) -> Path:
    """A test's own copy of that store."""
    return Path(shutil.copytree(closed, tmp_path / "store"))
