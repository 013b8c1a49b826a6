"""Which source reads what, and the files that all of them open."""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.gazetteer import opening, sources

TABLE = "label\tclasses\tqid\nRivertown\tcity\tQ1\nSecondtown\tcity\tQ2\n"
PLACES = "\t".join(["55", "Rivertown", "", "", "1.5", "2.5", "P", "PPL", "XA", *[""] * 10]) + "\n"
ENTITY = {
    "id": "Q1",
    "labels": {"en": {"value": "R"}},
    "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q515"}}}}]},
}


@pytest.mark.parametrize(
    ("text", "name", "format_"),
    [
        (TABLE, "mine.tsv", "table"),
        ("\ufeff" + TABLE, "mine.txt", "table"),
        (PLACES, "XA.txt", "geonames"),
        ("1\t55\ten\tRivertown\t\t\t\t\t\t\n", "alternateNamesV2.txt", "geonames"),
        ("XA.07\tNorthland\tNorthland\t57\n", "admin1CodesASCII.txt", "geonames"),
        ("[\n" + json.dumps(ENTITY) + "\n]\n", "dump.json", "wikidata"),
        (json.dumps(ENTITY) + "\n", "lines.json", "wikidata"),
    ],
)
@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())], ids=["plain", "gzip"])
def test_format_is_told_by_the_content(
    text: str, name: str, format_: str, pack: Callable[[str], bytes], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(text))
    found = sources.source(str(path))
    assert isinstance(found, sources.File)
    assert (found.name, found.format) == (name, format_)
    rows = list(found.rows(0))
    assert rows
    assert list(found.rows(rows[-1][0])) == []
    assert len(found.revision) > 12
    assert found.size
    assert rows[-1][0] <= found.size


def test_address_is_an_endpoint() -> None:
    found = sources.source("https://river.example/sparql", query="SELECT ?item ?label {}")
    assert isinstance(found, sources.Endpoint)
    assert (found.name, found.query) == ("https://river.example/sparql", "SELECT ?item ?label {}")


@pytest.mark.parametrize(
    ("text", "problem"), [("hello\n", "no source reads this file"), ("", "no source reads this file")]
)
def test_no_source(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "what"
    path.write_text(text, "utf8")
    with pytest.raises(GazetteerError, match=problem):
        sources.source(str(path))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"No such file .*give a file that can be read"):
        sources.source(str(tmp_path / "none.tsv"))


def test_query_without_an_endpoint(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="a query needs an endpoint"):
        sources.source(str(tmp_path / "t.tsv"), query="SELECT ?item {}")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_size_of_a_packed_file_is_near(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    content = "".join(f"{number} River {number * 7919 % 1009}\n" for number in range(400_000)).encode()
    path = tmp_path / "packed"
    # Two streams one behind the other, as parallel packers write them.
    path.write_bytes(pack(content[: len(content) // 2]) + pack(content[len(content) // 2 :]))
    assert opening.size(path) == pytest.approx(len(content), rel=0.1)


def test_lines_have_numbers_and_ends_wherever_reading_starts(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(b"one\r\ntwo\n\nfour")
    everything = list(opening.lines(path))
    assert [(line.number, line.end, line.text) for line in everything] == [
        (1, 5, b"one"), (2, 9, b"two"), (3, 10, b""), (4, 14, b"four")
    ]  # fmt: skip
    for index, line in enumerate(everything, 1):
        assert list(opening.lines(path, start=line.end)) == everything[index:]


def test_large_file_is_known_by_its_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WHOLE", 10)
    monkeypatch.setattr(opening, "END", 4)
    path = tmp_path / "large"
    path.write_bytes(b"a" * 20)
    first = opening.revision(path)
    path.write_bytes(b"a" * 19 + b"b")
    assert opening.revision(path).split()[0] != first.split()[0]
