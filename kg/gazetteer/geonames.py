"""Dumps of GeoNames as a source: the table of places, alternate names and codes of provinces, plain or zipped.

Positions are unpacked bytes. Names of places stand in a file of their own, so a place's rows come from several files
and are joined by GeoNames id. Rows of names have no label and no classes: they only add to a place of another file.
https://download.geonames.org/export/dump/readme.txt
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer import classes as ontology
from kg.gazetteer import clean, opening
from kg.gazetteer.languages import LANGUAGES
from kg.gazetteer.opening import Line, OnBad, revision, size
from kg.gazetteer.row import Row

__all__ = ["admin", "kind", "names", "place", "revision", "rows", "size"]

LICENCE = "CC-BY-4.0"
_CODES = frozenset(["link", "post", "iata", "icao", "faac", "tcid", "unlc", "fr_1793", "phon", "piny", "uicn"])
"""What stands in the column of languages and is no language: links, postcodes, codes of airports, transcriptions."""


def rows(path: Path, *, start: int = 0, on_bad: OnBad = lambda _: None) -> Iterator[tuple[int, Row]]:
    """The rows behind unpacked byte `start`, each with the byte behind its last line.

    Raises GazetteerError for a file that is none of GeoNames' tables.
    """
    read = _READERS[kind(path)]
    yield from read(opening.lines(path, start=start), path, on_bad)


def kind(path: Path) -> str:
    """Which of GeoNames' tables a file is, by its first line: 'places', 'names' or 'admin'. Raises GazetteerError."""
    first = next(opening.lines(path), Line(1, 0, b""))
    cells = first.text.decode("utf8", "replace").split("\t")
    if len(cells) == 19 and cells[0].isdecimal():
        return "places"
    if len(cells) in (8, 10) and cells[0].isdecimal() and cells[1].isdecimal():
        return "names"
    if len(cells) == 4 and "." in cells[0] and cells[3].isdecimal():
        return "admin"
    raise GazetteerError(
        f"a table of GeoNames has 19, 10 or 4 columns, this line has {len(cells)}", where=f"{path}:1",
        remedy="give allCountries.zip, UA.zip, cities500.zip, alternateNamesV2.zip or admin1CodesASCII.txt",
    )  # fmt: skip


def place(cells: Sequence[str]) -> Row | None:
    """The row of one line of the table of places, None for a feature of no use here. Raises ValueError."""
    ident, name, ascii_name, others, lat, lon, group, code, country = cells[:9]
    classes = _features().get(f"{group}.{code}", _features().get(f"{group}.*", ()))
    if not classes:
        return None
    if "State" in classes:
        classes = ontology.STATE if country in ontology.state_codes() else ("Place",)
    found = clean.names(name, filter(_spelled, [ascii_name, *others.split(",")]), person=False, codes=False)
    if not found.label:
        raise ValueError(f"'{name}' is no name")
    province = f"{country}.{cells[10]}" if country and cells[10] not in ("", "00") else ""
    here, keys, within = (float(lat), float(lon)), found.codes, province or country
    if code == "ADM1" and province:
        keys, within = (*keys, province), country
    elif code == "ADM2" and province and cells[11]:
        keys = (*keys, f"{province}.{cells[11]}")
    elif code.startswith("PCL"):
        keys, within = ((*keys, country) if code in ("PCLI", "PCLS", "PCLD") and country else keys), ""
    if not (-90 <= here[0] <= 90 and -180 <= here[1] <= 180):
        raise ValueError(f"'{lat}', '{lon}' lies nowhere on earth")
    return Row(
        label=found.label,
        classes=classes,
        names=tuple((form, "bare" if clean.bare(form, found.label) else "alias") for form in found.others),
        geonames=int(ident),
        country=country or None if classes != ontology.STATE else None,
        within=within or None,
        keys=keys,
        lat=here[0],
        lon=here[1],
        population=int(cells[14] or 0),
        fame=len(set(filter(None, others.split(",")))),
        source="geonames",
        licence=LICENCE,
    )


def names(group: Sequence[Sequence[str]]) -> Row | None:
    """The row that lines of alternate names of one place make, None if none of them is of use."""
    forms: dict[str, None] = {}
    labels: dict[str, tuple[bool, str]] = {}
    qid = None
    for _, _, language, name, preferred, _, colloquial, historic, *_ in group:
        if language == "wkdt":
            qid = qid or (name if name[:1] == "Q" and name[1:].isdecimal() else None)
        if language in _CODES or language == "wkdt" or colloquial or not (form := clean.tidy(name)):
            continue
        if language in LANGUAGES or clean.latin(form) and _spelled(form):
            forms[form] = None
        if language in LANGUAGES and not historic and (language not in labels or preferred and not labels[language][0]):
            labels[language] = (bool(preferred), form)
    if not forms and not qid:
        return None
    return Row(
        label="",
        classes=(),
        names=tuple((form, "alias") for form in forms),
        qid=qid,
        geonames=int(group[0][1]),
        labels=tuple(sorted((language, form) for language, (_, form) in labels.items())),
        source="geonames",
        licence=LICENCE,
    )


def admin(cells: Sequence[str]) -> Row:
    """The row of one line of admin1CodesASCII.txt or admin2Codes.txt. Raises ValueError."""
    code, name, ascii_name, ident = cells
    found = clean.names(name, [ascii_name], person=False, codes=False)
    if not found.label:
        raise ValueError(f"'{name}' is no name")
    return Row(
        label=found.label,
        classes=("Place",),
        names=tuple((form, "alias") for form in found.others),
        geonames=int(ident),
        country=code.split(".")[0],
        within=code.rpartition(".")[0],
        keys=(code,),
        source="geonames",
        licence=LICENCE,
    )


@cache
def _features() -> Mapping[str, tuple[str, ...]]:
    return {row["code"]: ontology.split(row["classes"] or "") for row in ontology.rules("geonames")}


def _spelled(form: str) -> bool:
    # GeoNames mixes in machine transliterations in lower case ('ghznt'), codes of airports ('GZI') and whole phrases.
    return 2 < len(form) <= 40 and form[0].isupper() and not form.isupper() and clean.latin(form)


def _places(lines: Iterator[Line], path: Path, on_bad: OnBad) -> Iterator[tuple[int, Row]]:
    return _each(lines, path, on_bad, 19, place)


def _admins(lines: Iterator[Line], path: Path, on_bad: OnBad) -> Iterator[tuple[int, Row]]:
    return _each(lines, path, on_bad, 4, admin)


def _each(
    lines: Iterator[Line], path: Path, on_bad: OnBad, width: int, make: Callable[[Sequence[str]], Row | None]
) -> Iterator[tuple[int, Row]]:
    """The rows that lines make one by one."""
    for number, end, cells in _cells(lines, path, on_bad, (width,)):
        try:
            if found := make(cells):
                yield end, found
        except ValueError as error:
            on_bad(f"{path}:{number}: {error}")


def _names(lines: Iterator[Line], path: Path, on_bad: OnBad) -> Iterator[tuple[int, Row]]:
    """The rows that lines of alternate names make, neighbouring lines of one place together."""
    group: list[list[str]] = []
    behind = 0
    for number, end, cells in _cells(lines, path, on_bad, (8, 10)):
        if not cells[1].isdecimal():
            on_bad(f"{path}:{number}: '{cells[1]}' is no GeoNames id")
            continue
        if group and cells[1] != group[0][1]:
            if found := names(group):
                yield behind, found
            group = []
        group.append(cells)
        behind = end
    if group and (found := names(group)):
        yield behind, found


def _cells(
    lines: Iterator[Line], path: Path, on_bad: OnBad, widths: tuple[int, ...]
) -> Iterator[tuple[int, int, list[str]]]:
    for number, end, text in lines:
        if not text or text.startswith(b"#"):
            continue
        try:
            cells = text.decode().split("\t")
        except UnicodeDecodeError as error:
            on_bad(f"{path}:{number}: not UTF-8: {error}")
            continue
        if len(cells) in widths:
            yield number, end, cells
        else:
            on_bad(f"{path}:{number}: {len(cells)} columns instead of {widths[-1]}")


_READERS: Mapping[str, Callable[[Iterator[Line], Path, OnBad], Iterator[tuple[int, Row]]]] = {
    "places": _places, "names": _names, "admin": _admins,
}  # fmt: skip
