"""A store copied to a folder, and made again of it: whole, checked, and never half there.

A backup is a store itself, without published copies and index of the words, which whoever opens it for writing makes
anew. Beside them it has the judgements of the store, and the file SHA256SUMS, which `sha256sum -c` reads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from kg.errors import StoreError, StoreLocked
from kg.store import folder as folders
from kg.store import lock
from kg.store.embedded import EmbeddedStore
from kg.store.published import Published

SUMS = "SHA256SUMS"
JUDGEMENTS = "judgements.csv"
_NEEDLESS = ("LOCK", "LOG", "LOG.old.*", "bulk-*.sst")


def back_up(folder: Path, target: Path, *, judgements: Path | None = None) -> None:
    """Copies the store in `folder`, and its judgements if there are any, to the new folder `target`.

    Where another process writes to the store, what it published last is copied, at most a second old. `judgements` is
    by default the file beside the store. Raises StoreError.
    """
    folders.check(folder, must_exist=True)
    if target.exists():
        raise StoreError(f"{target} is there already: name a new folder for the backup")
    partial = target.with_name(target.name + ".partial")
    with ExitStack() as held:
        try:
            held.enter_context(lock.take(folder, shared=True))
            place = folder
        except StoreLocked:
            place = held.enter_context(Published(folder).reading())
        try:
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(place / "oxigraph", partial / "oxigraph", ignore=shutil.ignore_patterns(*_NEEDLESS))
            shutil.copy(folder / "FORMAT", partial / "FORMAT")
            if (decided := judgements or _beside(folder)).is_file():
                shutil.copy(decided, partial / JUDGEMENTS)
            sums = "".join(f"{digest}  {name}\n" for name, digest in _digests(partial))
            (partial / SUMS).write_text(sums, encoding="utf8")
            _settle(partial)
            partial.rename(target)
        except OSError as error:
            raise StoreError(f"{target} can't be written: {error}") from error


def restore(backup: Path, folder: Path, *, judgements: Path | None = None, force: bool = False) -> None:
    """Makes the store of a backup in `folder`, and its judgements in their file.

    What is there must be empty, unless `force` lets it be replaced. All is copied, checked and opened beside it first,
    so that what was there stays until then. Raises StoreError, also where the backup is not as it was made.
    """
    _check(backup)
    folders.check(backup, must_exist=True)
    if not force and folder.exists() and (not folder.is_dir() or any(path.name != "lock" for path in folder.iterdir())):
        raise StoreError(f"{folder} is not empty: --force replaces what is there")
    partial = folder.with_name(folder.name + ".partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(backup, partial, ignore=shutil.ignore_patterns(SUMS, JUDGEMENTS))
        EmbeddedStore(partial).close()  # whether it is a store, and its index of the words
        _settle(partial)
        _exchange(partial, folder)
        decided = judgements or _beside(folder)
        if (backup / JUDGEMENTS).is_file() and (force or not decided.exists()):
            shutil.copy(backup / JUDGEMENTS, decided)
    except OSError as error:
        raise StoreError(f"{folder} can't be written: {error}") from error


def _beside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.{JUDGEMENTS}")


def _check(backup: Path) -> None:
    """Raises StoreError where the backup is not as it was made."""
    try:
        lines = (backup / SUMS).read_text("utf8").splitlines()
        told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        found = dict(_digests(backup))
    except FileNotFoundError as error:
        raise StoreError(f"{backup} is no backup: it has no {SUMS}") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"{backup} can't be read: {error}") from error
    if (backup / "text.sqlite").exists():
        raise StoreError(
            f"{backup} was opened as a store since it was made, so that it can't be checked any more: "
            f"use it as one (--store {backup}), or restore another backup"
        )
    wrong = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
    if wrong:
        raise StoreError(f"{backup} is damaged: {', '.join(wrong[:3])} is not as it was; use another backup")


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """The names of the files in a backup, and the SHA-256 of each."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (SUMS, "lock"):
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Makes sure that a folder outlives a power cut."""
    for path in (*folder.rglob("*"), folder):
        try:
            number = os.open(path, os.O_RDONLY)
        except PermissionError:  # Windows opens no folders
            continue
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _exchange(partial: Path, folder: Path) -> None:
    """Puts one folder in the place of another, which no process may have open."""
    replaced = folder.with_name(folder.name + ".replaced")
    with ExitStack() as held:
        if folder.is_dir():
            held.enter_context(lock.take(folder, shared=False))
            shutil.rmtree(replaced, ignore_errors=True)
            folder.rename(replaced)
        elif folder.exists():
            raise StoreError(f"{folder} is a file, and a store is a folder")
        partial.rename(folder)
    shutil.rmtree(replaced, ignore_errors=True)
