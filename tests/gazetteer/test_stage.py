"""Rows staged on disk."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GazetteerError
from kg.gazetteer.row import Row
from kg.gazetteer.stage import BATCH, Stage, decode, encode
from kg.names import Office

texts = st.text(max_size=8)
offices = st.builds(Office, texts, st.none() | texts, st.none() | st.dates(), st.none() | st.dates())


@given(
    st.builds(
        Row, texts, st.tuples(texts), st.tuples(st.tuples(texts, texts)), qid=st.none() | texts,
        lat=st.none() | st.floats(-90, 90),
        offices=st.tuples(offices) | st.just(()), core=st.booleans(), prior=st.none() | st.floats(0, 1),
    )
)  # fmt: skip
def test_a_row_comes_back_as_it_was(row: Row) -> None:
    assert decode(encode(row)) == row


def many(number: int) -> list[tuple[int, Row]]:
    return [(n, Row(f"R{n}", ("Place",), qid=f"Q{n}", source="s", licence="L")) for n in range(1, number + 1)]


def test_a_source_goes_on_behind_its_last_batch(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    assert stage.begin(0, "rows", "1") == (0, False)
    assert next(stage.add(0, many(2 * BATCH))) == BATCH
    stage.close()
    stage = Stage(tmp_path / "s")
    assert stage.begin(0, "rows", "1") == (BATCH, False)
    assert list(stage.add(0, many(2 * BATCH)[BATCH:])) == [2 * BATCH]
    stage.end(0)
    assert stage.begin(0, "rows", "1") == (2 * BATCH, True)
    assert stage.sources() == [{"name": "rows", "revision": "1", "licence": "L", "rows": 2 * BATCH}]
    stage.close()


def test_rows_of_one_position_stay_together(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    stage.begin(0, "rows", "1")
    rows = [(1 + n // (BATCH + 3), row) for n, (_, row) in enumerate(many(2 * BATCH))]
    assert list(stage.add(0, rows)) == [1, 2]
    stage.close()


def test_another_revision_or_source_starts_anew(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    for number, name, revision in ((0, "a", "1"), (1, "b", "1")):
        stage.begin(number, name, revision)
        list(stage.add(number, many(3)))
    assert stage.begin(0, "a", "2") == (0, False)
    assert stage.begin(1, "b", "1") == (3, False)
    stage.keep(1)
    assert [source["name"] for source in stage.sources()] == ["a"]
    assert stage.database.execute("SELECT count(*) FROM content").fetchone() == (0,)
    stage.close()


def test_rows_without_source_or_licence_get_them(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    stage.begin(0, "mine.tsv", "1")
    list(stage.add(0, [(1, Row("R", ("Place",)))]))
    (packed,) = stage.database.execute("SELECT row FROM content").fetchone()
    assert (decode(packed).source, decode(packed).licence) == ("mine.tsv", "unknown")
    stage.close()


def test_two_builds_are_never_in_one_place(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    with pytest.raises(GazetteerError, match="another build works here"):
        Stage(tmp_path / "s")
    stage.close()


@pytest.mark.parametrize("left", [b"no database at all, but something else" * 9, b""])
def test_what_is_no_stage_is_written_over(left: bytes, tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(left)
    stage = Stage(tmp_path / "s")
    assert stage.sources() == []
    stage.close()


def test_what_another_version_staged_is_forgotten(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "s")
    stage.begin(0, "a", "1")
    stage.close()
    database = sqlite3.connect(tmp_path / "s")
    database.execute("PRAGMA user_version = 7")
    database.close()
    stage = Stage(tmp_path / "s")
    assert stage.sources() == []
    stage.close()


def test_dates_before_the_unix_epoch() -> None:
    row = Row("A", ("Person",), offices=(Office("king", None, date(1066, 10, 14)),))
    assert decode(encode(row)) == row
