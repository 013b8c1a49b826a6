"""The sources of a gazetteer that users give: which one reads what, by the address or the content of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import GazetteerError
from kg.gazetteer import geonames, opening, sparql, table, wikidata
from kg.gazetteer.opening import OnBad
from kg.gazetteer.row import Row


class Reader(Protocol):
    """A module that reads one format."""

    def rows(self, path: Path, *, start: int = 0, on_bad: OnBad = ...) -> Iterator[tuple[int, Row]]:
        """The rows behind position `start`, each with its position."""
        ...

    def size(self, path: Path) -> int | None:
        """The last position, if it is known without reading the file."""
        ...

    def revision(self, path: Path) -> str:
        """What tells this version of the file from others."""
        ...


READERS: Mapping[str, Reader] = {"wikidata": wikidata, "geonames": geonames, "table": table}
"""What reads files of each format; an address on the web is an endpoint, which `sparql` asks."""


@dataclass(slots=True)
class File:
    """A file as a source: see `kg.gazetteer.build.Source`."""

    path: Path
    format: str
    on_bad: OnBad

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def revision(self) -> str:
        return READERS[self.format].revision(self.path)

    @property
    def size(self) -> int | None:
        return READERS[self.format].size(self.path)

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The rows behind position `start`."""
        return READERS[self.format].rows(self.path, start=start, on_bad=self.on_bad)


@dataclass(slots=True)
class Endpoint:
    """A SPARQL endpoint as a source: see `kg.gazetteer.build.Source`."""

    name: str
    query: str | None
    on_bad: OnBad

    @property
    def revision(self) -> str:
        return sparql.revision(self.name, query=self.query)

    @property
    def size(self) -> int | None:
        return sparql.size(self.name, query=self.query)

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The rows behind solution `start`."""
        return sparql.rows(self.name, start=start, on_bad=self.on_bad, query=self.query)


def source(where: str, *, query: str | None = None, on_bad: OnBad = lambda _: None) -> File | Endpoint:
    """The source at an address or path. `query` is the SELECT for an endpoint. Raises GazetteerError for no source."""
    if where.startswith(("http://", "https://")):
        return Endpoint(where, query, on_bad)
    if query is not None:
        raise GazetteerError("a query needs an endpoint", where=where, remedy="give its address, https://…")
    path = Path(where)
    return File(path, format_of(path), on_bad)


def format_of(path: Path) -> str:
    """The format of a file by its first line, a key of READERS. Raises GazetteerError for one that none reads."""
    first = next(opening.lines(path), opening.Line(1, 0, b"")).text.lstrip(b"\xef\xbb\xbf")
    cells = first.split(b"\t")
    if first.lstrip()[:1] in (b"[", b"{"):
        return "wikidata"
    if b"\t" not in first:
        raise GazetteerError(
            "no source reads this file", where=f"{path}:1",
            remedy="give a table with a header, a JSON dump of Wikidata, a dump of GeoNames or an endpoint's address",
        )  # fmt: skip
    numbered = cells[0].isdigit() or (b"." in cells[0] and cells[-1].isdigit() and len(cells) == 4)
    return "geonames" if numbered else "table"
