import bz2
import gzip
import io
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from kg.errors import ReadError
from kg.model import Article
from kg.read import articles, documents, skipped

TEXT = "Two rockets hit a warehouse in Odesa on Tuesday, the mayor said."
LINES = b"".join(b'{"id": "%d", "text": "%s"}\n' % (number, TEXT.encode()) for number in range(3000))
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress,
}  # fmt: skip


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", TEXT),
        ("a.html", f"<html><body><p>{TEXT}</p></body></html>"),
        ("a.jsonl", f'{{"text": "{TEXT}"}}'),
        ("a.csv", f'text\n"{TEXT}"'),
        ("a.rss", f"<rss version='2.0'><channel><item><description>{TEXT}</description></item></channel></rss>"),
        ("a", TEXT),
    ],
)
def test_every_form_is_read_packed(tmp_path: Path, suffix: str, name: str, raw: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(PACK[suffix](raw.encode()))
    (article,) = articles(path)
    assert isinstance(article, Article), article
    assert article.text == TEXT


@pytest.mark.parametrize("suffix", PACK)
def test_packed_standard_input_is_told_by_its_look(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACK[suffix](LINES))))
    assert sum(1 for _ in documents("-")) == 3000


def test_folder_is_read_with_its_packed_files(tmp_path: Path) -> None:
    for name in ("b.txt.gz", "a.txt", "c.png.gz", "d.tar.gz"):
        (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()) if name.endswith(".gz") else TEXT.encode())
    assert [Path(each.where).name for each in documents(tmp_path)] == ["a.txt", "b.txt.gz"]
    assert skipped(tmp_path) == [tmp_path / "c.png.gz", tmp_path / "d.tar.gz"]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_file_that_breaks_off_gives_what_came_before_and_one_error(tmp_path: Path, suffix: str, share: float) -> None:
    # In several parts, as bzip2 gives a part only when it is whole.
    packed = b"".join(PACK[suffix](LINES[start : start + 10_000]) for start in range(0, len(LINES), 10_000))
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(packed[: int(len(packed) * share)])
    *before, error = documents(path)
    assert len(before) > 3000 * (share - 0.1)
    assert not any(isinstance(each, ReadError) for each in before)
    assert "news.jsonl" in str(error)
    assert "damaged or breaks off" in str(error)


@pytest.mark.parametrize("suffix", PACK)
def test_damaged_file_gives_one_error(tmp_path: Path, suffix: str) -> None:
    packed = bytearray(PACK[suffix](LINES))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = b"\xaa" * 40
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(packed)
    assert sum(isinstance(each, ReadError) for each in documents(path)) == 1


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a.rss", "a.warc", "a"])
def test_file_that_grows_without_end_is_refused_in_little_memory(tmp_path: Path, suffix: str, name: str) -> None:
    path = tmp_path / f"{name}{suffix}"
    begin = {"a.jsonl": b'{"text": "', "a.csv": b"text\n", "a.warc": b"WARC/1.0\r\nX: "}.get(name, b"<p>")
    blank = PACK[suffix](b" " * (1 << 20))
    path.write_bytes(PACK[suffix](begin) + blank * 300)
    script = (
        "import resource, sys; from pathlib import Path; from kg.read import documents\n"
        "resource.setrlimit(resource.RLIMIT_AS, (250_000_000, 250_000_000))\n"
        "print(*{type(each).__name__ for each in documents(Path(sys.argv[1]))})"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ReadError"]
