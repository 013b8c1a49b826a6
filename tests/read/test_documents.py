import gzip
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ReadError, UsageError
from kg.model import Article
from kg.read import PARSERS, Defaults, Document, articles, documents, listed, parse

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."
FILES = {
    "a.txt": TEXT,
    "b.html": f"<html><body><p>{TEXT}</p></body></html>",
    "c.jsonl": f'{{"text": "{TEXT}"}}\n{{"text": \n',
    "d.csv": f'text\n"{TEXT}"\n',
    "e.rss": f"<rss version='2.0'><channel><item><description>{TEXT}</description></item></channel></rss>",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, raw in FILES.items():
        (tmp_path / name).write_text(raw)
    return tmp_path


def names(found: list[Document | ReadError]) -> list[str]:
    return [Path(each.where).name for each in found]


def test_source_is_split_into_documents_with_their_places(folder: Path) -> None:
    found = list(documents(folder))
    assert names(found) == ["a.txt", "b.html", "c.jsonl, line 1", "c.jsonl, line 2", "d.csv, line 2", "e.rss, entry 1"]
    assert {each.form for each in found if isinstance(each, Document)} == set(PARSERS)


def test_documents_parsed_in_another_process_are_the_articles(folder: Path) -> None:
    sent = [pickle.loads(pickle.dumps(each)) for each in documents(folder)]
    parsed = [article for each in sent for article in parse(each)]
    assert list(map(str, parsed)) == list(map(str, articles(folder)))
    assert [type(each) for each in parsed] == [Article] * 3 + [ReadError] + [Article] * 2


def test_title_for_several_documents_is_refused_before_the_first(folder: Path) -> None:
    with pytest.raises(UsageError, match="--title belongs to one article"):
        documents(folder, defaults=Defaults(title="T"))


def test_defaults_hold_for_a_document(folder: Path) -> None:
    (document,) = documents(folder / "a.txt", defaults=Defaults(title="T"))
    assert isinstance(document, Document)
    (article,) = parse(document, defaults=Defaults(title="T", outlet="The Quay"))
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("T", "The Quay")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt"]),
        ("[ab].*", ["a.txt", "b.html"]),
        ("**/*.txt", ["a.txt", "z.txt"]),
        ("su?", ["z.txt"]),
        ("**", ["a.txt", "b.html", "c.jsonl, line 1", "c.jsonl, line 2", "d.csv, line 2", "e.rss, entry 1", "z.txt"]),
    ],
)
def test_pattern_is_the_files_that_it_fits_once_each(folder: Path, pattern: str, found: list[str]) -> None:
    for name in ("sub/z.txt", "sub/.y.txt", ".hidden/x.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(TEXT)
    assert names(list(documents(f"{folder}/{pattern}"))) == found


def test_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert names(list(documents(f"{tmp_path}/a[1].txt"))) == ["a[1].txt"]


def test_pattern_that_fits_nothing_is_told(tmp_path: Path) -> None:
    (error,) = documents(f"{tmp_path}/*.txt")
    assert isinstance(error, ReadError)
    assert (error.problem, error.where) == ("no file fits this pattern", f"{tmp_path}/*.txt")
    assert error.remedy


def test_file_of_unknown_suffix_is_read_only_where_it_is_named(folder: Path) -> None:
    (folder / "f.story").write_text(TEXT)
    assert "f.story" not in names(list(documents(folder)))
    assert names(list(documents(f"{folder}/*.story"))) == ["f.story"]
    assert folder / "f.story" not in listed(folder)
    assert listed(folder / "f.story") == [folder / "f.story"]


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (FILES["c.jsonl"], "record"),
        (FILES["d.csv"], "text"),
        (FILES["e.rss"], "entry"),
        (f"id\ttext\n1\t{TEXT}", "record"),
    ],
)
def test_standard_input_is_told_by_its_look(monkeypatch: pytest.MonkeyPatch, raw: str, form: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw.encode())))
    first, *_ = documents("-")
    assert isinstance(first, Document)
    assert (first.form, first.where.partition(",")[0]) == (form, "standard input")


@pytest.mark.parametrize(
    ("module", "name", "raw"),
    [
        ("fastwarc", "a.warc", b"WARC/1.0\r\n"),
        ("feedparser", "a.rss", b"<rss>"),
        ("backports.zstd", "a.txt.zst", b"\x28\xb5\x2f\xfd"),
        ("protego", "http://127.0.0.1:9/", b""),
    ],
)
def test_package_that_is_not_installed_is_named_and_stops_nothing(
    tmp_path: Path, module: str, name: str, raw: bytes
) -> None:
    source = name if "://" in name else str(tmp_path / name)
    if raw:
        Path(source).write_bytes(raw)
    script = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from kg.read import Web, documents\n"
        "print(*documents(sys.argv[1], web=Web()))"
    )
    done = subprocess.run([sys.executable, "-c", script, source], capture_output=True, text=True, check=True)
    assert done.stdout == f"{source}: reading it needs {module} (pip install 'conflictkg[corpus]')\n"


def test_splitting_loads_nothing_that_parsing_needs(folder: Path) -> None:
    (folder / "e.rss").unlink()
    (folder / "g.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    script = (
        "import sys; from pathlib import Path; from kg.read import documents; print(len(list(documents(Path('.')))))"
    )
    script += "\nprint(*{'httpx', 'trafilatura', 'py3langid', 'lxml', 'fastwarc', 'feedparser'} & set(sys.modules))"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["6"]
