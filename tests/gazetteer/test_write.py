"""The index files of a gazetteer."""

from pathlib import Path

import pytest

from kg.gazetteer import write
from kg.gazetteer.row import Row
from tests.gazetteer.made import contents, made, place


def test_short_names_and_words_are_found_in_their_exact_case_only(tmp_path: Path) -> None:
    body = Row("World Body", ("Organization",), (("WB", "alias"),), core=True)
    known = made(tmp_path / "g", body, place("Reading", core=True), place("Bakhmut", core=True))
    assert [name.label for name in known.lookup("WB")] == ["World Body"]
    assert known.lookup("wb") == known.lookup("reading") == ()
    assert known.lookup("Reading")[0].common
    assert known.lookup("BAKHMUT") == known.lookup("bakhmut") != ()


def test_names_that_sound_alike_are_similar(tmp_path: Path) -> None:
    person = Row("Volodymyr Zelenskyy", ("Person",), fame=100)
    known = made(tmp_path / "g", person, place("Deir ez-Zor"), place("Odesa"))
    assert [(name.label, name.how) for name, _ in known.similar("Wolodymyr Selenskyj")] == []
    assert [name.label for name, _ in known.similar("Volodimyr Zelenskiy")] == ["Volodymyr Zelenskyy"]
    assert [name.label for name, _ in known.similar("Deir az Zor")] == ["Deir ez-Zor"]
    assert known.similar("Ankara") == ()


def test_a_famous_persons_surname_is_found_for_the_linker(tmp_path: Path) -> None:
    people = [Row("Ann Fordham", ("Person",), fame=write.FAMOUS), Row("Bo Millham", ("Person",), fame=1)]
    known = made(tmp_path / "g", *people)
    assert [name.label for name in known.lookup("Fordham")] == ["Ann Fordham"]
    assert known.lookup("Fordham", core=True) == known.lookup("Millham") == ()


def test_only_core_names_are_searched_for(tmp_path: Path) -> None:
    town = place("Fordham", names=(("Vadum", "alias"),), others=(("Brodno", "alias"),), core=True)
    known = made(tmp_path / "g", town, place("Pondham"))
    assert known.starts_name("fordham")
    assert known.starts_name("vadum")
    assert not known.starts_name("brodno")
    assert not known.starts_name("pondham")
    assert known.lookup("Brodno", core=True) == known.lookup("Pondham", core=True) == ()
    assert known.lookup("Brodno") != ()


def test_many_tries_answer_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        place(f"Town{chr(97 + n % 26)}{n}", names=((f"Город {n % 7}", "alias"),), qid=f"Q{n + 1}") for n in range(60)
    ]
    one = made(tmp_path / "one", *rows)
    monkeypatch.setattr(write, "SHARD", 5)
    many = made(tmp_path / "many", *rows)
    assert len(one.about["shards"]) == 1
    assert len(many.about["shards"]) > 9
    assert len(list((tmp_path / "many").glob("names-*.marisa"))) == len(many.about["shards"])
    for name in [form for row in rows for form in (row.label, row.names[0][0])] + ["A", "Zz", "\u0001", ""]:
        assert many.lookup(name) == one.lookup(name)
        assert many.similar(name) == one.similar(name)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [place(f"Town {n}", qid=f"Q{n + 1}", within="Q1") for n in range(50)]
    made(tmp_path / "one", *rows)
    made(tmp_path / "two", *rows)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
