import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import READERS, Defaults, articles, skipped

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."


def only(path: Path) -> Article | ReadError:
    (found,) = articles(path)
    return found


def test_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/10.txt", ".hidden/x.txt", "b/.y.txt", "c.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TEXT} {name} it was.")
    found = [article.text for article in articles(tmp_path) if isinstance(article, Article)]
    assert [text.split()[-3] for text in found] == ["a.txt", "b/10.txt", "b/2.txt"]
    assert skipped(tmp_path) == [tmp_path / "c.png"]


def test_bad_file_stops_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0\1\2\3" * 99)
    (tmp_path / "b.txt").write_text(TEXT)
    error, article = articles(tmp_path)
    assert isinstance(error, ReadError)
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "the file is empty"),
        ("a.html", b"", "the file is empty"),
        ("a.jsonl", b"", "the file is empty"),
        ("a.txt", b"%PDF-1.7\n%abc", "this is a PDF"),
        ("a.txt", b"PK\x03\x04rest", "a ZIP or Office file"),
        ("a.txt", bytes(range(256)) * 9, "binary, not text"),
        ("a.txt", b"\xff\xfeT\0w\0o", "broken"),
        ("a.txt", "“Rockets” hit the mayor’s house".encode() + b"\n\xe9t\xe9", "line 2 is not"),
        ("a.txt", b"12 34 -- 56", "no text of an article"),
        ("a.jsonl", TEXT.encode("utf-16"), "UTF-16"),
    ],
)
def test_bad_file_is_named_with_its_problem(tmp_path: Path, name: str, raw: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    error = only(path)
    assert isinstance(error, ReadError)
    assert str(path) in str(error)
    assert problem in str(error)
    assert error.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    text = "“Rockets” hit Odesa’s café, the mayor said."
    path.write_bytes((text if encoding not in ("utf-16-le", "utf-16-be") else TEXT).encode(encoding))
    article = only(path)
    assert isinstance(article, Article)
    assert article.text in (text, TEXT)


def test_cyrillic_in_an_old_encoding_is_told_from_binary(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Во вторник две ракеты попали в склад в порту Одессы, сообщил мэр города.".encode("cp1251"))
    error = only(path)
    assert isinstance(error, ReadError)
    assert "another language" in str(error)


@pytest.mark.parametrize(("name", "raw"), [("a.txt", b"x "), ("a.html", b"<p>x "), ("a.jsonl", b'{"text": "x')])
def test_five_megabytes_are_refused_with_limit_and_remedy(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw + b"word " * 1_048_576 + (b'"}' if name == "a.jsonl" else b""))
    error = only(path)
    assert isinstance(error, ReadError)
    assert "longer than 1,000,000 characters" in str(error)
    assert "--max-size" in str(error)


def test_limit_can_be_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXT} " * 20_000)
    (found,) = articles(path, max_size=2_000_000)
    assert isinstance(found, Article)


def test_missing_file_and_empty_folder_are_named(tmp_path: Path) -> None:
    assert "no such file" in str(only(tmp_path / "none.txt"))
    assert "no articles in this folder" in str(only(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch(mode=0)
    assert "can't be read" in str(only(path))


@pytest.mark.parametrize(
    ("raw", "outlet"),
    [
        (b'\xef\xbb\xbf\n{"text": "Two rockets hit.", "outlet": "json"}', "json"),
        (b"<html><head><meta property='og:site_name' content='html'></head><body><p>Two rockets hit.</p>", "html"),
        (b"Source: text\n\nTwo rockets hit.", "text"),
    ],
)
def test_standard_input_is_read_by_its_look(monkeypatch: pytest.MonkeyPatch, raw: bytes, outlet: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    (article,) = articles("-")
    assert isinstance(article, Article)
    assert (article.outlet.lower(), article.text) == (outlet, "Two rockets hit.")


def test_title_for_a_folder_of_several_is_refused(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    with pytest.raises(UsageError, match="--title"):
        articles(tmp_path, defaults=Defaults(title="T"))


MARKS = [
    b"<p>",
    b"<",
    b"&#0;",
    b"<!--",
    b"{",
    b'"text":',
    b"\n",
    b"\xff\xfe",
    b"\0",
    b"Two rockets",
    b"</html>",
    b"<html>",
]
MARKS += [b"Date: 3 June 2025\n", b"---\n", b"\xc3", b"<![CDATA[", b"<svg>", b"<body", b"<?xml version='1.0'"]
BYTES = st.one_of(st.binary(), st.text().map(str.encode), st.lists(st.sampled_from(MARKS)).map(b"".join))


@pytest.mark.parametrize("suffix", [*READERS, ".unknown"])
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=BYTES)
def test_any_bytes_give_articles_or_errors(tmp_path: Path, suffix: str, raw: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    for found in articles(path):
        assert isinstance(found, Article | ReadError)
        assert isinstance(found, ReadError) or found.text.encode("utf-8")
