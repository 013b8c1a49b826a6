"""Which files a source names, and what a name or a stream's first bytes tell of what is in it."""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Iterator
from pathlib import Path, PurePath

from kg.packed import SUFFIXES

HEAD = 2048
"""Bytes that a stream is told by."""

FEED = (b"<rss", b"<feed", b"<rdf:rdf")
PAGE = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<body", b"<!--", b"<div", b"<article", b"<p>")
DELIMITERS = ",\t;"


def walk(folder: Path) -> Iterator[Path]:
    """The files in a folder and the folders below, sorted; hidden ones are passed over."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def is_pattern(source: str) -> bool:
    """Whether the text is a pattern of names, and not the name of a file that is there."""
    return glob.has_magic(source) and not os.path.lexists(source)


def matches(pattern: str) -> list[Path]:
    """The files and folders that a pattern fits, sorted; '**' stands for any folders, hidden ones are passed over."""
    found = glob.iglob(pattern, recursive=True)  # noqa: PTH207 (pathlib's own takes hidden files along)
    return sorted(map(Path, found))


def kind(name: PurePath) -> str:
    """The suffix of a file's name that tells what is in it, without that of its packing; '' where there is none."""
    low = PurePath(name.name.lower())
    return (PurePath(low.stem) if low.suffix in SUFFIXES else low).suffix


def looks(head: bytes, *, text_column: str = "text") -> str:
    """The suffix of files that begin as a stream does with `head`; what looks like nothing else is '.txt'."""
    if head.startswith(b"WARC/"):
        return ".warc"
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"{"):
        return ".jsonl"
    if start.startswith((b"<?xml", b"<!--", *FEED)) and any(mark in start for mark in FEED):
        return ".xml"
    if start.startswith(PAGE):
        return ".html"
    return ".csv" if _is_table(start.partition(b"\n")[0], text_column.lower()) else ".txt"


def _is_table(line: bytes, text_column: str) -> bool:
    """Whether a line is the header of a table that has a column for the text and others."""
    line_text = line.decode("utf-8", "replace")
    try:
        rows = [next(csv.reader([line_text], delimiter=delimiter), []) for delimiter in DELIMITERS]
    except csv.Error:
        return False
    return any(len(row) > 1 and text_column in row for row in rows)
