"""Whatever happens to a merge or to its index, the next merge makes it right."""

import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.merge import merge
from kg.store import Store, open_store
from tests.merge.world import DAY, DERIVED, Told, Toll, article, derived, put, take

SHELLED = Told("Guns shelled the grain harbour of Aster, killing 31.", actors=("River Front",), tolls=(Toll(31),))
BIRCH = replace(SHELLED, places=("Birch",))
ODD = Quad(NamedNode("https://e.org/a"), NamedNode("https://e.org/p"), Literal("odd"))


def before(store: Store) -> None:
    """Articles of four days that tell of four happenings, all of which the first day reports first."""
    put(store, *(article(f"a{n}", SHELLED, BIRCH, published=DAY + timedelta(n)) for n in range(3)))
    put(store, *(article(f"e{n}", replace(SHELLED, places=("Elm",)), published=DAY + timedelta(n)) for n in range(4)))
    put(store, *(article(f"d{n}", replace(SHELLED, places=("Dorn",)), published=DAY + timedelta(n)) for n in range(2)))


def change(store: Store) -> None:
    """Who told first is gone, or who told last; one has changed, one has come: incidents move, or are told by fewer."""
    take(store, "a0", "d1", "e0")
    put(store, article("a1", BIRCH, published=DAY + timedelta(1)), article("b", SHELLED, published=DAY - timedelta(1)))


def back(store: Store) -> None:
    take(store, "b")
    before(store)


STEPS = 15  # a merge after the change has as many, the last three of which write
LATER: dict[str, Callable[[Store], None]] = {"goes on": lambda _: None, "finds all as it was": back}


KILLS = list(
    zip([*sorted(random.Random(8).sample(range(1, STEPS - 1), 4)), STEPS - 1, STEPS], [*LATER] * 3, strict=True)
)


@pytest.mark.parametrize(("step", "later"), KILLS)
def test_after_a_merge_that_was_killed_the_next_one(step: int, later: str, tmp_path: Path) -> None:
    where = tmp_path / "store"
    with open_store(where) as store:
        before(store)
        merge(store)
        change(store)
    killed = subprocess.run([sys.executable, "-m", "tests.merge.killed", str(where), str(step)])
    assert killed.returncode == -signal.SIGKILL
    with open_store(where) as store:
        LATER[later](store)
        merge(store)
        updated = derived(store)
        merge(store, anew=True)
        assert derived(store) == updated


def spoil(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


def spoil_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 16384) + content[-8192:])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])


def of_another_program(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE version (number INTEGER)")
    db.commit()
    db.close()


def of_another_version(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE version SET made_by = 'older'")
    db.commit()
    db.close()


def lost(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [spoil, spoil_the_middle, cut, of_another_program, of_another_version, lost])
def test_an_index_that_is_not_as_it_was_is_made_anew(harm: Callable[[Path], None], store: Store) -> None:
    before(store)
    merge(store)
    change(store)
    harm(Path(store.where) / "incidents.sqlite")
    assert merge(store).read == 7
    updated = derived(store)
    merge(store, anew=True)
    assert derived(store) == updated


def test_derived_graphs_of_another_version_go(store: Store) -> None:
    before(store)
    merge(store)
    right = derived(store)
    for shard in ("1999-12-31", "2025-06-03", "undated"):
        store.replace(DERIVED + shard, [ODD])
    of_another_version(Path(store.where) / "incidents.sqlite")
    merge(store)
    assert derived(store) == right


def test_no_derived_graph_is_left_empty_or_stale(store: Store) -> None:
    before(store)
    merge(store)
    assert [graph.removeprefix(DERIVED) for graph in derived(store)] == ["2025-06-02"]
    take(store, "a0", "d0", "e0")
    merge(store)
    assert [graph.removeprefix(DERIVED) for graph in derived(store)] == ["2025-06-03"]
    take(store, "a1", "a2", "d1", "e1", "e2", "e3")
    merge(store)
    assert store.graphs() == []


def test_graphs_of_others_are_left_as_they_are(store: Store) -> None:
    names = ["https://e.org/incidents/2025-06-02", "https://e.org/graph/incidents/mine", f"{DERIVED}2025-06-02/notes"]
    for name in names:
        store.replace(name, [ODD])
    before(store)
    merge(store, anew=True)
    assert set(names) <= set(store.graphs())


def test_an_index_that_cannot_be_written_is_told(store: Store) -> None:
    before(store)
    (Path(store.where) / "incidents.sqlite").mkdir()
    with pytest.raises(StoreError, match=r"incidents\.sqlite can't be written"):
        merge(store)


def test_a_merge_that_is_stopped_leaves_an_index_that_goes_on(store: Store) -> None:
    before(store)

    def stop(what: str, _done: int, _total: int) -> None:
        if what == "grouping events":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        merge(store, on_step=stop)
    assert derived(store) == {}
    merge(store)
    updated = derived(store)
    merge(store, anew=True)
    assert derived(store) == updated != {}
