"""The folder of a store: the mark that says its format, and the making of what is missing."""

from __future__ import annotations

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


def open_database(folder: Path, *, read_only: bool) -> ox.Store:
    """The Oxigraph database in a folder; raises StoreLocked where it is in use, and StoreError."""
    database = folder / "oxigraph"
    try:
        if read_only and not database.exists():
            return ox.Store()
        return ox.Store.read_only(str(database)) if read_only else ox.Store(str(database))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreLocked(f"{folder} is in use by another process: {error}") from error
        raise StoreError(f"{folder} can't be opened: {error}") from error
