"""The way of a document: read, extract, link, make quads, check them, store them."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import FrameType

from kg.errors import ReadError, UsageError
from kg.model import Article, digest
from kg.pipeline.copying import Deciding
from kg.pipeline.engines import Engine, Lost
from kg.pipeline.engines.here import Here
from kg.pipeline.flow import staged
from kg.pipeline.options import Options
from kg.pipeline.report import Failure, Report
from kg.pipeline.sink import Sink
from kg.pipeline.stages import Made, Parsed, Task
from kg.pipeline.worker import Worker
from kg.read import Document, Source, Web, documents, settle, skipped

PUT_ARTICLES, PUT_SECONDS = 256, 5.0
"""How many articles are written at once at most, and how long one waits for others: at first a second, so that
something is to be seen soon, then as long as this, as many at once cost less."""

FLUSH_SECONDS = 30.0
"""How much of the work a power cut may cost."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles of the sources are read.

    `force` reads those again that are in the store as they are; `since` leaves out those published before that day.
    `columns` leads from our fields to a table's columns; `web` says how addresses are fetched, None that they aren't.
    """

    force: bool = False
    since: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    web: Web | None = None


def build(
    sources: Iterable[Source],
    sink: Sink,
    *,
    options: Options | None = None,
    choice: Choice | None = None,
    engine: Engine | None = None,
    on_article: Callable[[str], None] | None = None,
) -> Report:
    """The report on reading `sources` into `sink`, each article into its own graph, in place of what stood there.

    `options` say how, `choice` which; `engine` runs the stages, in this process where not given, and must have the
    same options. `on_article` gets the title of each article once it is stored or passed over, or the place of one that
    failed. A bad article is in the report and stops nothing; Ctrl+C ends the build with whole articles in the store.
    Raises UsageError for an id, title or URL given for several sources, and StoreError.
    """
    building = Building(sink, options=options, choice=choice, engine=engine, on_article=on_article)
    return building.read(sources)


class Building:
    """Reads sources into a sink, again and again if need be. Its arguments are those of `build`."""

    def __init__(
        self,
        sink: Sink,
        *,
        options: Options | None = None,
        choice: Choice | None = None,
        engine: Engine | None = None,
        on_article: Callable[[str], None] | None = None,
    ) -> None:
        self._sink, self._options, self._choice = sink, options or Options(), choice or Choice()
        self._engine, self._told = engine or Here(Worker(self._options)), on_article or (lambda _: None)
        self._report, self._seen = Report(), set[str]()
        self._deciding = Deciding(sink.known(), force=self._choice.force)
        self._full: list[Made] = []
        self._put_at = self._flushed_at = time.monotonic()
        self._patience = PUT_SECONDS

    def read(self, sources: Iterable[Source]) -> Report:
        """The report, when all of the sources is read or the user has ended it. Raises as `build`."""
        sources, single = list(sources), self._options.defaults.single
        if single and len(sources) > 1:
            raise UsageError(f"--{single} belongs to one article, but there are several sources; leave it out")
        begun = self._put_at = time.monotonic()
        self._patience = 1.0
        self._report, self._seen = Report(), set()
        try:
            again = self._store(self._tasks(self._parsed(self._documents(sources))))
            while again:  # near-copies of what could not be stored
                again = self._store(self._tasks(again))
        except KeyboardInterrupt:
            self._report.stopped = True
        with suppress(KeyboardInterrupt):
            self._put(last=True)
            if not self._report.stopped and not self._report.failures:
                settle(sources, web=self._choice.web)
        self._report.seconds = time.monotonic() - begun
        return self._report

    def _documents(self, sources: list[Source]) -> Iterator[Document | Failure]:
        for source in sources:
            folder = Path(source)
            if source != "-" and folder.is_dir() and (unread := skipped(folder)):
                suffixes = ", ".join(sorted({path.suffix or path.name for path in unread})[:8])
                files = "1 file" if len(unread) == 1 else f"{len(unread)} files"
                self._report.warnings.append(f"{source}: {files} passed over, of unknown kind ({suffixes})")
            found = documents(
                source,
                defaults=self._options.defaults,
                max_size=self._options.max_size,
                columns=self._choice.columns,
                web=self._choice.web,
            )
            for document in found:
                yield unreadable(document) if isinstance(document, ReadError) else document

    def _parsed(self, found: Iterable[Document | Failure]) -> Iterator[Parsed | Failure]:
        for _, results in staged(self._engine, "parse", found, lost=lambda each, why: [_lost(each.where, why)]):
            yield from [results] if isinstance(results, Failure) else results

    def _tasks(self, found: Iterable[Parsed | Failure]) -> Iterator[Task | Failure]:
        """What is to be extracted; what is there already, or was not asked for, only counts."""
        for parsed in found:
            if isinstance(parsed, Failure):
                yield parsed
            elif self._is_older(parsed.article):
                self._report.older += 1
                self._told(parsed.article.title)
            elif (task := self._deciding.task(parsed)) is None:
                self._report.skipped += 1
                self._told(parsed.article.title)
            else:
                self._warn(parsed.article)
                yield task

    def _is_older(self, article: Article) -> bool:
        since, published = self._choice.since, article.published
        if since is None or published is None:
            return False
        return (published.date() if isinstance(published, datetime) else published) < since

    def _warn(self, article: Article) -> None:
        if article.published is None:
            warning = f"{article.id}: no publication date, so days like 'Monday' stay open (--published)"
            self._report.warnings.append(warning)
        if (key := digest(article.id)) in self._seen:
            warning = f"{article.id}: this id came before; the later article replaced the earlier"
            self._report.warnings.append(warning)
        self._seen.add(key)

    def _store(self, tasks: Iterable[Task | Failure]) -> list[Parsed]:
        """Extracts and stores; what must be decided anew, because what it is a near-copy of has failed."""
        again: list[Parsed] = []
        for task, made in staged(self._engine, "extract", tasks, lost=lambda t, why: _lost(t.parsed.article.id, why)):
            if task is not None and self._deciding.is_void(task):
                again.append(task.parsed)
                continue
            if isinstance(made, Failure):
                self._report.failures.append(made)
                if task is not None:
                    self._deciding.failed(task)
                self._told(made.where)
                continue
            self._full.append(made)
            if len(self._full) >= PUT_ARTICLES or time.monotonic() - self._put_at > self._patience:
                self._put()
        return again

    def _put(self, *, last: bool = False) -> None:
        """Writes what has been made."""
        begun = time.monotonic()
        with uninterrupted():
            if self._full:
                self._sink.put(self._full)
            if last or begun - self._flushed_at > FLUSH_SECONDS:
                self._sink.flush()
                self._flushed_at = time.monotonic()
        for made in self._full:
            self._count(made)
            self._told(made.title)
        self._full = []
        self._put_at = time.monotonic()
        self._patience = min(2 * self._patience, PUT_SECONDS)
        self._report.writing += self._put_at - begun

    def _count(self, made: Made) -> None:
        report = self._report
        report.articles += 1
        report.copies += bool(made.original)
        report.words += made.words
        report.entities += made.entities
        report.linked += made.linked
        report.events += sum(made.types.values())
        report.claims += made.claims
        report.counts += made.counts
        report.types.update(made.types)
        report.quads += made.quads


def unreadable(error: ReadError) -> Failure:
    """What a report says of a source or an article that can't be read."""
    return Failure(error.where, error.problem + (f" ({error.remedy})" if error.remedy else ""))


def _lost(where: str, error: Lost) -> Failure:
    return Failure(where, str(error), error.kind)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Has Ctrl+C, and whoever ends the process politely, wait for the end of the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *each: came.append(each)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        first, frame = came[0]
        then = before[signal.Signals(first)]
        if callable(then):
            then(first, frame)
