"""What `kg build` and `kg watch` share: how articles are read, which of them, and where the work runs."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli import linking
from kg.cli.build_options import NAMES, OPTIONS
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import Choice, Engine, Options
    from kg.read import Source

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say: how to read, what, and where the work runs."""

    options: Options
    choice: Choice
    jobs: int | None
    engine: str
    address: str
    seconds: float
    gazetteer: Path | None
    judgements: Path | None
    online: str | None

    @contextmanager
    def running(self, where: str, *, few: bool) -> Iterator[Engine]:
        """The engine, to be ended with the block. `few` says that there is little to do."""
        from kg.pipeline import Recipe, Worker
        from kg.pipeline.engines.here import Here
        from kg.pipeline.logs import quiet

        quiet()
        if self.online and (self.engine != "local" or (self.jobs or 1) > 1):
            raise UsageError("--online asks a service no faster than it allows: use it with --jobs 1")
        if self.address and self.engine != "ray":
            raise UsageError("--address is that of a Ray cluster: give --engine ray, too")
        jobs = self.jobs or (1 if few or self.online else os.cpu_count() or 1)
        engine: Engine
        if self.engine == "local" and jobs == 1:
            linker = linking.linker(where, self.gazetteer, self.judgements, self.online)
            engine = Here(Worker(self.options, linker=linker))
        else:
            known = linking.gazetteer(self.gazetteer)
            file = linking.judgements_file(where, self.judgements)
            recipe = Recipe(self.options, known.folder.absolute(), file.absolute() if file.exists() else None)
            recipe()  # what is wrong with a file is told once, here
            engine = self._engine(recipe, jobs)
        # Ray tells on stdout of processes that died, and stdout is for what was found.
        with closing(engine), redirect_stdout(sys.stderr) if self.engine == "ray" else nullcontext():
            yield engine

    def _engine(self, recipe: Any, jobs: int) -> Engine:
        if self.engine == "ray":
            from kg.pipeline.engines.cluster import Cluster

            return Cluster(recipe, address=self.address, jobs=self.jobs or 0, seconds=self.seconds)
        from kg.pipeline.engines.processes import Processes

        return Processes(recipe, jobs=jobs, seconds=self.seconds)


def building_options(function: Callable[..., R]) -> Callable[..., R]:
    """The command with the options of reading; it gets them as `asked`, a function that gives an Asked.

    `asked` takes the store, as `where`, and other fields of the article.
    """

    @linking.judgements_option
    @linking.gazetteer_option
    @linking.online_option
    @functools.wraps(function)
    def command(
        *args: Any, gazetteer_path: Path | None, judgements_path: Path | None, online: str | None, **given: Any
    ) -> R:
        own = {name: given.pop(name) for name in NAMES}
        asked = functools.partial(_asked, own, gazetteer_path, judgements_path, online)
        return function(*args, asked=asked, **given)

    for option in reversed(OPTIONS):
        command = option(command)
    return command


def _asked(
    given: dict[str, Any],
    gazetteer: Path | None,
    judgements: Path | None,
    online: str | None,
    *,
    where: str,
    **fields: str,
) -> Asked:
    from kg.pipeline import Choice, Options
    from kg.rdf import BASE
    from kg.read import Defaults, Web

    options = Options(
        defaults=Defaults(
            published=day(given["published"], "--published"),
            outlet=given["outlet"],
            language=given["language"],
            **fields,
        ),
        max_size=given["max_size"],
        base=given["base"] or BASE,
        validate=not given["no_validate"],
        min_confidence=given["min_confidence"],
        store_text=not given["no_text"],
        link_copies=not given["keep_copies"],
    )
    since = day(given["since"], "--since")
    choice = Choice(
        force=given["force"],
        since=date(since.year, since.month, since.day) if since else None,
        columns=_columns(given["columns"]),
        web=Web(
            follow=given["follow"],
            pace=given["pace"],
            cache=None if given["force"] else _cache(where),
            contact=os.environ.get("KG_CONTACT", ""),
        ),
    )
    return Asked(
        options,
        choice,
        jobs=given["jobs"],
        engine=given["engine"],
        address=given["address"],
        seconds=given["article_timeout"],
        gazetteer=gazetteer,
        judgements=judgements,
        online=online,
    )


def source(text: str) -> Source:
    """The source that an argument names."""
    return text if text == "-" or "://" in text else Path(text) if Path(text).exists() else text


def _cache(where: str) -> Path:
    """Where it is kept what was fetched for a store: beside it, or for another server's in the user's own folder."""
    if "://" not in where:
        return Path(f"{where}.web")
    from platformdirs import user_cache_path

    from kg.model import digest

    return user_cache_path("conflictkg") / f"web-{digest(where)}"


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not field or not column:
            raise click.BadParameter(f"{pair!r} is no FIELD=COLUMN, like text=body", param_hint="--column")
        columns[field] = column
    return columns


def day(text: str, option: str) -> date | None:
    """The day or moment that an option names; None where it is empty."""
    from kg.read.dates import parse

    if not text:
        return None
    found = parse(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is no time; write it like 2025-06-02", param_hint=option)
    return found
