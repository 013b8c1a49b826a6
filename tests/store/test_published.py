"""Published copies: their numbers, who holds one, what goes when, and what a kill in between leaves."""

import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.store.published import Published

GRAPH = NamedNode("https://example.org/graph")


def quad(number: int) -> Quad:
    return Quad(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), Literal(number), GRAPH)


def numbers(place: Path) -> list[int]:
    """The numbers of what a copy holds."""
    copy = ox.Store.read_only(str(place / "oxigraph"))
    return sorted(int(q.object.value) for q in copy.quads_for_pattern(None, None, None, GRAPH))


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "published").iterdir() if path.is_dir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "store"
    place.mkdir()
    (place / "FORMAT").write_text("conflictkg store 2\n")
    return place


@pytest.fixture
def live(folder: Path) -> ox.Store:
    return ox.Store(str(folder / "oxigraph"))


@pytest.fixture
def published(folder: Path) -> Published:
    return Published(folder)


def written(published: Published, live: ox.Store, number: int) -> int:
    """The number of the copy that is published after a write."""
    published.expect()
    live.add(quad(number))
    return published.add(live)


def test_there_is_none_at_first(published: Published) -> None:
    assert published.number == 0
    assert published.stale
    with (
        pytest.raises(StoreError, match="has no published copy to read; open it for writing once"),
        published.reading(),
    ):
        pass


def test_copies_are_numbered(published: Published, live: ox.Store) -> None:
    assert [written(published, live, n) for n in range(3)] == [1, 2, 3]
    assert published.number == 3
    with published.reading() as place:
        assert place.name == "3"
        assert numbers(place) == [0, 1, 2]


def test_a_write_makes_it_stale_until_it_is_published(published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    assert not published.stale
    published.expect()
    assert published.stale
    assert published.add(live) == 2
    assert not published.stale


def test_what_is_read_stays_and_what_is_not_goes(folder: Path, published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    with published.reading() as place:
        written(published, live, 2)
        written(published, live, 3)
        assert copies(folder) == ["1", "3"]
        assert numbers(place) == [1]
    written(published, live, 4)
    assert copies(folder) == ["4"]


def test_two_read_one_copy(folder: Path, published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    with published.reading() as one:
        with Published(folder).reading() as two:
            assert one == two
        written(published, live, 2)
        assert numbers(one) == [1], "the other has let go of it, and this one has not"


def test_a_copy_is_read_by_its_number(published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    with published.reading():
        written(published, live, 2)
        with published.reading(1) as place:
            assert numbers(place) == [1]
    written(published, live, 3)
    with pytest.raises(StoreError, match="has no published copy"), published.reading(1):
        pass


def test_an_error_of_a_reader_is_its_own(published: Published, live: ox.Store) -> None:
    """Above all one that looks like a missing copy."""
    written(published, live, 1)
    with pytest.raises(FileNotFoundError, match="of the reader's own"), published.reading():
        raise FileNotFoundError("of the reader's own")
    with pytest.raises(StoreError, match="of the reader's own"), published.reading():
        raise StoreError("of the reader's own")


def test_who_reads_while_copies_come_and_go_always_finds_one(
    folder: Path, published: Published, live: ox.Store
) -> None:
    written(published, live, 0)
    ended = threading.Event()
    seen: list[int] = []
    failures: list[str] = []

    def keep_reading() -> None:
        reader = Published(folder)
        while not ended.is_set():
            try:
                with reader.reading() as place:
                    seen.append(len(numbers(place)))
            except (StoreError, OSError) as error:
                failures.append(str(error))

    threads = [threading.Thread(target=keep_reading) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 40):
        written(published, live, number)
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(seen) > 10
    assert set(seen) <= set(range(1, 41))


def test_a_copy_stays_as_it_is(published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    with published.reading() as place:
        live.bulk_extend([quad(n) for n in range(2, 2000)])
        live.flush()
        live.optimize()
        assert numbers(place) == [1]


def test_a_kill_before_the_copy_is_named_leaves_the_one_before(
    folder: Path, published: Published, live: ox.Store
) -> None:
    """The copy is made, and `current` does not tell of it."""
    written(published, live, 1)
    published.expect()
    live.add(quad(2))
    place = folder / "published" / "2"
    place.mkdir()
    live.backup(str(place / "oxigraph"))
    again = Published(folder)
    assert (again.number, again.stale) == (1, True)
    with again.reading() as found:
        assert numbers(found) == [1]
    live.add(quad(3))
    assert again.add(live) == 2
    with again.reading() as found:
        assert numbers(found) == [1, 2, 3], "it is made anew"


def test_a_kill_before_the_mark_is_renamed_leaves_the_one_before(
    folder: Path, published: Published, live: ox.Store
) -> None:
    written(published, live, 1)
    (folder / "published" / "current.new").write_text("2\n")
    (folder / "published" / "2").mkdir()
    assert published.number == 1
    assert written(published, live, 2) == 2
    assert copies(folder) == ["2"]


def test_a_kill_before_the_write_only_publishes_once_more(published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    published.expect()
    assert published.add(live) == 2
    with published.reading() as place:
        assert numbers(place) == [1]


def test_a_broken_mark_is_none(folder: Path, published: Published, live: ox.Store) -> None:
    written(published, live, 1)
    (folder / "published" / "current").write_text("")
    assert (published.number, published.stale) == (0, True)
    assert published.add(live) == 1
    with published.reading() as place:
        assert numbers(place) == [1]
