"""A store with incidents and judgements is valid, and travels as a whole."""

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.merge import judge, merge
from kg.rdf import PREFIXES
from kg.store import open_store
from kg.validate import check
from tests.cli.conftest import Kg
from tests.merge.world import Told, Toll, article, event, put, take

SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))
TALKS = Told(
    "Talks on Kyiv.", "Talks", "Talks", actors=("Russia", "Ukraine"), places=("Kyiv",), mediators=("Red Cross",)
)
VAGUE = Told("Fire was opened near the coast.", "Fire", "ArmedAttack", places=("Upshire",), weapons=("Firearms",))


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with incidents of all that there is: estimates, conflicts, doubts and judgements."""
    where = tmp_path_factory.mktemp("merged") / "store"
    with open_store(where) as store:
        said = Toll(low=40, by="Ministry of Health", affected="Norland")
        put(
            store,
            article("a", SHELLED, TALKS),
            article("b", replace(SHELLED, tolls=(said, Toll(2, by="Jan Reed"))), outlet="The Pier"),
            article("c", VAGUE),
            article("d", replace(VAGUE, start=None), published=None, outlet="The Mole"),
            article("e", replace(SHELLED, factuality="Denied", tolls=()), outlet="The Mole"),
        )
        merge(store)
        judge(store, event("a-0"), event("c-0"), "unsure", who="ana", why="too little is said")
        judge(store, event("c-0"), event("d-0"), "same", who="ana")
        merge(store)
    return where


@pytest.fixture
def where(merged: Path, tmp_path: Path) -> Path:
    """A test's own copy of that store."""
    return Path(shutil.copytree(merged, tmp_path / "store"))


def dump(where: Path) -> bytes:
    with open_store(where, read_only=True) as store:
        return b"".join(store.dump())


def test_the_whole_store_fits_the_shapes(where: Path) -> None:
    with open_store(where, read_only=True) as store:
        quads = [quad for graph in store.graphs() for quad in store.quads(graph)]
    kinds = {str(quad.object) for quad in quads if quad.predicate.value.endswith("#type")}
    assert {f"<{PREFIXES['ckg']}{kind}>" for kind in ("Incident", "Estimate", "Conflict")} <= kinds
    assert {str(quad.graph_name).rpartition("/")[2] for quad in quads} >= {"2025-06-02>", "judgements>"}
    check(quads)


def test_fsck_and_validate_find_nothing_wrong(where: Path, kg: Kg) -> None:
    assert kg("fsck", "--store", where).stdout == "5 articles checked, nothing wrong\n"
    assert kg("validate", "--store", where).stdout == "5 articles checked, none invalid\n"


def test_fsck_mends_the_default_graph_of_incidents_too(where: Path, kg: Kg) -> None:
    database = ox.Store(str(where / "oxigraph"))
    kind = ox.NamedNode("https://w3id.org/conflictkg/ns#incident")
    database.remove(next(iter(database.quads_for_pattern(None, kind, None, ox.DefaultGraph()))))
    database.flush()
    del database
    assert "1 statement in a graph and not in the default graph" in kg("fsck", "--store", where).stdout
    assert kg("fsck", "--store", where, "--repair").exit_code == 0
    assert kg("fsck", "--store", where).exit_code == 0


def test_an_export_that_is_loaded_needs_no_merge_and_is_not_doubled_by_one(where: Path, kg: Kg, tmp_path: Path) -> None:
    file, other = tmp_path / "all.nq", tmp_path / "other"
    kg("export", "--store", where, "--output", file)
    kg("load", file, "--store", other)
    assert dump(other) == dump(where)
    result = kg("merge", "run", "--store", other)
    assert result.stdout.startswith(
        "5 articles new or changed, 0 gone: 6 events in 3 incidents, 2 of them told by several"
    )
    assert dump(other) == dump(where)
    kg("load", file, "--store", other)
    assert kg("merge", "run", "--store", other).stdout.startswith("0 articles new or changed, 0 gone: ")
    assert dump(other) == dump(where)


def test_an_export_that_is_loaded_beside_other_articles_is_brought_together_with_them(
    where: Path, kg: Kg, tmp_path: Path
) -> None:
    with open_store(tmp_path / "other") as store:
        put(store, article("f", SHELLED, outlet="The Pier"), article("a", SHELLED, TALKS))
        merge(store)
    kg("export", "--store", where, "--output", tmp_path / "all.nq")
    kg("load", tmp_path / "all.nq", "--store", tmp_path / "other")
    kg("merge", "run", "--store", tmp_path / "other")
    updated = dump(tmp_path / "other")
    kg("merge", "run", "--anew", "--store", tmp_path / "other")
    assert dump(tmp_path / "other") == updated


@pytest.mark.parametrize("form", ["trig", "jsonld", "ttl", "nt", "rdf", "gexf", "graphml", "cyjs", "geojson", "csv"])
def test_every_export_takes_incidents(merged: Path, kg: Kg, form: str) -> None:
    result = kg("export", "--store", merged, "--format", form)
    assert (result.exit_code, bool(result.stdout_bytes)) == (0, True)


def test_a_backup_leaves_the_index_out_and_a_restored_store_makes_it_anew(where: Path, kg: Kg, tmp_path: Path) -> None:
    assert (where / "incidents.sqlite").exists()
    kg("backup", tmp_path / "backup", "--store", where)
    assert not list((tmp_path / "backup").glob("incidents.sqlite*"))
    kg("restore", tmp_path / "backup", "--store", tmp_path / "again")
    assert dump(tmp_path / "again") == dump(where)
    assert kg("fsck", "--store", tmp_path / "again").exit_code == 0
    assert kg("merge", "run", "--store", tmp_path / "again").exit_code == 0
    assert dump(tmp_path / "again") == dump(where)


def test_a_store_that_is_put_back_is_merged_as_it_is_now(where: Path, kg: Kg, tmp_path: Path) -> None:
    before = dump(where)
    kg("backup", tmp_path / "backup", "--store", where)
    with open_store(where) as store:
        take(store, "a")
        merge(store)
    kg("restore", tmp_path / "backup", "--store", where, "--force")
    assert kg("merge", "run", "--store", where).exit_code == 0
    assert dump(where) == before
