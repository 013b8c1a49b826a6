"""The folder of a store: the mark that says its format, and the making of what is missing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError, StoreLocked

FORMAT = "conflictkg store 2"
# Format 1 had neither published copies nor a text index; both are made by the first who opens it for writing.
OLDER = {"conflictkg store 1"}


def check(folder: Path, *, must_exist: bool) -> None:
    """Makes the folder and its mark where there is none; raises StoreError where it can't be a store of ours."""
    mark = folder / "FORMAT"
    try:
        if mark.is_file():
            found = mark.read_text(encoding="utf8").strip()
            if found not in OLDER | {FORMAT}:
                raise StoreError(
                    f"{folder} has the format {found!r} and this version reads {FORMAT!r}: "
                    "build it anew in another folder, or use the version of kg that wrote it"
                )
        elif folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file, and a store is a folder")
        elif folder.is_dir() and any(path.name != "lock" for path in folder.iterdir()):
            raise StoreError(f"{folder} holds other files and is no store: name an empty or a new folder")
        elif must_exist:
            raise StoreError(f"there is no store at {folder}: build one with `kg build`")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            mark.write_text(FORMAT + "\n", encoding="utf8")
    except OSError as error:
        raise StoreError(f"{folder} can't be used as a store: {error}") from error


def migrate(folder: Path) -> None:
    """Marks a store of an older format as one of this; call it once all that the format needs is there."""
    mark = folder / "FORMAT"
    if mark.read_text(encoding="utf8").strip() != FORMAT:
        mark.write_text(FORMAT + "\n", encoding="utf8")


def size(folder: Path) -> int:
    """The bytes of all files in a folder, whatever the number of links to each."""
    found = {(stat.st_dev, stat.st_ino): stat.st_size for path in folder.rglob("*") if (stat := _stat(path))}
    return sum(found.values())


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat() if path.is_file() else None
    except FileNotFoundError:  # another process has just taken it away
        return None


def unfinished(folder: Path) -> list[Path]:
    """The files that a bulk load has left which was killed; while one goes on, its own."""
    return sorted((folder / "oxigraph").glob("bulk-*.sst"))


def open_database(folder: Path, *, read_only: bool) -> ox.Store:
    """The Oxigraph database in a folder; raises StoreLocked where it is in use, and StoreError."""
    database = folder / "oxigraph"
    try:
        if read_only:
            return ox.Store.read_only(str(database)) if database.exists() else ox.Store()
        store = ox.Store(str(database))
        for path in unfinished(folder):
            path.unlink()
        return store
    except (OSError, RuntimeError) as error:
        if re.search(r"\block", str(error), re.IGNORECASE):  # and no damaged block
            raise StoreLocked(f"{folder} is in use by another process: {error}") from error
        raise StoreError(f"{folder} can't be opened: {error}") from error
