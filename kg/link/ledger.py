"""The file of judgements: CSV with a header, a judgement a line. No line is ever deleted; an undone one says so."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kg.errors import KGError, NotFound, UsageError
from kg.link.judgements import ITEM, VERBS, Judgement

try:
    import fcntl
except ImportError:  # Windows: two people who judge in the same moment are not kept apart there
    fcntl = None  # type: ignore[assignment]

COLUMNS = tuple(field.name for field in fields(Judgement))


def read(path: Path) -> list[Judgement]:
    """The judgements of a file, by number; none where there is no file. Raises UsageError for a line that is none."""
    try:
        return _parsed(path.read_bytes(), path) if path.exists() else []
    except OSError as error:
        raise KGError(f"{path}: the judgements can't be read: {error}") from error


def record(path: Path, **said: str) -> Judgement:
    """The judgement that was put into the file, numbered and dated; `said` are the fields that a person gives.

    Raises UsageError where they make no judgement.
    """
    with _changing(path) as made:
        number = max((judgement.number for judgement in made), default=0) + 1
        fields = dict.fromkeys(COLUMNS, "") | said | {"number": str(number), "when": _now()}
        judgement = _judgement(fields, str(path))
        made.append(judgement)
    return judgement


def undo(path: Path, number: int, who: str) -> Judgement:
    """The judgement of this number, now marked as undone. Raises NotFound, and UsageError where it was before."""
    with _changing(path) as made:
        place = next((place for place, judgement in enumerate(made) if judgement.number == number), None)
        if place is None:
            raise NotFound(f"no judgement {number} in {path}; `kg link judgements` lists them")
        if made[place].undone:
            raise UsageError(f"judgement {number} was undone before: {made[place].undone}")
        made[place] = replace(made[place], undone=f"{_now()} by {who}")
    return made[place]


@contextmanager
def _changing(path: Path) -> Iterator[list[Judgement]]:
    """The judgements to be changed while no other process changes them; the file is then replaced as a whole."""
    path = path.resolve()  # so that a link to a file elsewhere stays a link
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _held(path):
            made = read(path)
            yield made
            fresh = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                with fresh.open("w", encoding="utf8", newline="") as stream:
                    write(made, stream)
                    stream.flush()
                    os.fsync(stream.fileno())
                shutil.copymode(path, fresh)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
    except OSError as error:
        raise KGError(f"{path}: the judgement can't be written: {error}") from error


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """The file, made where there is none, held for this process; waits for others to let go of it."""
    while True:
        with path.open("ab") as stream:
            if fcntl is not None:
                fcntl.flock(stream, fcntl.LOCK_EX)
            # Whoever held it may have replaced it meanwhile: then this is the file of before.
            if not _is_at(stream, path):
                continue
            yield
            return


def _is_at(stream: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def write(made: Iterable[Judgement], stream: IO[str]) -> None:
    """Write judgements as CSV."""
    rows = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows(asdict(judgement) for judgement in made)


def _parsed(content: bytes, path: Path) -> list[Judgement]:
    if not content:
        return []
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise UsageError(f"{path}:1: the columns of a judgements file are {', '.join(COLUMNS)}")
        made = [_judgement(row, f"{path}:{rows.line_num}") for row in rows]
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: a judgements file is UTF-8: {error}") from error
    except csv.Error as error:
        raise UsageError(f"{path}:{rows.line_num}: this is no CSV: {error}") from error
    number, times = next(iter(Counter(judgement.number for judgement in made).most_common(1)), (0, 0))
    if times > 1:
        raise UsageError(f"{path}: there are {times} judgements with the number {number}; give each its own")
    return sorted(made, key=lambda judgement: judgement.number)


def _judgement(row: dict[str, str], where: str) -> Judgement:
    if None in row or None in row.values():
        raise UsageError(f"{where}: a judgement has {len(COLUMNS)} columns: {', '.join(COLUMNS)}")
    if not (row["number"].isdecimal() and row["number"].isascii()) or row["verb"] not in VERBS or not row["name"]:
        raise UsageError(f"{where}: this is no judgement; it needs a number, a name and one of {', '.join(VERBS)}")
    if row["item"] and not ITEM.fullmatch(row["item"]):
        raise UsageError(f"{where}: {row['item']!r} is no item; write Q and a number, or geonames: and a number")
    if row["verb"] == "pin" and not row["item"]:
        raise UsageError(f"{where}: a pin needs the item that the name is pinned to")
    if row["verb"] in ("same", "different") and not (row["other"] or row["item"]):
        raise UsageError(f"{where}: what is it {row['verb']} {'as' if row['verb'] == 'same' else 'from'}?")
    return Judgement(**{**row, "number": int(row["number"])})  # type: ignore[arg-type]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
