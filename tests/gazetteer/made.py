"""Rows and sources that tests of building gazetteers share."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.gazetteer.build import build
from kg.gazetteer.row import Row
from kg.names import Gazetteer


class Source:
    """Rows as a source; each row's position is its number, or the one given."""

    def __init__(self, *rows: Row, name: str = "rows", revision: str = "1", positions: Sequence[int] = ()) -> None:
        self.name, self.revision, self.size = name, revision, None
        self.pairs = list(zip(positions or range(1, len(rows) + 1), rows, strict=True))

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        yield from (pair for pair in self.pairs if pair[0] > start)


def place(label: str, **fields: Any) -> Row:
    return Row(label, ("Place",), source=fields.pop("source", "a"), licence="CC0-1.0", **fields)


def made(folder: Path, *rows: Row, base: Gazetteer | None = None) -> Gazetteer:
    """A gazetteer of these rows."""
    build([Source(*rows)], folder, base=base)
    return Gazetteer(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a gazetteer."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
